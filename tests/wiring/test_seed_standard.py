"""The demonstration's standard: agreed on by messages alone, whatever order they come in, and only once."""

from tests.builders import a_network
from tongban.domain.standard.proposal import ProposalState, read_proposals, read_standards
from tongban.domain.standard.ticket import read_tickets
from tongban.flows.post_office import settle
from tongban.hosting.standard import agree
from tongban.kernel.ids import ZoneId
from tongban.wiring.seed_standard import read_wanted, seed_standard


def let_all_agree(network) -> int:
    """Let each zone do its part in turn until nothing is left; return how many rounds that took."""
    for rounds in range(1, 9):
        done = [seed_standard(deps, read_wanted()) for deps in network.values()]
        settle(network)
        if all(done):
            return rounds
    raise AssertionError("the zones never agree")


def test_all_zones_come_to_the_same_standard_one_open_proposal_and_one_ticket() -> None:
    network, wanted = a_network(), read_wanted()
    let_all_agree(network)
    for deps in network.values():
        acts = deps.alliance.list_acts()
        proposals = read_proposals(acts, deps.catalogue.zones.keys())
        standards = read_standards(proposals)
        assert sorted(standards) == sorted(wanted["ratified"]["items"])
        for item, one in standards.items():
            assert one.content_hash == deps.catalogue.get_base_hash(item)
        (waits,) = [one for one in proposals if one.state is ProposalState.OPEN]
        assert waits.proposed.item == wanted["commented"]["item"]
        assert [one.zone for one in waits.comments] == ["changzhou"]
        (ticket,) = read_tickets(acts)
        assert (ticket.opened.owner, ticket.closing) == ("wuxi", None)
        assert len(set(ticket.opened.seen.values())) > 1, "brought to the table though nothing differs"


def test_starting_again_adds_nothing() -> None:
    network = a_network()
    let_all_agree(network)
    before = {zone: deps.alliance.list_acts() for zone, deps in network.items()}
    assert let_all_agree(network) == 1
    assert {zone: deps.alliance.list_acts() for zone, deps in network.items()} == before


def test_a_zone_alone_does_its_part_and_says_that_it_waits() -> None:
    deps = a_network()[ZoneId("suzhou")]
    assert not seed_standard(deps, read_wanted())
    proposals = read_proposals(deps.alliance.list_acts(), deps.catalogue.zones.keys())
    assert len(proposals) == len(read_wanted()["ratified"]["items"])
    assert not seed_standard(deps, read_wanted())
    assert len(deps.alliance.list_acts()) == 2 * len(proposals)


def test_the_launcher_asks_again_only_those_that_wait() -> None:
    asked: list[str] = []

    def ask(node: str) -> str:
        asked.append(node)
        return "waits" if node == "wuxi" and asked.count("wuxi") < 2 else "done"

    assert agree(["suzhou", "wuxi"], ask)  # type: ignore[arg-type,list-item]
    assert sorted(asked) == ["suzhou", "wuxi", "wuxi"]

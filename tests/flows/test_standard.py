"""Three zones agree on a standard and bring a difference to the table, by messages alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.builders import CHANGZHOU, SUZHOU, TUESDAY, WUXI, a_network, move_clock
from tongban.domain.case.events import Actor
from tongban.domain.standard.acts import Ratified, RecordedAct
from tongban.domain.standard.plain import act_plain
from tongban.domain.standard.proposal import ProposalState, read_proposals, read_standards
from tongban.domain.standard.ticket import read_tickets
from tongban.flows import keep_table, propose_standard
from tongban.flows.memory import MemoryExchange
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.receive import Incoming, receive
from tongban.kernel.errors import NotFound, Refused
from tongban.kernel.ids import ItemId, MessageId, ZoneId

FOOD = ItemId("prepackaged-food-filing")
STEWARD = Actor("steward", "steward", "事项管理员丁（演示）")
Network = dict[ZoneId, Deps]


@pytest.fixture
def network() -> Network:
    return a_network()


def propose(network: Network, at: ZoneId = SUZHOU) -> str:
    number = propose_standard.propose(FOOD, "首次统一", STEWARD, network[at])
    settle(network)
    return number


def ratify(number: str, deps: Deps) -> None:
    content_hash = propose_standard.get_proposal(number, deps).proposed.content_hash
    propose_standard.ratify(number, content_hash, STEWARD, deps)


def state_of(number: str, deps: Deps) -> ProposalState:
    return propose_standard.get_proposal(number, deps).state


def test_a_proposal_reaches_every_zone_with_its_files_and_its_hash(network: Network) -> None:
    number = propose(network)
    for deps in network.values():
        told = propose_standard.get_proposal(number, deps).proposed
        assert told.content_hash == deps.catalogue.get_base(FOOD).content_hash
        own = {"item.yaml", "form.yaml", "rules.yaml", "credential.yaml"}
        assert set(told.files) == own | {"articles.txt", "evidence.txt", "procedure.txt", "calendars.txt"}


def test_it_is_in_force_everywhere_when_the_last_zone_has_ratified(network: Network) -> None:
    number = propose(network)
    for zone in (SUZHOU, WUXI, CHANGZHOU):
        assert {state_of(number, deps) for deps in network.values()} == {ProposalState.OPEN}
        ratify(number, network[zone])
        settle(network)
    assert {state_of(number, deps) for deps in network.values()} == {ProposalState.IN_FORCE}
    standards = [
        read_standards(read_proposals(deps.alliance.list_acts(), deps.catalogue.zones))
        for deps in network.values()
    ]
    assert standards[0] == standards[1] == standards[2]
    assert standards[0][FOOD].proposal == number


def test_a_zone_that_was_away_catches_up(network: Network) -> None:
    near = {zone: network[zone] for zone in (SUZHOU, CHANGZHOU)}
    number = propose_standard.propose(FOOD, "首次统一", STEWARD, network[SUZHOU])
    settle(near)
    for zone in near:
        ratify(number, network[zone])
    settle(near)
    with pytest.raises(NotFound):
        propose_standard.get_proposal(number, network[WUXI])
    settle(network)
    ratify(number, network[WUXI])
    settle(network)
    assert {state_of(number, deps) for deps in network.values()} == {ProposalState.IN_FORCE}


def test_comments_and_a_retraction_are_seen_everywhere(network: Network) -> None:
    number = propose(network)
    propose_standard.comment(number, "请写明标签要求", STEWARD, network[WUXI])
    settle(network)
    move_clock(network, TUESDAY + timedelta(minutes=1))
    propose_standard.retract(number, "改好再提", STEWARD, network[SUZHOU])
    settle(network)
    for deps in network.values():
        proposal = propose_standard.get_proposal(number, deps)
        assert [one.act.words for one in proposal.comments] == ["请写明标签要求"]
        assert proposal.state is ProposalState.RETRACTED


def codes(act: object) -> list[str]:
    with pytest.raises(Refused) as refused:
        act()  # type: ignore[operator]
    return [problem.code for problem in refused.value.problems]


def test_what_a_steward_may_not_do_is_refused_with_everything_at_once(network: Network) -> None:
    number = propose(network)
    suzhou, wuxi = network[SUZHOU], network[WUXI]
    assert codes(lambda: propose_standard.propose(FOOD, " ", STEWARD, wuxi)) == [
        "standard.no-words",
        "standard.proposed-already",
    ]
    assert codes(lambda: propose_standard.retract(number, "x", STEWARD, wuxi)) == ["standard.not-ours"]
    assert codes(lambda: propose_standard.ratify(number, "0" * 64, STEWARD, wuxi)) == [
        "standard.other-content"
    ]
    ratify(number, wuxi)
    assert codes(lambda: ratify(number, wuxi)) == ["standard.ratified-already"]
    officer = Actor("officer", "o", "审批员")
    assert codes(lambda: propose_standard.comment(number, "x", officer, suzhou)) == ["standard.wrong-role"]
    with pytest.raises(NotFound):
        propose_standard.comment("nothing", "x", STEWARD, suzhou)


def test_what_is_in_force_is_not_proposed_again(network: Network) -> None:
    number = propose(network)
    for deps in network.values():
        ratify(number, deps)
    settle(network)
    assert codes(lambda: propose_standard.propose(FOOD, "再次", STEWARD, network[WUXI])) == [
        "standard.in-force"
    ]
    assert codes(lambda: ratify(number, network[WUXI])) == ["standard.not-open"]


def tell(network: Network, from_zone: ZoneId, **changes: object) -> None:
    number = propose(network)
    content_hash = propose_standard.get_proposal(number, network[WUXI]).proposed.content_hash
    act = RecordedAct("wuxi-made-up", number, WUXI, "某人", TUESDAY, Ratified(content_hash))
    body = {**act_plain(act), **changes}
    receive(Incoming(from_zone, MessageId("m-1"), "standard.act", body), network[CHANGZHOU])


def test_a_zone_cannot_ratify_for_another(network: Network) -> None:
    assert codes(lambda: tell(network, SUZHOU)) == ["message.wrong-route"]


@pytest.mark.parametrize("at", [TUESDAY - timedelta(days=40), TUESDAY + timedelta(minutes=6)])
def test_an_act_of_an_unlikely_time_is_refused(network: Network, at: object) -> None:
    assert codes(lambda: tell(network, WUXI, at=at.isoformat())) == ["message.stale"]


def test_a_message_that_is_no_act_is_refused(network: Network) -> None:
    assert codes(lambda: tell(network, WUXI, act="Enacted")) == ["message.malformed"]


def test_each_act_is_one_message_to_each_other_zone_of_its_own_type(network: Network) -> None:
    number = propose_standard.propose(FOOD, "首次统一", STEWARD, network[SUZHOU])
    ticket = open_ticket(network[SUZHOU])
    keep_table.note_ticket(ticket, "在看", STEWARD, network[SUZHOU])
    exchange = network[SUZHOU].exchange
    assert isinstance(exchange, MemoryExchange)
    sent = [(message.to_zone, message.type, message.case_id) for message, _ in exchange.undelivered()]
    assert sorted(sent) == sorted(
        [(zone, "standard.act", number) for zone in (CHANGZHOU, WUXI)]
        + [(zone, "table.act", ticket) for zone in (CHANGZHOU, WUXI)] * 2
    )


def open_ticket(deps: Deps, **changes: object) -> str:
    parts: dict[str, object] = {"owner": WUXI, "due_on": date(2026, 4, 1), "words": "请统一承诺时限"}
    parts.update(changes)
    return keep_table.open_ticket(FOOD, "promised", actor=STEWARD, deps=deps, **parts)  # type: ignore[arg-type]


def test_a_ticket_is_seen_everywhere_and_closed_by_its_owner(network: Network) -> None:
    ticket = open_ticket(network[SUZHOU])
    settle(network)
    assert codes(lambda: keep_table.close_ticket(ticket, "好", STEWARD, network[SUZHOU])) == [
        "table.not-owner"
    ]
    move_clock(network, TUESDAY + timedelta(minutes=1))
    keep_table.close_ticket(ticket, "三地统一为10分钟", STEWARD, network[WUXI])
    settle(network)
    for deps in network.values():
        (one,) = read_tickets(deps.alliance.list_acts())
        assert one.opened.seen["suzhou"] == ("10分钟", "10 minutes")
        assert one.closing is not None
        assert one.closing.act.note == "三地统一为10分钟"
    assert codes(lambda: keep_table.close_ticket(ticket, "又", STEWARD, network[WUXI])) == ["table.closed"]


def test_a_ticket_needs_an_owner_a_day_ahead_and_words_and_something_that_exists(network: Network) -> None:
    deps = network[SUZHOU]
    wrong = {"owner": ZoneId("nowhere"), "due_on": date(2026, 3, 3), "words": ""}
    assert codes(lambda: open_ticket(deps, **wrong)) == [
        "standard.no-words",
        "table.no-owner",
        "table.no-deadline",
    ]
    with pytest.raises(NotFound):
        keep_table.open_ticket(FOOD, "colour", WUXI, date(2026, 4, 1), "x", STEWARD, deps)


def test_an_act_names_the_zone_and_the_person(network: Network) -> None:
    ticket = open_ticket(network[SUZHOU])
    settle(network)
    one = keep_table.get_ticket(ticket, network[WUXI])
    assert (one.zone, one.by) == (SUZHOU, STEWARD.name)
    assert replace(one, by="").by == ""

"""The seal moves for what an event of a competent authority left, in a shift, below a limit; else never."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import (
    AGENT,
    CHANGZHOU,
    SUZHOU,
    TUESDAY,
    WUXI,
    a_branch_application,
    a_network,
    catalogue,
    keep_branch_records,
    move_clock,
)
from tongban.crypto.canonical import canonical
from tongban.crypto.digest import hex_digest
from tongban.domain.case.events import Actor
from tongban.domain.credential.credential import signed_part_digest
from tongban.flows.check_seal_order import check_seal_order
from tongban.flows.keep_seal import confirm_seal, propose_seal, suspend_seal
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.press_port import SealPermit
from tongban.flows.resume_sealing import resume_sealing
from tongban.flows.seal_document import find_issuing, seal_document
from tongban.flows.seal_paper import seal_paper
from tongban.flows.seal_port import LICENCE, PAPER, SealOrder
from tongban.flows.submit import submit
from tongban.flows.use_seal import SealWaits, compose_use_leaf, finish_use, use_seal
from tongban.flows.write_papers import write_papers
from tongban.kernel.errors import Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text

CASE = CaseId("SZ260303-SEAL0001")
A, B = (
    Actor("custodian", f"{CHANGZHOU}-custodian-{n}", name) for n, name in ((1, "保管员甲"), (2, "保管员乙"))
)
SECRETS = catalogue().seal.secrets_of(CHANGZHOU)
WHY = Text("演示：钥匙丢了", "Demonstration: a key is lost")


def play(network: dict) -> Deps:
    """A branch filing, handed in at Suzhou and decided in Changzhou."""
    keep_branch_records(network)
    submit(CASE, a_branch_application(), AGENT, network[SUZHOU])
    settle(network)
    for deps in network.values():
        write_papers(deps)
    return network[CHANGZHOU]


@pytest.fixture
def network() -> dict:
    return a_network()


@pytest.fixture
def by_hand() -> dict:
    """A network in which nobody begins a shift by itself."""
    return {zone: replace(deps, rota=()) for zone, deps in a_network().items()}


def activate(deps: Deps, hours: int = 4) -> None:
    propose_seal(hours, SECRETS[A.id], A, deps)
    confirm_seal(SECRETS[B.id], B, deps)


def uses(deps: Deps) -> list:
    return list(deps.seals._shelf.seals.uses)  # type: ignore[attr-defined]


def refusals(deps: Deps) -> list:
    return list(deps.seals._shelf.seals.refusals)  # type: ignore[attr-defined]


def leaves(deps: Deps, beginning: str) -> list[dict]:
    kept = deps.ledger._shelf.leaves  # type: ignore[attr-defined]
    return [json.loads(leaf) for key, leaf in kept.items() if key.startswith(beginning)]


def licence_order(deps: Deps) -> SealOrder:
    """An honest order for the licence of the case, of which the tests change one thing."""
    case = deps.cases.find(CASE)
    issued = deps.credentials.find(case.credential_id)
    drawn = deps.press.draw_licence(case, deps.catalogue.get_item(case.item_id, CHANGZHOU), issued)
    number = issued.credential_id
    version = find_issuing(CASE, deps)
    source = signed_part_digest(issued.token)
    return SealOrder(LICENCE, number, number, CASE, version, deps.zone, source, drawn, hex_digest(drawn))


def paper_order(deps: Deps, kind: str) -> SealOrder:
    kept = next(one for one in deps.papers.list_of([CASE])[CASE] if one.paper.kind == kind)
    paper, drawn = kept.paper, deps.press.draw_paper(kept.paper, "https://example/p/x")
    return SealOrder(
        PAPER, paper.id, paper.number, CASE, paper.version, deps.zone, kept.digest, drawn, hex_digest(drawn)
    )


def codes(order: SealOrder, deps: Deps) -> list[str]:
    with pytest.raises(Refused) as refused:
        use_seal(order, deps)
    return [problem.code for problem in refused.value.problems]


def test_each_use_stands_in_the_register_and_in_the_ledger(network) -> None:
    deps = play(network)
    (use,) = uses(deps)
    case = deps.cases.find(CASE)
    assert (use.kind, use.document_id, use.case_id) == ("licence", case.credential_id, CASE)
    assert (use.version, use.event) == (find_issuing(CASE, deps), "CredentialIssued")
    assert use.sealed_digest == case.document_digest
    (leaf,) = leaves(deps, "seal-use:")
    assert leaf == compose_use_leaf(use, deps.zone)
    said = {
        "case": CASE, "version": use.version, "document": ["licence", use.document_id],
        "by": [use.first.id, use.second.id], "n": use.salt,
    }  # fmt: skip
    assert leaf["use"] == f"sha256:{hex_digest(canonical(said))}"
    assert CASE not in json.dumps(leaf)


def test_a_sealed_document_begins_with_the_bytes_of_which_the_leaf_tells(network) -> None:
    deps = play(network)
    (leaf,) = leaves(deps, "seal-use:")
    sealed = deps.files.find(deps.cases.find(CASE).document_digest)
    assert leaf["doc"] == f"sha256:{hex_digest(sealed[: leaf['len']])}"
    assert len(sealed) > leaf["len"]


def test_a_paper_goes_the_same_way_and_is_sealed_once(network) -> None:
    deps = play(network)
    paper = paper_order(deps, "filed").document_id
    assert seal_paper(paper, deps) == seal_paper(paper, deps)
    assert [one.document_id for one in uses(deps) if one.kind == PAPER] == [paper]


def test_a_demonstration_begins_its_shift_by_itself_and_says_so(network) -> None:
    deps = play(network)
    (act,) = deps.seals.acts(9)
    assert act.event.is_by_rota
    assert [leaf["rota"] for leaf in leaves(deps, "seal-act:")] == [True]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"zone": WUXI}, "seal.wrong-zone"),
        ({"version": 1}, "seal.wrong-event"),
        ({"version": 99}, "seal.no-event"),
        ({"case_id": CaseId("CZ260303-NOBODY01")}, "seal.no-event"),
        ({"document_id": "L-OTHER"}, "seal.no-document"),
        ({"kind": "letter"}, "seal.no-document"),
        ({"kind": PAPER}, "seal.no-document"),
        ({"source_digest": "0" * 64}, "seal.wrong-digest"),
        ({"drawn": b"%PDF-other"}, "seal.wrong-digest"),
        ({"drawn_digest": "0" * 64}, "seal.wrong-digest"),
    ],
)
def test_anything_else_is_refused_with_the_reason_and_the_register_keeps_it(network, change, code) -> None:
    deps = play(network)
    before = uses(deps)
    assert code in codes(replace(licence_order(deps), **change), deps)
    assert uses(deps) == before
    assert refusals(deps)[-1].code == code
    assert not refusals(deps)[-1].is_waiting


def test_everything_that_is_wrong_is_told_at_once(network) -> None:
    deps = play(network)
    order = replace(licence_order(deps), zone=WUXI, drawn=b"x", source_digest="0")
    assert codes(order, deps) == ["seal.wrong-zone", "seal.wrong-digest", "seal.wrong-digest"]


def test_the_zone_that_received_seals_no_licence_of_the_zone_that_decided(network) -> None:
    decided = play(network)
    deps = network[SUZHOU]
    case = deps.cases.find(CASE)
    deps.credentials.save(decided.credentials.find(case.credential_id))
    assert "seal.not-competent" in codes(replace(licence_order(decided), zone=SUZHOU), deps)


def test_a_paper_is_sealed_by_whoever_makes_it_and_after_its_own_event_only(network) -> None:
    deps = play(network)
    receipt = paper_order(network[SUZHOU], "receipt")
    assert check_seal_order(receipt, network[SUZHOU]) == ()
    filed = paper_order(deps, "filed")
    assert check_seal_order(filed, deps) == ()
    shelf = deps.seals._shelf.papers  # type: ignore[attr-defined]
    kept = shelf.papers[filed.document_id]
    shelf.papers[filed.document_id] = replace(kept, paper=replace(kept.paper, kind="receipt"))
    assert codes(filed, deps) == ["seal.wrong-event", "seal.not-competent", "seal.wrong-digest"]


def test_a_paper_that_was_changed_after_it_was_written_is_not_sealed(network) -> None:
    deps = play(network)
    order = paper_order(deps, "filed")
    shelf = deps.seals._shelf.papers  # type: ignore[attr-defined]
    kept = shelf.papers[order.document_id]
    forged = replace(kept.paper, addressee="别人（演示）")
    shelf.papers[order.document_id] = replace(kept, paper=forged)
    with pytest.raises(Refused) as refused:
        seal_paper(order.document_id, deps)
    assert [one.code for one in refused.value.problems] == ["seal.wrong-digest"]


def test_the_press_seals_no_other_bytes_than_those_that_were_allowed(network) -> None:
    deps = play(network)
    with pytest.raises(Refused):
        deps.press.seal_drawn(b"other", SealPermit(LICENCE, hex_digest(b"these"), 1))


def test_while_the_seal_rests_the_decision_stands_and_the_document_waits(by_hand) -> None:
    deps = play(by_hand)
    case = deps.cases.find(CASE)
    assert case.credential_id is not None
    assert case.document_digest == ""
    assert deps.seals.find_waiting(CASE).code == "seal.not-active"
    assert resume_sealing(deps) == 0
    activate(deps)
    move_clock(by_hand, TUESDAY + timedelta(minutes=2))
    assert resume_sealing(deps) == 1
    settle(by_hand)
    assert deps.cases.find(CASE).document_digest
    assert deps.seals.find_waiting(CASE) is None
    assert [(one.first.id, one.second.id) for one in uses(deps)] == [(A.id, B.id)]
    assert resume_sealing(deps) == 0


def test_a_page_that_asks_for_a_paper_is_told_why_it_must_wait(by_hand) -> None:
    deps = play(by_hand)
    paper = paper_order(deps, "filed").document_id
    with pytest.raises(SealWaits, match=r"seal\.not-active"):
        seal_paper(paper, deps)
    activate(deps)
    assert seal_paper(paper, deps)


def test_a_suspended_seal_moves_for_nothing_in_a_demonstration_too(network) -> None:
    keep_branch_records(network)
    deps = network[CHANGZHOU]
    activate(deps)
    suspend_seal(WHY, A, deps)
    play(network)
    assert deps.cases.find(CASE).document_digest == ""
    assert deps.seals.find_waiting(CASE).code == "seal.suspended"
    move_clock(network, TUESDAY + timedelta(days=3))
    assert resume_sealing(deps) == 0
    activate(deps)
    assert resume_sealing(deps) == 1
    settle(network)
    assert deps.cases.find(CASE).document_digest
    assert [leaf["t"] for leaf in leaves(deps, "seal-act:")].count("seal.suspend/1") == 1


def test_one_custodian_twice_is_refused(by_hand) -> None:
    deps = by_hand[CHANGZHOU]
    propose_seal(4, SECRETS[A.id], A, deps)
    with pytest.raises(Refused) as refused:
        confirm_seal(SECRETS[A.id], A, deps)
    assert [one.code for one in refused.value.problems] == ["seal.same-person"]
    assert not deps.seals.read().is_active(deps.clock.now())


@contextmanager
def a_limit_of(most: int, network: dict) -> Iterator[dict]:
    """The network with another limit for an hour."""
    rules = {zone: replace(rule, uses_per_hour=most) for zone, rule in _book(network).rules.items()}
    book = replace(_book(network), rules=rules)
    yield {
        zone: replace(deps, catalogue=replace(deps.catalogue, seal=book)) for zone, deps in network.items()
    }


def _book(network: dict):
    return network[CHANGZHOU].catalogue.seal


def test_at_its_limit_the_seal_waits_for_the_next_hour(network) -> None:
    with a_limit_of(1, network) as limited:
        deps = play(limited)
        paper = paper_order(deps, "filed").document_id
        with pytest.raises(SealWaits, match=r"seal\.limit"):
            seal_paper(paper, deps)
        move_clock(limited, TUESDAY + timedelta(hours=1))
        assert seal_paper(paper, deps)
        assert deps.seals.find_waiting(CASE) is None


def test_who_dies_between_the_leaf_and_the_document_leaves_one_use(network) -> None:
    with a_limit_of(1000, network) as network:
        deps = play(network)
        order = paper_order(deps, "filed")
        content, use = use_seal(order, deps)  # and here the process dies
        again, same = use_seal(order, deps)
        assert (again, same) == (content, use)
        with deps.unit():
            finish_use(same, again, deps)
        assert len([one for one in uses(deps) if one.kind == PAPER]) == 1
        assert len(leaves(deps, f"seal-use:paper:{order.document_id}")) == 1
        assert len(leaves(deps, f"sealed-paper:{order.document_id}")) == 1


def test_what_another_shift_began_is_another_use_of_its_own_custodians(by_hand) -> None:
    activate(by_hand[CHANGZHOU])
    deps = play(by_hand)
    order = paper_order(deps, "filed")
    use_seal(order, deps)
    propose_seal(4, SECRETS[B.id], B, deps)
    confirm_seal(SECRETS[A.id], A, deps)
    _, use = use_seal(order, deps)
    assert (use.first.id, use.second.id) == (B.id, A.id)
    assert len(leaves(deps, f"seal-use:paper:{order.document_id}")) == 2


def test_a_licence_that_has_its_document_moves_the_seal_no_more(network) -> None:
    deps = play(network)
    seal_document(CASE, deps)
    assert len(uses(deps)) == 1


def test_one_custodians_secret_alone_puts_nothing_to_use(by_hand) -> None:
    deps = by_hand[CHANGZHOU]
    propose_seal(4, SECRETS[A.id], A, deps)
    assert not deps.seal_key.is_open()
    with pytest.raises(Refused, match=r"seal\.wrong-secret"):
        confirm_seal(SECRETS[A.id], B, deps)
    assert not deps.seal_key.is_open()
    assert not deps.seals.read().is_active(deps.clock.now())
    (kept,) = refusals(deps)
    assert (kept.kind, kept.document_id, kept.code) == ("custody", f"{B.id} 2026-03-03", "seal.wrong-secret")
    confirm_seal(SECRETS[B.id], B, deps)
    assert deps.seal_key.is_open()


def test_a_proposers_share_that_is_gone_activates_nothing(by_hand) -> None:
    deps = by_hand[CHANGZHOU]
    propose_seal(4, SECRETS[A.id], A, deps)
    deps.seal_key.close()  # as when the program that keeps it is started anew
    with pytest.raises(Refused, match=r"seal\.share-gone"):
        confirm_seal(SECRETS[B.id], B, deps)
    assert not deps.seals.read().is_active(deps.clock.now())


def test_a_suspension_lets_go_of_the_key(by_hand) -> None:
    deps = by_hand[CHANGZHOU]
    activate(deps)
    suspend_seal(WHY, A, deps)
    assert not deps.seal_key.is_open()


def test_a_key_that_is_gone_makes_documents_wait_and_a_demonstration_opens_its_own_again(
    network, by_hand
) -> None:
    activate(by_hand[CHANGZHOU])
    by_hand[CHANGZHOU].seal_key.close()
    deps = play(by_hand)
    assert {one.code for one in refusals(deps)} == {"seal.key-closed"}
    deps = play(network)
    deps.seal_key.close()
    paper = paper_order(deps, "filed").document_id
    assert seal_paper(paper, deps)
    assert len(deps.seals.acts(9)) == 1

"""The end of a licence: served with proof, renewed by silence, ended on a ground of law, undone, archived."""

import json
from datetime import date, datetime, timedelta

import pytest

from tests.builders import AGENT, CHANGZHOU, SUZHOU, TUESDAY, WUXI, a_network, keep_branch_records, move_clock
from tests.flows.ending_cases import (
    CASE,
    CLERK,
    EXPIRES_ON,
    HEAD,
    OFFICER,
    RENEWAL,
    WORDS,
    ask_for_renewal,
    get,
    granted,
    names,
)
from tests.flows.test_journey import CASE as BRANCH
from tests.flows.test_journey import hand_in
from tongban.domain.case import commands as c
from tongban.domain.case.ending import Delivered
from tongban.domain.case.events import Actor
from tongban.domain.credential.sd_jwt import read_payload
from tongban.flows import end_licence as flow
from tongban.flows.archive_case import archive_case
from tongban.flows.deliver import deliver, note_opened
from tongban.flows.memory import MemoryLedger
from tongban.flows.perform import perform
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.watch_clocks import archive_due, wake_due
from tongban.flows.write_papers import write_papers
from tongban.kernel.errors import Refused
from tongban.kernel.ids import CaseId

TODAY = TUESDAY.date()
PICKED_UP = Delivered("pick-up", "演示甲", TODAY, SUZHOU, is_identity_checked=True, note="signed on paper")


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in refused.value.problems}


def papers_of(deps: Deps, case_id: CaseId = CASE) -> dict[str, str]:
    while write_papers(deps):
        pass
    kept = deps.papers.list_of([case_id])[case_id]
    return {one.paper.kind: " ".join(t.zh for _, said in one.paper.sections for t in said) for one in kept}


def leaves(deps: Deps, beginning: str) -> list[str]:
    assert isinstance(deps.ledger, MemoryLedger)
    return [key for key in deps.ledger._shelf.leaves if key.startswith(beginning)]


def heard(deps: Deps, act: str, ground: str) -> None:
    flow.propose_ending(CASE, act, ground, WORDS, OFFICER, deps)
    flow.state_on_ending(CASE, "我有话说。", AGENT, deps)


def test_a_licence_is_served_once_and_the_proof_of_service_says_how() -> None:
    suzhou, case = granted(a_network())
    assert case.ending.delivered is None
    deliver(CASE, PICKED_UP, CLERK, suzhou)
    before = names(suzhou)
    deliver(CASE, Delivered("electronic", "演示乙", TODAY, SUZHOU), AGENT, suzhou)
    assert names(suzhou) == before
    said = papers_of(suzhou)["delivery"]
    assert "窗口领取" in said
    assert "演示甲" in said
    assert "signed on paper" in said


def test_everything_that_a_proof_of_service_lacks_is_told_at_once() -> None:
    suzhou, _ = granted(a_network())
    with pytest.raises(Refused) as refused:
        deliver(CASE, Delivered("post", " ", TODAY + timedelta(days=1), SUZHOU), OFFICER, suzhou)
    assert codes(refused) == {"delivery.nobody", "delivery.no-waybill", "delivery.future"}
    with pytest.raises(Refused) as refused:
        deliver(CASE, Delivered("pick-up", "演示甲", TODAY, SUZHOU), CLERK, suzhou)
    assert codes(refused) == {"delivery.not-checked"}
    with pytest.raises(Refused) as refused:
        deliver(CASE, PICKED_UP, AGENT, suzhou)
    assert codes(refused) == {"delivery.not-yours"}


def test_whoever_opens_an_electronic_licence_has_been_served() -> None:
    suzhou, _ = granted(a_network())
    note_opened(CASE, OFFICER, suzhou)  # an officer may record a delivery, so only the way tells them apart
    delivered = get(suzhou).ending.delivered
    assert delivered is not None
    assert (delivered.way, delivered.note) == ("electronic", "opened")


@pytest.mark.parametrize(
    ("act", "ground", "state", "article"),
    [
        ("WithdrawLicence", "law-changed", "99", "all-2019#8.2"),
        ("VoidLicence", "abuse", "03", "all-2019#69.1"),
        ("VoidLicence", "fraud", "03", "all-2019#69.p2"),
    ],
)
def test_what_takes_a_licence_away_is_proposed_heard_and_decided_by_somebody_else(
    act: str, ground: str, state: str, article: str
) -> None:
    suzhou, case = granted(a_network())
    end = {"WithdrawLicence": flow.withdraw_licence, "VoidLicence": flow.void_granted}[act]
    with pytest.raises(Refused) as refused:
        end(CASE, ground, WORDS, HEAD, suzhou)
    assert codes(refused) == {"ending.propose-first"}
    flow.propose_ending(CASE, act, ground, WORDS, OFFICER, suzhou)
    with pytest.raises(Refused) as refused:
        end(CASE, ground, WORDS, HEAD, suzhou)
    assert codes(refused) == {"ending.hear-first"}
    flow.state_on_ending(CASE, "我有话说。", AGENT, suzhou)
    with pytest.raises(Refused) as refused:
        end(CASE, ground, WORDS, Actor("head", OFFICER.id), suzhou)
    assert codes(refused) == {"ending.same-person"}
    ended = end(CASE, ground, WORDS, HEAD, suzhou)
    assert ended.licence_state == state
    assert case.credential_id is not None
    kept = suzhou.credentials.find(case.credential_id)
    assert kept is not None
    assert (kept.state, kept.act, kept.ground) == (state, act, article)
    assert len(leaves(suzhou, f"state:{case.credential_id}")) == 1


def test_without_a_statement_it_is_decided_once_the_time_for_one_is_over() -> None:
    network = a_network()
    suzhou, _ = granted(network)
    flow.propose_ending(CASE, "VoidLicence", "not-eligible", WORDS, OFFICER, suzhou)
    proposal = get(suzhou).ending.proposal
    assert proposal is not None
    assert proposal.until_on == date(2026, 3, 10)
    move_clock(network, TUESDAY + timedelta(days=8))
    with pytest.raises(Refused) as refused:
        flow.state_on_ending(CASE, "太晚了", AGENT, suzhou)
    assert codes(refused) == {"ending.too-late"}
    assert flow.void_granted(CASE, "not-eligible", WORDS, HEAD, suzhou).licence_state == "03"


def test_damages_are_owed_where_the_authority_erred_and_nothing_after_fraud() -> None:
    for ground, words in (("abuse", "给予赔偿"), ("fraud", "")):
        suzhou, _ = granted(a_network())
        heard(suzhou, "VoidLicence", ground)
        flow.void_granted(CASE, ground, WORDS, HEAD, suzhou)
        said = papers_of(suzhou)["licence-voided"]
        assert ("赔偿" in said) == bool(words)
        assert "第六十九条" in said
    suzhou, _ = granted(a_network())
    heard(suzhou, "WithdrawLicence", "circumstances-changed")
    flow.withdraw_licence(CASE, "circumstances-changed", WORDS, HEAD, suzhou)
    assert "补偿" in papers_of(suzhou)["licence-withdrawn"]


def test_a_cancellation_needs_no_proposal_and_a_revocation_names_who_punished() -> None:
    suzhou, _ = granted(a_network())
    with pytest.raises(Refused) as refused:
        flow.revoke_licence(CASE, "beyond-scope", WORDS, ("", ""), HEAD, suzhou)
    assert codes(refused) == {"revoke.no-authority", "revoke.no-document_number"}
    flow.revoke_licence(CASE, "beyond-scope", WORDS, ("演示市场监管局", "演罚〔2026〕1号"), HEAD, suzhou)
    assert get(suzhou).licence_state == "07"
    flow.cancel_licence(CASE, "ended-otherwise", WORDS, OFFICER, suzhou)
    case = get(suzhou)
    assert case.licence_state == "07", "the formalities do not hide what had happened"
    assert [one.act for one in case.ending.acts] == ["RevokeLicence", "CancelLicence"]
    assert "演罚〔2026〕1号" in papers_of(suzhou)["licence-revoked"]
    suzhou, _ = granted(a_network())
    assert flow.cancel_licence(CASE, "organisation-ended", WORDS, OFFICER, suzhou).licence_state == "04"


def test_a_ground_of_another_act_is_none_and_only_a_head_takes_away() -> None:
    suzhou, _ = granted(a_network())
    with pytest.raises(Refused) as refused:
        flow.cancel_licence(CASE, "fraud", WORDS, OFFICER, suzhou)
    assert codes(refused) == {"ending.no-ground"}
    with pytest.raises(Refused) as refused:
        flow.void_granted(CASE, "fraud", WORDS, OFFICER, suzhou)
    assert codes(refused) == {"procedure.not-you"}


def test_a_wrong_act_is_undone_by_a_decision_and_stays_in_the_history() -> None:
    suzhou, _ = granted(a_network())
    heard(suzhou, "VoidLicence", "abuse")
    flow.void_granted(CASE, "abuse", WORDS, HEAD, suzhou)
    case = flow.restore_licence(CASE, WORDS, HEAD, suzhou)
    assert case.licence_state == "01"
    assert names(suzhou)[-2:] == ["LicenceVoided", "LicenceRestored"]
    assert [one.is_undone for one in case.ending.acts] == [True]
    kept = suzhou.credentials.find(case.credential_id or "")  # type: ignore[arg-type]
    assert kept is not None
    assert (kept.state, kept.act) == ("01", "")
    with pytest.raises(Refused) as refused:
        flow.restore_licence(CASE, WORDS, HEAD, suzhou)
    assert codes(refused) == {"ending.nothing-to-undo"}


def test_a_renewal_asked_in_time_and_not_decided_is_renewed_by_silence() -> None:
    network = a_network()
    changzhou = ask_for_renewal(network)
    assert get(changzhou, RENEWAL).ending.deadlines["renewal"].until_on == EXPIRES_ON
    move_clock(network, datetime.combine(EXPIRES_ON, TUESDAY.timetz()))
    assert wake_due(changzhou) == 0
    assert get(changzhou, RENEWAL).decision is None
    move_clock(network, changzhou.clock.now() + timedelta(days=40))
    assert wake_due(changzhou) == 1
    before = names(changzhou, RENEWAL)
    assert before[-3:] == ["RenewalDeemed", "Granted", "CredentialIssued"]
    assert wake_due(changzhou) == 0
    case = get(changzhou, RENEWAL)
    assert case.decision is not None
    assert (case.decision.by, case.decision.decided_on) == ("deemed", EXPIRES_ON)
    assert case.issued is not None
    assert (case.issued.valid_from, case.issued.valid_until) == (EXPIRES_ON, date(2031, 6, 9))
    assert read_payload(case.token)["ground"] == "silence"
    said = papers_of(changzhou, RENEWAL)
    assert "视为准予延续" in said["renewal-deemed"]
    assert "grant" not in said


def test_a_renewal_asked_too_late_is_never_deemed() -> None:
    network = a_network()
    changzhou = ask_for_renewal(network, expires_on=TODAY + timedelta(days=29))
    assert get(changzhou, RENEWAL).ending.deadlines == {}
    move_clock(network, TUESDAY + timedelta(days=90))
    assert wake_due(changzhou) == 0
    assert get(changzhou, RENEWAL).decision is None


def test_a_renewal_that_was_decided_is_not_deemed() -> None:
    network = a_network()
    changzhou = ask_for_renewal(network, is_fit=True)
    assert get(changzhou, RENEWAL).stage == "concluded"
    move_clock(network, TUESDAY + timedelta(days=200))
    assert wake_due(changzhou) == 0


def test_the_renewed_licence_takes_the_older_ones_place() -> None:
    network = a_network()
    changzhou = ask_for_renewal(network, is_fit=True)
    again = CaseId("CZ260303-RENEW002")
    ask_for_renewal(network, is_fit=True, case_id=again, expires_on=date(2026, 8, 1))
    older, newer = get(changzhou, RENEWAL), get(changzhou, again)
    assert older.ending.replaced_by == newer.credential_id
    assert (older.licence_state, newer.licence_state) == ("99", "01")
    kept = changzhou.credentials.find(older.credential_id or "")  # type: ignore[arg-type]
    assert kept is not None
    assert kept.act == "ReplaceLicence"


def test_a_file_is_sealed_when_nothing_is_left_to_do_and_nothing_changes_it_afterwards() -> None:
    network = a_network()
    suzhou, case = granted(network)
    with pytest.raises(Refused) as refused:
        archive_case(CASE, OFFICER, suzhou)
    assert codes(refused) == {"archive.too-early"}
    deliver(CASE, PICKED_UP, CLERK, suzhou)
    archived = archive_case(CASE, OFFICER, suzhou).ending.archived
    assert archived is not None
    assert archived.keep_until_on == date(2036, 3, 3)
    package = suzhou.files.find(archived.package_digest)
    assert package is not None
    parts = json.loads(package)["parts"]
    assert {"manifest.json", "history.json", "licence.sd-jwt", "licence.pdf"} <= set(parts)
    assert parts["manifest.json"] == archived.manifest_digest
    assert leaves(suzhou, "archive:") == [f"archive:{CASE}"]
    check = c.ScheduleCheck("promise:late", "promise", TODAY, "all-2019#44")
    with pytest.raises(Refused) as refused:
        perform(CASE, check, Actor("machine", SUZHOU), suzhou)
    assert codes(refused) == {"archive.sealed"}
    heard(suzhou, "VoidLicence", "abuse")
    assert flow.void_granted(CASE, "abuse", WORDS, HEAD, suzhou).licence_state == "03"
    assert case.credential_id is not None


def test_time_archives_what_has_been_closed_for_long_enough_once() -> None:
    network = a_network()
    suzhou, _ = granted(network)
    deliver(CASE, PICKED_UP, CLERK, suzhou)
    move_clock(network, TUESDAY + timedelta(days=29))
    assert archive_due(suzhou) == 0
    move_clock(network, TUESDAY + timedelta(days=300))
    assert archive_due(suzhou) == 1
    assert archive_due(suzhou) == 0
    assert names(suzhou)[-1] == "CaseArchived"


def test_a_case_whose_licence_was_not_served_is_not_archived() -> None:
    network = a_network()
    suzhou, _ = granted(network)
    move_clock(network, TUESDAY + timedelta(days=300))
    assert archive_due(suzhou) == 0


def test_statement_and_delivery_reach_the_deciding_zone_from_the_receiving_one() -> None:
    network = a_network()
    keep_branch_records(network)
    hand_in(network)
    opened = Delivered("pick-up", "演示甲", TODAY, SUZHOU, is_identity_checked=True)
    deliver(BRANCH, opened, CLERK, network[SUZHOU])
    settle(network)
    for zone in (CHANGZHOU, SUZHOU):
        delivered = get(network[zone], BRANCH).ending.delivered
        assert delivered is not None
        assert delivered.at_zone == SUZHOU
    assert WUXI in network


def test_a_late_grant_by_an_officer_has_an_end_although_the_evidence_grew_old() -> None:
    network = a_network()
    changzhou = ask_for_renewal(network)
    move_clock(network, TUESDAY + timedelta(days=40))
    perform(RENEWAL, c.Grant("officer", WORDS), OFFICER, changzhou)
    issued = get(changzhou, RENEWAL).issued
    assert issued is not None
    assert issued.valid_until is not None
    assert issued.valid_until > EXPIRES_ON

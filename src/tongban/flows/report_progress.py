"""Tell the receiving zone what has happened, so that the applicant reads the same story there."""

from dataclasses import replace

from tongban.domain.case import events as e
from tongban.domain.case import examining as x
from tongban.domain.case.plain import recorded_to_plain
from tongban.domain.party import mask_name
from tongban.flows.perform import get_case
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text


def report_progress(case_id: CaseId, deps: Deps) -> None:
    """Queue the events that the receiving zone has not been sent.

    Causes: one ``case.update`` message; nothing when the case was received in this zone.
    Twice:  nothing; the last version sent is read first.
    """
    with deps.unit():
        case = get_case(case_id, deps)
        if case.receiving_zone == deps.zone:
            return
        reported = deps.exchange.reported_version(case_id)
        news = [one for one in deps.cases.history(case_id) if one.version > max(reported, 1)]
        if not news:
            return
        body = {"case": case_id, "events": [recorded_to_plain(redact(one)) for one in news]}
        deps.exchange.post(
            case.receiving_zone, "case.update", body, case_id, reported_version=news[-1].version
        )


def redact(recorded: e.Recorded) -> e.Recorded:
    """Return the event as another zone may keep it: which register answered, not what it said.

    Nor who an interested party is and what it said, nor a draft that is not decided yet, nor what a
    person said of the machine's findings.

    Source of law: pipl-2021#6 (no more than the purpose needs); the deciding zone needs the facts, the
    receiving zone only shows that they came.
    """
    match recorded.event:
        case e.EvidenceAttached() as attached:
            return replace(recorded, event=replace(attached, facts={}))
        case e.Assessed() as assessed:
            record = {**assessed.record, "facts": _withheld(assessed.record.get("facts"))}
            return replace(recorded, event=replace(assessed, record=record))
        case x.InterestedPartyInformed() as informed:
            return replace(recorded, event=replace(informed, name=mask_name(informed.name)))
        case x.StatementRecorded(by=by) as said if by != x.APPLICANT:
            return replace(recorded, event=replace(said, words=""))
        case x.ChairChallenged(by=by) as challenge if by != x.APPLICANT:
            return replace(recorded, event=replace(challenge, words=""))
        case x.ApprovalRequested() as drafted:
            return replace(recorded, event=replace(drafted, reasons=_NOTHING, remedies=None, review=None))
        case (e.Granted() | e.GrantRefused()) as decided if decided.review is not None:
            return replace(recorded, event=replace(decided, review=None))
        case x.DraftReturned() as returned:
            return replace(recorded, event=replace(returned, reasons=_NOTHING))
        case e.CredentialIssued() as issued:
            entered = tuple(replace(one, subject="", facts={}, afterwards=None) for one in issued.entered)
            return replace(recorded, event=replace(issued, entered=entered))
    return recorded


def _withheld(facts: object) -> dict[str, object]:
    """The names stay, so that findings still say what they looked at; the values do not travel."""
    names = facts if isinstance(facts, dict) else {}
    return {name: {"unknown": "not_provided"} for name in names}


_NOTHING = Text("", "")

"""An officer looks again at a grant by rules that chance has chosen, and says whether it was right."""

from dataclasses import replace

from tongban.crypto.canonical import canonical
from tongban.crypto.digest import hex_digest
from tongban.domain.case.events import Actor
from tongban.flows.guard_ports import LaterCheck
from tongban.flows.hold_machine import REASONS_MAX
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text

VERDICTS = ("correct", "false")
MAY_JUDGE = ("officer", "head")


def judge_grant(case_id: CaseId, verdict: str, reasons: Text, actor: Actor, deps: Deps) -> LaterCheck:
    """Record a verdict on a grant. A later verdict takes its place; both stay in the ledger.

    Causes: the verdict, and one ledger leaf. The licence stands: to withdraw it is an act of its own.

    Raises:
        NotFound: chance did not choose this case.
        Refused: no such verdict, no reasons, or not this actor's to give.

    Source of law: pipl-2021#24.1, all-2019#69.
    """
    check = deps.rails.find_check(case_id)
    if check is None:
        raise NotFound(case_id)
    problems = []
    if actor.kind not in MAY_JUDGE:
        problems.append(Problem("check.not-you", _NOT_YOU))
    if verdict not in VERDICTS:
        problems.append(Problem("check.no-verdict", _NO_VERDICT, "verdict"))
    if not reasons.zh.strip():
        problems.append(Problem("check.no-reasons", _NO_REASONS, "reasons_zh"))
    if max(len(reasons.zh), len(reasons.en)) > REASONS_MAX:
        problems.append(Problem("check.long-reasons", _LONG, "reasons_zh"))
    if problems:
        raise Refused(*problems)
    now = deps.clock.now()
    judged = replace(check, verdict=verdict, reasons=reasons, actor=actor, judged_at=now)
    with deps.unit():
        deps.rails.judge(judged)
        leaf = compose_check_leaf(judged, deps.zone, deps.chance.salts(1)[0])
        deps.ledger.append(f"check:{case_id}:{now.isoformat()}", leaf)
    return judged


def compose_check_leaf(check: LaterCheck, zone: str, salt: str) -> dict[str, object]:
    """Return the ledger leaf of a verdict: item and verdict openly, case and reasons as a salted hash."""
    said = {
        "case": check.case_id,
        "zh": check.reasons.zh if check.reasons else "",
        "en": check.reasons.en if check.reasons else "",
        "by": check.actor.id if check.actor else "",
        "n": salt,
    }
    return {
        "t": "check.verdict/1",
        "z": zone,
        "at": int(check.judged_at.timestamp()) if check.judged_at else 0,
        "item": check.item_id,
        "rules": check.rules_hash,
        "verdict": check.verdict,
        "said": f"sha256:{hex_digest(canonical(said))}",
    }


_NOT_YOU = Text("抽查由审批人员进行。", "The later check is for officers.")
_NO_VERDICT = Text("请选择：准予正确，或者不该准予。", "Choose: rightly granted, or should not have been.")
_NO_REASONS = Text("请写明理由。", "State the reasons.")
_LONG = Text(f"理由不超过 {REASONS_MAX} 字。", f"Reasons have at most {REASONS_MAX} characters.")

"""An officer decides: grants or refuses with reasons, accepts, declines, or asks for corrections."""

from tongban.domain.case import commands as c
from tongban.domain.case.events import Actor
from tongban.domain.case.review import MachineReview
from tongban.domain.case.state import Case
from tongban.flows.assess import wait_until
from tongban.flows.perform import get_case, perform
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text


def grant(
    case_id: CaseId,
    reasons: Text,
    actor: Actor,
    deps: Deps,
    review: MachineReview | None = None,
    rests_on: int = 0,
) -> Case:
    """Grant with reasons. Causes ``Granted``, then the licence is issued. Source: all-2019#38.

    Args:
        review: what the person says of the machine's findings.
        rests_on: version of the event with the hearing's record; 0 where none was held (all-2019#48.p2).
    """
    return perform(case_id, c.Grant("officer", reasons, rests_on, review), actor, deps)


def refuse(
    case_id: CaseId,
    reasons: Text,
    actor: Actor,
    deps: Deps,
    review: MachineReview | None = None,
    rests_on: int = 0,
) -> Case:
    """Refuse with reasons; the remedies of the deciding zone are added.

    Args:
        review: what the person says of the machine's findings.
        rests_on: as in ``grant``.

    Source of law: all-2019#38.2 (reasons, and the right to review and suit).
    """
    told = tell_remedies(get_case(case_id, deps), deps)
    return perform(case_id, c.Refuse(reasons, told, rests_on, review), actor, deps)


def tell_remedies(case: Case, deps: Deps) -> Text:
    """Return where a decision in the case may be reviewed or sued, as it is told with it (all-2019#38.2)."""
    remedies = deps.catalogue.zones[case.deciding_zone].remedies
    return Text(
        "；".join(f"{r.body.zh}（{r.deadline.zh}，{r.channel.zh}）" for r in remedies),
        "; ".join(f"{r.body.en} ({r.deadline.en}; {r.channel.en})" for r in remedies),
    )


def return_papers(case_id: CaseId, problems: tuple[Problem, ...], actor: Actor, deps: Deps) -> Case:
    """Give papers back with one list; filed again, it is a new case (market-registration-2021#19.2)."""
    return perform(case_id, c.Return(problems), actor, deps)


def open_wait(case_id: CaseId, actor: Actor, deps: Deps) -> Case:
    """Let others object before it is decided: what an officer does instead of granting at once.

    Raises:
        Refused: the item has no such time, or it runs past the published holidays.
    """
    case = get_case(case_id, deps)
    item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    if item.wait is None:
        raise Refused(Problem("wait.none", _NO_WAIT))
    return perform(case_id, c.OpenWait(wait_until(item.wait, deps)), actor, deps)


def accept_by_hand(case_id: CaseId, actor: Actor, deps: Deps) -> Case:
    """Accept although a register is silent; the officer answers for completeness. Source: all-2019#32.5."""
    return perform(case_id, c.Accept(), actor, deps)


def decline(case_id: CaseId, reasons: Text, actor: Actor, deps: Deps) -> Case:
    """Do not accept, in writing, with reasons; the remedies of the deciding zone are added, as to a refusal.

    Source of law: all-2019#32.2, all-2019#38.2; admin-review-2023#11.3 (not to accept is open to review).
    """
    return perform(case_id, c.Decline(reasons, tell_remedies(get_case(case_id, deps), deps)), actor, deps)


def request_correction(
    case_id: CaseId, problems: tuple[Problem, ...], actor: Actor, deps: Deps, again: Text | None = None
) -> Case:
    """Ask for everything that needs correcting, in one list.

    Args:
        again: why a second time; only a head may, and must say it.

    Source of law: all-2019#32.4.
    """
    return perform(case_id, c.RequestCorrection(problems, again), actor, deps)


_NO_WAIT = Text("这个事项没有征询异议的环节。", "This item has no time for objections.")

"""Whether a person of this zone may decide a case at all: not in a copy, and not before every zone's part."""

from tongban.domain.case import commands as c
from tongban.domain.case.events import Actor
from tongban.domain.case.examining_commands import Approve
from tongban.domain.case.state import Case
from tongban.domain.liaison.joint import check_joint_decision, read_joints
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text


def check_power(case: Case, command: c.Command, actor: Actor, deps: Deps) -> None:
    """Refuse that a person decides in a copy, or in a joint case while a part may still come in time.

    Source of law: all-2019#24 (the power lies in the deciding zone), all-2019#26.2 (one acts for all).
    """
    if actor.kind not in ("officer", "head"):
        return
    is_decision = isinstance(command, c.Accept | c.Decline | c.Grant | c.Refuse | c.RequestCorrection)
    if is_decision and case.deciding_zone != deps.zone:
        raise Refused(Problem("case.decided-elsewhere", _ELSEWHERE, "", "all-2019#24", _IN_NAME))
    if isinstance(command, c.Grant | c.Refuse | Approve):
        _check_parts(case, command, deps)


def _check_parts(case: Case, command: c.Grant | c.Refuse | Approve, deps: Deps) -> None:
    today = civil_date(deps.clock.now())
    names = {zone.id: zone.short_name for zone in deps.catalogue.zones.values()}
    draft = case.examination.draft
    granted = draft is not None and draft.granted if isinstance(command, Approve) else None
    for joint in read_joints(deps.liaison.list_of_case(case.id)):
        is_grant = isinstance(command, c.Grant) if granted is None else granted
        if problems := check_joint_decision(joint, names, today, granted=is_grant):
            raise Refused(*problems)


_ELSEWHERE = Text(
    "本区只是收件地，受理和决定由办理区作出。",
    "This zone only received it; the deciding zone accepts and decides.",
)
_IN_NAME = Text(
    "有现行有效的委托时，在“区际协作”页以办理区的名义办理。",
    "Under a delegation in force, act in its name on the page “Between zones”.",
)

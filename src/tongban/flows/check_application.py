"""Whether an application from another zone may be kept: nothing that can be checked is merely believed."""

from datetime import timedelta

from tongban.domain.case import events as e
from tongban.domain.identifiers.citizen_number import check_citizen_number
from tongban.domain.identifiers.uscc import check_uscc
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import ZoneId
from tongban.kernel.text import Text

MAX_NAME_CHARS = 200
MAX_ACCOUNT_CHARS = 80
CHANNELS = ("online", "window", "kiosk", "api")
CLOCKS_DIFFER = timedelta(minutes=5)
"""Two zones' clocks may differ by this much before an application seems to come from the future."""
OLDEST = timedelta(days=31)
"""A message lives thirty days; an application that says it is older was back-dated."""


def check_application(recorded: e.Recorded, submitted: e.Submitted, from_zone: ZoneId, deps: Deps) -> None:
    """Refuse an application with whatever is wrong about its envelope; its answers are read at acceptance.

    Answers that do not fit the form are not refused here: the applicant is told them in one correction
    list, like everybody else (all-2019#32.4). Silence counts from the receipt (all-2019#32.4), so a receipt
    must not be dated back or ahead by the zone that reports it.
    """
    applicant = submitted.applicant
    problems = [*_check_route(recorded, submitted, from_zone, deps)]
    check = {"firm": check_uscc, "person": check_citizen_number}.get(applicant.kind)
    if check is None:
        problems.append(Problem("message.malformed", _UNFIT, "applicant.kind"))
    else:
        problems.extend(check(applicant.id, "applicant.id"))
    names = {"name": applicant.name, "agent_name": applicant.agent_name, "actor": recorded.actor.name}
    accounts = {
        "mobile": applicant.mobile,
        "agent_id": applicant.agent_id,
        "taken_in_by": submitted.taken_in_by,
        "actor.id": recorded.actor.id,
    }
    if submitted.bundle is not None:
        accounts |= {"bundle.number": submitted.bundle.number, "bundle.member": submitted.bundle.member}
    for most, values in ((MAX_NAME_CHARS, names), (MAX_ACCOUNT_CHARS, accounts)):
        for name, value in values.items():
            if not isinstance(value, str) or len(value) > most:
                problems.append(Problem("message.malformed", _UNFIT, name))
    if submitted.channel not in CHANNELS:
        problems.append(Problem("message.malformed", _UNFIT, "channel"))
    if problems:
        raise Refused(*problems)


def _check_route(
    recorded: e.Recorded, submitted: e.Submitted, from_zone: ZoneId, deps: Deps
) -> tuple[Problem, ...]:
    """The zone that reports must have received it, this one must decide, and the time must be likely."""
    problems = []
    fits = (submitted.deciding_zone, submitted.receiving_zone, recorded.zone) == (
        deps.zone,
        from_zone,
        from_zone,
    )
    if not fits:
        problems.append(Problem("message.wrong-route", _WRONG_ROUTE))
    now = deps.clock.now()
    if not now - OLDEST <= recorded.at <= now + CLOCKS_DIFFER:
        problems.append(Problem("message.stale", _UNLIKELY, "at"))
    return tuple(problems)


_WRONG_ROUTE = Text(
    "这条消息与办件的收件地、办理地不符。", "This message does not fit the zones of the case."
)
_UNLIKELY = Text("收件时间不合情理。", "The time of receipt is not likely.")
_UNFIT = Text("申请的这一项不合格式。", "This part of the application is not of its form.")

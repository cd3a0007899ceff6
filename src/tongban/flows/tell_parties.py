"""Keep for a case's parties what they are told of its events, in the transaction that writes the events."""

from datetime import datetime

from tongban.domain.case.events import ApplicantRef, Recorded
from tongban.domain.case.state import Case
from tongban.domain.hall.appointment import Appointment
from tongban.domain.notification import SMS
from tongban.flows.book_appointment import remind
from tongban.flows.notification_store import Notification, account_mark, party_mark
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.moment import civil_date

GROUP = 200
"""Fired things passed on in one transaction."""


def tell_parties(case: Case, recorded: tuple[Recorded, ...], deps: Deps) -> None:
    """Queue one message for each event that has a text, to the party and to its agent.

    Each zone that keeps the case shows it in the house; outside it is sent by the zone in which the
    application was handed in, because that is where the applicant logs in and chose channels.
    Twice: nothing; case, version, recipient and channel are its name.

    Source of law: pipl-2021#6 (no more than needed).
    """
    texts = deps.catalogue.notifications.texts
    for one in recorded:
        kind = type(one.event).__name__
        if kind in texts:
            cause, goes_outside = f"case:{case.id}:{one.version}", case.receiving_zone == deps.zone
            _queue(case, cause, kind, one.at, deps, goes_outside=goes_outside)


def tell_fired(deps: Deps) -> int:
    """Tell holders what the clock has fired; return how many things were in hand.

    What reaches an officer or a head stands at their desk already: it is only noted as passed on.
    Twice: nothing; what was passed on is noted in the same unit.
    """
    texts = deps.catalogue.notifications.texts
    with deps.unit():
        fired = deps.agenda.claim_untold(GROUP)
        told = [one for one in fired if one.to == "holder" and one.line.kind in texts]
        deps.cases.preload([one.line.case_id for one in told])
        for one in told:
            line = one.line
            case = deps.cases.find(line.case_id)
            if case is not None:
                cause = f"fired:{case.id}:{line.kind}:{line.fires_on.isoformat()}"
                about_at = datetime.combine(line.about_on, datetime.min.time(), one.fired_at.tzinfo)
                _queue(case, cause, line.kind, about_at, deps, goes_outside=True)
        if fired:
            deps.agenda.mark_told([one.number for one in fired], deps.clock.now())
    return len(fired)


def tell_appointments(deps: Deps) -> int:
    """Remind of appointments that begin within a day, each once; return how many."""
    book, now = deps.catalogue.notifications, deps.clock.now()
    if "appointment" not in book.texts:
        return 0
    can_text = SMS in deps.carriers

    def tell(one: Appointment, mobile: str) -> None:
        deps.notifications.queue(
            Notification(
                f"appointment:{one.code}", one.holder, "appointment", CaseId(""), ItemId(""), deps.zone,
                one.on, now, goes_outside=True, not_before=book.find_next(now, deps.zone),
                mobile=mobile if can_text else "",
            )
        )  # fmt: skip

    return remind(tell, deps)


def recipients_of(party: ApplicantRef) -> tuple[str, ...]:
    """Return the marks under which somebody's messages stand: an agent sees its own cases only."""
    return (party_mark(party, is_agent=bool(party.agent_id)),)


def recipients_of_account(party: ApplicantRef, username: str) -> tuple[str, ...]:
    """Return the marks under which an account's messages stand, its appointments included."""
    return (*recipients_of(party), account_mark(username))


def _queue(case: Case, cause: str, kind: str, at: datetime, deps: Deps, *, goes_outside: bool) -> None:
    if not case.applicant.id or not _has_item(case, deps):
        return
    book, now = deps.catalogue.notifications, deps.clock.now()
    marks = {party_mark(case.applicant), party_mark(case.applicant, is_agent=True)}
    for mark in sorted(marks):
        deps.notifications.queue(
            Notification(
                cause, mark, kind, case.id, case.item_id, case.deciding_zone, civil_date(at), now,
                goes_outside=goes_outside, not_before=book.find_next(now, deps.zone),
            )
        )  # fmt: skip


def _has_item(case: Case, deps: Deps) -> bool:
    try:
        deps.catalogue.get_item(case.item_id, case.deciding_zone)
    except NotFound:
        return False
    return True

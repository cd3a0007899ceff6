"""Send what waits to leave the house: claimed in one unit, handed over outside any, settled in another."""

from datetime import timedelta

from tongban.domain.notification import NotificationBook
from tongban.flows.notification_store import FAILED, QUEUED, HandedOver, Letter, ReadyLetter
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import CaseId, ItemId, ZoneId
from tongban.kernel.text import Text

GROUP = 50
"""Letters handed over one after the other by one worker before it looks at its other duties."""


def send_notifications(deps: Deps) -> int:
    """Hand over what may leave now; return how many letters were in hand.

    Twice: nothing. A letter is noted as being handed over before it is; when the worker ends in between, it
        is noted as unknown later and not sent again, since it may have arrived.
    """
    book, now = deps.catalogue.notifications, deps.clock.now()
    with deps.unit():
        deps.notifications.give_up_lost(now, _BROKEN_OFF)
    with deps.unit():
        ready = deps.notifications.claim(now, now + timedelta(minutes=book.lease_minutes), GROUP)
    for letter in ready:
        _settle(letter, _hand_over(letter, deps), book, deps)
    return len(ready)


def forget_old(deps: Deps) -> int:
    """Throw away messages that were kept long enough; return how many."""
    before = deps.clock.now() - timedelta(days=deps.catalogue.notifications.kept_days)
    with deps.unit():
        return deps.notifications.forget_before(before, GROUP)


def say(kind: str, case_id: CaseId, item_id: ItemId, zone: ZoneId, day: str, deps: Deps) -> Text:
    """Return a message's text, with the item's title instead of its id; empty when there is none any more."""
    text = deps.catalogue.notifications.texts.get(kind, Text("", ""))
    name = deps.catalogue.zones[zone].short_name if zone in deps.catalogue.zones else Text(zone, zone)
    title = _find_title(item_id, zone, deps)
    return Text(
        text.zh.format(item=title.zh, case=case_id, zone=name.zh, day=day),
        text.en.format(item=title.en, case=case_id, zone=name.en, day=day),
    )


def _find_title(item_id: ItemId, zone: ZoneId, deps: Deps) -> Text:
    try:
        return deps.catalogue.get_item(item_id, zone).title
    except NotFound:
        return Text(item_id, item_id)


def _hand_over(letter: ReadyLetter, deps: Deps) -> HandedOver:
    carrier = deps.carriers.get(letter.channel)
    if not letter.address:
        return HandedOver(FAILED, _SWITCHED_OFF)
    if carrier is None:
        return HandedOver(FAILED, _NO_CARRIER)
    book, day = deps.catalogue.notifications, letter.about_on.isoformat()
    says = say(letter.kind, letter.case_id, letter.item_id, letter.zone, day, deps)
    path = book.links["appointment" if letter.kind == "appointment" else "case"].format(case=letter.case_id)
    link = f"{deps.public_url}{path}"
    body = "\n".join(
        (book.frame.zh.format(says=says.zh, link=link), book.frame.en.format(says=says.en, link=link))
    )
    subject = f"{book.subject.zh} {book.subject.en}"
    return carrier.hand_over(Letter(f"{deps.zone}-{letter.number}", letter.address, subject, body))


def _settle(letter: ReadyLetter, said: HandedOver, book: NotificationBook, deps: Deps) -> None:
    now = deps.clock.now()
    state, next_at = said.state, None
    if state == QUEUED:
        next_at = book.find_retry(now, letter.attempts, deps.zone)
        state = QUEUED if next_at else FAILED
    with deps.unit():
        deps.notifications.settle(letter.number, state, now, said.why, next_at)


_BROKEN_OFF = "broken-off"
_SWITCHED_OFF = "switched-off"
_NO_CARRIER = "no-carrier"

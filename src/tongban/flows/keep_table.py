"""The alliance's table: a difference becomes a ticket with owner and deadline; its owner closes it (销号)."""

from datetime import date

from tongban.domain.case.events import Actor
from tongban.domain.catalogue.difference import list_features
from tongban.domain.standard.acts import Commented, TicketClosed, TicketOpened
from tongban.domain.standard.ticket import Ticket, read_tickets
from tongban.flows.ports import Deps
from tongban.flows.propose_standard import check_words
from tongban.flows.tell_alliance import tell_alliance
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import ItemId, ZoneId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text


def open_ticket(
    item_id: ItemId, feature: str, owner: ZoneId, due_on: date, words: str, actor: Actor, deps: Deps
) -> str:
    """Bring a difference between zones to the table; return the ticket's number.

    Causes: the ticket here, and a message to each other zone.

    Raises:
        NotFound: no zone offers the item, or none of its implementations has such a feature.
    """
    today = civil_date(deps.clock.now())
    seen = read_feature(item_id, feature, today, deps)
    problems = list(check_words(words, "words"))
    if owner not in deps.catalogue.zones:
        problems.append(Problem("table.no-owner", _NO_OWNER, "owner"))
    if due_on <= today:
        problems.append(Problem("table.no-deadline", _NO_DEADLINE, "due_on"))
    if problems:
        raise Refused(*problems)
    told = {str(zone): (value.zh, value.en) for zone, value in seen.items()}
    act = TicketOpened(item_id, feature, told, owner, due_on, words.strip())
    return tell_alliance(act, "", actor, deps).subject


def note_ticket(ticket_id: str, words: str, actor: Actor, deps: Deps) -> None:
    """Say something about a ticket."""
    get_ticket(ticket_id, deps)
    problems = check_words(words, "words")
    if problems:
        raise Refused(*problems)
    tell_alliance(Commented(words.strip()), ticket_id, actor, deps)


def close_ticket(ticket_id: str, note: str, actor: Actor, deps: Deps) -> None:
    """Close a ticket of which this zone is the owner, saying what became of the difference."""
    ticket = get_ticket(ticket_id, deps)
    problems = list(check_words(note, "note"))
    if ticket.opened.owner != deps.zone:
        problems.append(Problem("table.not-owner", _NOT_OWNER))
    if ticket.closing is not None:
        problems.append(Problem("table.closed", _CLOSED))
    if problems:
        raise Refused(*problems)
    tell_alliance(TicketClosed(note.strip()), ticket_id, actor, deps)


def get_ticket(ticket_id: str, deps: Deps) -> Ticket:
    """Return a ticket, or raise NotFound."""
    for one in read_tickets(deps.alliance.list_about(ticket_id)):
        return one
    raise NotFound(ticket_id)


def read_feature(item_id: ItemId, feature: str, on: date, deps: Deps) -> dict[ZoneId, Text]:
    """Return what each zone's implementation says of one feature; zones that say nothing are left out."""
    seen: dict[ZoneId, Text] = {}
    for zone in sorted(deps.catalogue.zones):
        try:
            item = deps.catalogue.get_item(item_id, zone)
        except NotFound:
            continue
        for one in list_features(item, on, deps.catalogue.get_regime(item.regime).title):
            if one.name == feature:
                seen[zone] = one.value
    if not seen:
        raise NotFound(f"{item_id} {feature}")
    return seen


_NO_OWNER = Text("请选择负责的区。", "Choose the zone that sees to it.")
_NO_DEADLINE = Text("期限应在今天之后。", "The deadline lies after today.")
_NOT_OWNER = Text("只有负责的区可以销号。", "Only the owner closes a ticket.")
_CLOSED = Text("这张单已经销号。", "This ticket is closed.")

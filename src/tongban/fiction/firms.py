"""Firms that do not exist: a name with its mark, a credit code that checks, an address in no street."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tongban.domain.identifiers.uscc import compose_organisation_code, compose_uscc
from tongban.domain.party import Firm, Person
from tongban.fiction.words import Place, Trade, Words
from tongban.kernel.ids import ZoneId

FIRMS_PER_ZONE = 200
_YOUNGEST_DAYS, _STEP_DAYS = 400, 13


@dataclass(frozen=True, slots=True)
class FictionalFirm:
    """A firm with what the registers say of it.

    Args:
        kind: ``company``, ``branch``, ``individual`` or ``institution``.
        state: ``active`` or one of the poor states.
        scope: codes of what its licence allows.
        travel_scope: kinds of travel business, empty outside that trade and for a branch.
        licensed_on: first day of its medical licence, where it has one.
        branches: how many branches its deposit covers.
        parent: credit code and name of the firm whose branch it is, or None.
    """

    firm: Firm
    zone: ZoneId
    trade: Trade
    kind: str
    state: str
    registered_on: date
    scope: tuple[str, ...]
    travel_scope: tuple[str, ...] = ()
    licensed_on: date | None = None
    branches: int = 0
    parent: Firm | None = None


def compose_credit_code(words: Words, register: str, division: str, serial: int) -> str:
    """Return a unified social credit code in the made-up series, with both its check characters."""
    body = f"{words.plain['firms']['organisation_series']}{serial:06d}"
    return compose_uscc(f"{register}{division}{compose_organisation_code(body)}").text


def compose_firms(
    place: Place, words: Words, people: Sequence[Person], today: date
) -> tuple[FictionalFirm, ...]:
    """Return a zone's firms, one after another through the trades; person n stands for firm n."""
    trades = [trade for trade in words.trades.values() for _ in range(trade.share)]
    return tuple(
        _compose_firm(place, words, trade, number, people[number % len(people)], today)
        for number, trade in enumerate(trades)
    )


def _compose_firm(
    place: Place, words: Words, trade: Trade, number: int, head: Person, today: date
) -> FictionalFirm:
    plain = words.plain["firms"]
    round_, at = divmod(number, len(plain["marks"]))
    stem = f"{place.city.zh}{plain['marks'][at]}{plain['second_marks'][round_]}{trade.tail}"
    code = compose_credit_code(words, trade.register, place.division, place.serial_from + number)
    registered_on = today - timedelta(days=_YOUNGEST_DAYS + number * _STEP_DAYS)
    scopes = words.plain["travel"]["scopes"]
    return FictionalFirm(
        Firm(code, words.mark_firm(stem), head, words.address(place, number + 1)),
        place.zone,
        trade,
        trade.kind,
        words.state(number),
        registered_on,
        trade.scope,
        tuple(scopes[number % len(scopes)]) if trade.id == "travel-agency" else (),
        registered_on + timedelta(days=_STEP_DAYS) if trade.scope == ("medical-care",) else None,
    )

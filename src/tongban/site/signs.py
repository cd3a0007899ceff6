"""The signs that the roof puts on the door: the zone's name, the law, the demonstration's logins."""

from collections.abc import Iterable
from datetime import UTC, datetime

import structlog
from django.conf import settings

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.zone import Zone
from tongban.domain.law import LawBook
from tongban.fiction.accounts import Account
from tongban.kernel.errors import Fault, Refused
from tongban.kernel.ids import ZoneId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text
from tongban.packs.load import load_catalogue
from tongban.web.shared.signage import DemoLogin, Signage, put_up
from tongban.wiring.seeding import read_fiction

log = structlog.get_logger("tongban.site")


def compose_signs(
    zone: Zone, law: LawBook, accounts: Iterable[Account] = (), items: Iterable[ServiceItem] = ()
) -> Signage:
    """Return the signs of a node from its catalogue and, in a demonstration, its fictional accounts."""
    logins = tuple(
        DemoLogin(
            one.username,
            one.password,
            one.role,
            f"{one.name} · {one.party.name}" if one.party and one.party.kind == "firm" else one.name,
        )
        for one in accounts
    )
    return Signage(zone.id, zone.short_name, law.find, logins, tuple(items))


def explain(trouble: Refused | Fault) -> list[str]:
    """Return why a node does not start, a line a problem: where, what, and what to do next."""
    if isinstance(trouble, Fault):
        return [f"{trouble.code}: {trouble.text.zh} {trouble.text.en}"]
    lines = []
    for problem in trouble.problems:
        lines.append(f"{problem.pointer}: {problem.text.zh} {problem.text.en} ({problem.code})")
        if problem.next_step is not None:
            lines.append(f"    {problem.next_step.zh} {problem.next_step.en}")
    return lines


def demo_accounts() -> tuple[Account, ...]:
    """Return the logins that a demonstration shows on its login page; none elsewhere."""
    if not settings.DEMO:
        return ()
    try:
        return read_fiction(ZoneId(settings.ZONE), civil_date(datetime.now(UTC))).accounts
    except Refused:
        return ()


def put_up_signs(accounts: Iterable[Account] = ()) -> None:
    """Put the node's signs up; its id alone when the content cannot be read.

    Signs stop no start: a pack with errors is refused where the node's parts are put together.
    """
    try:
        catalogue = load_catalogue(settings.CONTENT_FOLDER)
        zone = ZoneId(settings.ZONE)
        signs = compose_signs(catalogue.zones[zone], catalogue.law, accounts, catalogue.list_items(zone))
    except (Refused, OSError, KeyError) as fault:
        log.warning("signs_are_plain", why=type(fault).__name__)
        signs = Signage(settings.ZONE, Text(settings.ZONE, settings.ZONE))
    put_up(signs)

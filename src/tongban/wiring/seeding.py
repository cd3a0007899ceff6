"""Fictional data put into a node: registers and demonstration logins."""

from datetime import date

from django.conf import settings

from tongban.fiction.desk import compose_desk
from tongban.fiction.words import parse_words
from tongban.fiction.zone import FictionalZone, generate_zone
from tongban.kernel.errors import Refused
from tongban.kernel.ids import ZoneId
from tongban.packs.load import Reading
from tongban.store.accounts import keep_accounts
from tongban.wiring.node import get_node


def read_fiction(zone: ZoneId, today: date) -> FictionalZone:
    """Return a zone's fiction; raises Refused when the word lists have errors."""
    reading = Reading(settings.CONTENT_FOLDER)
    words, story, registers = (
        reading.read_plain(reading.folder / "fiction" / f"{name}.yaml")
        for name in ("words", "story", "registers")
    )
    if reading.problems:
        raise Refused(*reading.problems)
    return generate_zone(zone, parse_words(words, story, registers), today)


def keep_desk(zone: ZoneId, fiction: FictionalZone) -> None:
    """Load who of a zone's staff is in which group, and which items each group handles."""
    reading = Reading(settings.CONTENT_FOLDER)
    plain = reading.read_plain(reading.folder / "fiction" / "desk.yaml")
    if reading.problems:
        raise Refused(*reading.problems)
    teams, officers = compose_desk(plain, zone, {one.username: one.name for one in fiction.accounts})
    store = get_node().store
    with store.unit():
        for team in teams:
            store.desk.keep_team(team)
        for officer in officers:
            store.desk.keep_officer(officer)


def seed_zone(zone: ZoneId, today: date) -> tuple[int, int]:
    """Load a zone's fiction; return how many records and logins it has.

    Safe to repeat: a row that a case has written or marked since stays as that case left it.
    """
    fiction = read_fiction(zone, today)
    get_node().store.registers.load(*fiction.records)
    keep_accounts(fiction.accounts)
    keep_desk(zone, fiction)
    return len(fiction.records), len(fiction.accounts)

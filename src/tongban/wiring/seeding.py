"""Fictional data put into a node: registers and demonstration logins."""

from datetime import date

from django.conf import settings

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


def seed_zone(zone: ZoneId, today: date) -> tuple[int, int]:
    """Load a zone's fiction; return how many records and logins it has. Safe to repeat."""
    fiction = read_fiction(zone, today)
    get_node().store.registers.keep(*fiction.records)
    keep_accounts(fiction.accounts)
    return len(fiction.records), len(fiction.accounts)

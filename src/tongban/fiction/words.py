"""The words of the fiction, read from content/fiction, and the small things composed straight from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import EvidenceKindId, ZoneId
from tongban.kernel.text import Text

WORDS_KEYS = (
    *("person_mark", "firm_mark", "surnames", "given_first", "given_second", "people", "firms", "trades"),
    *("zones", "address", "registers", "states", "travel", "nurses", "institutions"),
)
STORY_KEYS = ("people", "firms", "nurses", "password", "accounts", "authorisation")


@dataclass(frozen=True, slots=True)
class Trade:
    """A line of business.

    Args:
        share: how many of a zone's 200 firms follow it.
        kind: ``company``, ``individual`` or ``institution``.
        register: first two characters of the credit code.
        tail: end of the name, e.g. 旅行社有限公司.
        scope: codes of what the licence allows.
    """

    id: str
    share: int
    kind: str
    register: str
    tail: str
    scope: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A zone's place: its division, its names, where its serial numbers begin, its bureau's code."""

    zone: ZoneId
    division: str
    city: Text
    district: Text
    serial_from: int
    bureau: str


@dataclass(frozen=True, slots=True)
class Words:
    """Everything in content/fiction.

    Args:
        plain: the rest of ``words.yaml``, as read.
        story: ``story.yaml``, as read.
        registers: the rows of ``registers.yaml``, as read.
    """

    plain: Mapping[str, Any]
    story: Mapping[str, Any]
    trades: Mapping[str, Trade]
    places: Mapping[ZoneId, Place]
    registers: Sequence[Mapping[str, Any]] = ()

    def person_name(self, number: int) -> str:
        """Return a made-up name; different for any two numbers below the product of the lists' lengths."""
        surnames, first, second = (
            self.plain["surnames"],
            self.plain["given_first"],
            self.plain["given_second"],
        )
        name = surnames[number % len(surnames)] + first[number % len(first)] + second[number % len(second)]
        return self.mark_person(name)

    def mark_person(self, name: str) -> str:
        """Return the name with the mark that says the person does not exist."""
        return f"{name}{self.plain['person_mark']}"

    def mark_firm(self, name: str) -> str:
        """Return the name with the mark that says the firm does not exist."""
        return f"{name}{self.plain['firm_mark']}"

    def mobile(self, serial: int) -> str:
        """Return a number in a block not known to be in use; serial below 10,000."""
        return f"{self.plain['people']['mobile_prefix']}{serial:04d}"

    def address(self, place: Place, number: int) -> str:
        """Return an address in a street that does not exist."""
        return str(
            self.plain["address"].format(city=place.city.zh, district=place.district.zh, number=number)
        )

    def register_authority(self, place: Place, kind: EvidenceKindId) -> Text:
        """Return who keeps a register there."""
        words = self.plain["registers"][kind]
        return Text(
            words["zh"].format(city=place.city.zh, district=place.district.zh),
            words["en"].format(city=place.city.en, district=place.district.en),
        )

    def state(self, number: int) -> str:
        """Return the state of the numbered record: mostly good, every so often poor."""
        states = self.plain["states"]
        turn, rest = divmod(number, states["poor_every"])
        if rest != states["poor_every"] - 1:
            return str(states["good"])
        return str(states["poor"][turn % len(states["poor"])])


def parse_words(
    words: Mapping[str, Any], story: Mapping[str, Any], registers: Mapping[str, Any] | None = None
) -> Words:
    """Read the files of content/fiction as plain mappings; raises Refused when something is missing."""
    try:
        for mapping, keys in ((words, WORDS_KEYS), (story, STORY_KEYS)):
            for key in keys:
                mapping[key]
        return Words(
            words,
            story,
            {row["id"]: _trade(row) for row in words["trades"]},
            {ZoneId(zone): _place(ZoneId(zone), row) for zone, row in words["zones"].items()},
            tuple(registers["records"]) if registers else (),
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise Refused(
            Problem(
                "fiction.words",
                Text(
                    f"虚构数据的用词缺少或者写错了：{fault}。",
                    f"A word of the fiction is missing or wrong: {fault}.",
                ),
                "content/fiction/words.yaml",
                next_step=Text("请对照 tests/fiction 更正。", "Mend it; tests/fiction shows what is needed."),
            )
        ) from None


def day_of(value: object) -> date:
    """Read a date or ISO text."""
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _trade(row: Mapping[str, Any]) -> Trade:
    return Trade(
        row["id"], int(row["share"]), row["kind"], str(row["register"]), row["tail"], tuple(row["scope"])
    )


def _place(zone: ZoneId, row: Mapping[str, Any]) -> Place:
    city, district = Text(**row["city"]), Text(**row["district"])
    return Place(zone, str(row["division"]), city, district, int(row["serial_from"]), str(row["bureau"]))

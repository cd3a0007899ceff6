"""Ratings: five named levels, what a bad one must say, and the numbers that two official scales give them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tongban.domain.clock.statute import TimeLimit, Unit, parse_time_limit
from tongban.domain.rules.complaints import LAW_KEY, SHORT_NAME, Complaints
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import LawKey
from tongban.kernel.text import Text

WORDS_CHARS = 500
LIST_MAX = 20


@dataclass(frozen=True, slots=True)
class Level:
    """One of the named levels.

    Args:
        scales: name of an official scale to its number; the two scales run in opposite directions.
        is_bad: whether it opens a rectification.
    """

    id: str
    title: Text
    scales: Mapping[str, int]
    is_bad: bool


@dataclass(frozen=True, slots=True)
class RatingBook:
    """What may be said in a rating, and what a bad one causes.

    Args:
        details: what a bad rating may tick, by id.
        rectify: how long a zone has to put it right.
        rectify_is_synthetic: whether that period is made up; pages say so.
        fewest_shown: numbers of fewer ratings are not made public by themselves, lest they name a person.
    """

    levels: tuple[Level, ...]
    details: Mapping[str, Text]
    rectify: TimeLimit
    rectify_is_synthetic: bool
    source: LawKey
    fewest_shown: int = 1

    def find_level(self, level_id: str) -> Level | None:
        """Return a level, or None."""
        return next((level for level in self.levels if level.id == level_id), None)


NO_RATINGS = RatingBook((), {}, TimeLimit(1, Unit.WORKING_DAY, LawKey("")), True, LawKey(""))
"""For a content folder without ratings: nothing can be rated."""


def check_rating(level_id: str, details: Sequence[str], words: str, book: RatingBook) -> tuple[Problem, ...]:
    """Return everything that is wrong with a rating as it was given, at once.

    Source of law: rating-2019#levels; a bad rating ticks a detail or says in words what was bad.
    """
    problems = []
    level = book.find_level(level_id)
    if level is None:
        problems.append(Problem("rating.no-level", _NO_LEVEL, "level", book.source))
    if set(details) - book.details.keys() or len(details) > len(book.details):
        problems.append(Problem("rating.strange-detail", _STRANGE, "details"))
    if len(words) > WORDS_CHARS:
        problems.append(Problem("rating.too-long", _TOO_LONG, "words"))
    if level is not None and level.is_bad and not details and not words.strip():
        problems.append(Problem("rating.says-nothing", _SAYS_NOTHING, "details", next_step=_TICK))
    return tuple(problems)


def parse_ratings(raw: object, file_name: str) -> RatingBook:
    """Read the book of ratings; raises Refused with every problem found."""
    complaints = Complaints(room="ratings")
    part = complaints.read_mapping(
        raw, "", ("source", "levels", "details", "rectify", "fewest_shown"), ("rectify_is_synthetic",)
    )
    part = part or {}
    levels = [
        _read_level(row, f"levels[{place}]", complaints)
        for place, row in enumerate(complaints.read_list(part.get("levels", []), "levels", LIST_MAX))
    ]
    details = [
        _read_detail(row, f"details[{place}]", complaints)
        for place, row in enumerate(complaints.read_list(part.get("details", []), "details", LIST_MAX))
    ]
    source = complaints.read_matching(part.get("source"), "source", LAW_KEY, "rating-2019#levels")
    synthetic = complaints.read_yes_no(part.get("rectify_is_synthetic", False), "rectify_is_synthetic")
    limit = _read_limit(part.get("rectify"), complaints)
    fewest = part.get("fewest_shown")
    if type(fewest) is not int or fewest < 1:
        complaints.add("number", "fewest_shown", "这里应为正整数。", "A whole number from 1 belongs here.")
    if complaints.problems or limit is None or source is None:
        raise Refused(*(replace(one, pointer=f"{file_name}:{one.pointer}") for one in complaints.problems))
    return RatingBook(
        tuple(level for level in levels if level is not None),
        dict(detail for detail in details if detail is not None),
        limit,
        synthetic is True,
        LawKey(source),
        fewest if isinstance(fewest, int) else 1,
    )


def choose_folded(totals: Mapping[str, int], fewest: int) -> frozenset[str]:
    """Return the rows that are shown only as one: small ones, and as many more as make that one large enough.

    Nobody can subtract: what is shown by itself has at least ``fewest`` ratings, and so has what is folded,
    or else everything is folded.

    Args:
        totals: ratings of each row.
        fewest: how many make a row that may be shown.
    """
    folded = {name for name, total in totals.items() if total < fewest}
    larger = sorted(set(totals) - folded, key=lambda name: (totals[name], name))
    while folded and larger and sum(totals[name] for name in folded) < fewest:
        folded.add(larger.pop(0))
    return frozenset(folded)


def _read_level(raw: object, pointer: str, complaints: Complaints) -> Level | None:
    row = complaints.read_mapping(raw, pointer, ("id", "title", "scales"), ("is_bad",))
    if row is None:
        return None
    identity = complaints.read_matching(row.get("id"), f"{pointer}.id", SHORT_NAME, "satisfied")
    title = complaints.read_text(row.get("title"), f"{pointer}.title")
    scales = row.get("scales")
    if not isinstance(scales, Mapping) or not all(type(number) is int for number in scales.values()):
        complaints.add("shape", f"{pointer}.scales", "这里应为量表到数字。", "Scales to numbers belong here.")
        return None
    is_bad = complaints.read_yes_no(row.get("is_bad", False), f"{pointer}.is_bad")
    if identity is None or title is None:
        return None
    return Level(identity, title, {str(name): number for name, number in scales.items()}, is_bad is True)


def _read_detail(raw: object, pointer: str, complaints: Complaints) -> tuple[str, Text] | None:
    row = complaints.read_mapping(raw, pointer, ("id", "title"))
    if row is None:
        return None
    identity = complaints.read_matching(row.get("id"), f"{pointer}.id", SHORT_NAME, "too-slow")
    title = complaints.read_text(row.get("title"), f"{pointer}.title")
    return (identity, title) if identity and title else None


def _read_limit(raw: object, complaints: Complaints) -> TimeLimit | None:
    if not isinstance(raw, Mapping):
        complaints.read_mapping(raw, "rectify", ())
        return None
    try:
        return parse_time_limit(raw, "rectify")
    except Refused as refused:
        complaints.problems.extend(refused.problems)
        return None


_NO_LEVEL = Text("请选择一个满意程度", "Choose how satisfied you are")
_STRANGE = Text("所选的原因不在列表里", "A reason is none of those listed")
_TOO_LONG = Text(f"最多写 {WORDS_CHARS} 字", f"At most {WORDS_CHARS} characters")
_SAYS_NOTHING = Text("请勾选或者写明不满意的地方", "Tick or write what was bad")
_TICK = Text("勾选一项，或者写几个字就可以。", "One tick, or a few words, are enough.")

"""The search over items: words, sounds, initials, words that mean the same, occasions, slips of the hand.

Every word of a query must be found in an item, somewhere; where it is found is what ranks, and what is told.
A thousand items are a few ten thousand short terms: looking through all of them takes a millisecond or two.
"""

import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate, pairwise

from pypinyin import Style, lazy_pinyin

from tongban.domain.bundle.bundle import Bundle
from tongban.domain.catalogue.finding import Finding
from tongban.domain.catalogue.item import ServiceItem

MAX_QUERY_CHARACTERS = 100
MAX_QUERY_WORDS = 8
"""More words say no more, and each costs a look at every term."""
_SLIP_LETTERS = range(3, 25)
"""How long a word may be for one slip in it to be forgiven; in a shorter one a slip is another word."""
_ENOUGH_PAIRS = 2
"""A Chinese query that is no part of an item's words still fits when it shares so many of its pairs of
characters, or half of them when it has few: people write sentences."""
_EQUAL, _AT_THE_BEGINNING = 20, 10
"""What a hit counts more when it is the whole term, or its beginning."""


class Where(StrEnum):
    """Where a word of a query was found, the best first."""

    TITLE = "title"
    WORD = "word"
    EVENT = "event"
    SAME = "same"
    SOUND = "sound"
    INITIALS = "initials"
    ALIKE = "alike"
    SUMMARY = "summary"
    SLIP = "slip"
    PARTS = "parts"


_WEIGHTS = dict(zip(Where, (100, 80, 70, 65, 60, 55, 45, 35, 30, 20), strict=True))


@dataclass(frozen=True, slots=True)
class Hit:
    """Why an item was found: the word that was asked, where it was found, and in what, as it is written."""

    asked: str
    where: Where
    term: str


@dataclass(frozen=True, slots=True)
class Found:
    """An item that fits; ``hits`` says why, one for each word that counted."""

    item_id: str
    score: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class _Term:
    """One way to find an item: where it counts, the normalised text, and the term as it is written."""

    number: int
    where: Where
    text: str
    written: str


class _Texts:
    """Every text of some terms, once, in one long string: looking for a word in all of them is one look."""

    def __init__(self, terms: Iterable[_Term]) -> None:
        by_text: dict[str, list[_Term]] = defaultdict(list)
        for term in terms:
            by_text[term.text].append(term)
        self._texts = list(by_text.items())
        self._joined = "\n".join(by_text)
        self._begins = list(accumulate((len(text) + 1 for text in by_text), initial=0))

    def find(self, word: str) -> Iterator[tuple[str, list[_Term]]]:
        """Yield every text that has the word in it, with its terms."""
        at = self._joined.find(word)
        while at >= 0:
            number = bisect_right(self._begins, at) - 1
            yield self._texts[number]
            at = self._joined.find(word, self._begins[number + 1])


_Best = dict[int, tuple[int, Hit]]
"""By number of item: the best score of one word, and its hit."""


class SearchIndex:
    """The terms of many items; built once, never changed, safe for several threads."""

    def __init__(self, items: Iterable[ServiceItem | Bundle], finding: Finding) -> None:
        self._ids: list[str] = []
        self._terms: list[_Term] = []
        self._pairs: list[frozenset[str]] = []
        self._ignored = finding.ignored
        groups = [(group, tuple(_normalise(word) for word in group)) for group in finding.same]
        for number, item in enumerate(items):
            self._ids.append(str(item.id))
            terms = list(dict.fromkeys(_list_terms(number, item, groups, finding)))
            self._terms += terms
            own = "".join(term.text for term in terms if term.where in (Where.TITLE, Where.WORD))
            self._pairs.append(_pairs(own))
        self._texts, self._sounds = (
            _Texts(self._terms),
            _Texts([term for term in self._terms if term.where is Where.SOUND]),
        )
        self._slips = self._compose_slips()

    def search(self, query: str) -> list[Found]:
        """Return the items in which every word of a query is found, best first; none for an empty query."""
        normal = _normalise(query[:MAX_QUERY_CHARACTERS])
        words = list(dict.fromkeys(normal.split()))[:MAX_QUERY_WORDS]
        words = [word for word in words if word not in self._ignored] or words
        found = self._search_words(words)
        squeezed = normal.replace(" ", "")
        if (
            len(words) > 1 and squeezed.isascii()
        ):  # pinyin is written apart as often as not, and a space is easily forgotten
            for one in self._search_words([squeezed]).values():
                kept = found.get(one.item_id)
                if kept is None or kept.score < one.score:
                    found[one.item_id] = one
        return sorted(found.values(), key=lambda one: (-one.score, one.item_id))

    def _search_words(self, words: Sequence[str]) -> dict[str, Found]:
        bests = [self._find_word(word) for word in words]
        if not bests:
            return {}
        everywhere = set(bests[0]).intersection(*bests[1:])
        return {
            self._ids[number]: Found(
                self._ids[number],
                sum(best[number][0] for best in bests),
                tuple(dict.fromkeys(best[number][1] for best in bests)),
            )
            for number in everywhere
        }

    def _find_word(self, word: str) -> _Best:
        best: _Best = {}
        for text, terms in self._texts.find(word):
            more = _EQUAL if text == word else _AT_THE_BEGINNING if text.startswith(word) else 0
            for term in terms:
                _keep(best, term.number, _WEIGHTS[term.where] + more, word, term.where, term.written)
        for term in self._find_slips(word):
            _keep(best, term.number, _WEIGHTS[Where.SLIP], word, Where.SLIP, term.written)
        if not word.isascii():
            self._find_alike(word, best)
            self._find_parts(word, best)
        return best

    def _find_alike(self, word: str, best: _Best) -> None:
        """Add what sounds like the word: the wrong character of the right sound is the usual slip."""
        sound, _ = _sounds(word)
        if len(word) < _SLIP_LETTERS.start - 1 or sound == word:
            return
        for _, terms in self._sounds.find(sound):
            for term in terms:
                _keep(best, term.number, _WEIGHTS[Where.ALIKE], word, Where.ALIKE, term.written)

    def _find_parts(self, word: str, best: _Best) -> None:
        """Add what shares enough pairs of characters with a sentence."""
        asked = _pairs(word)
        enough = min(_ENOUGH_PAIRS, max(1, len(asked) / 2))
        for number, pairs in enumerate(self._pairs):
            shared = asked & pairs
            if len(shared) >= enough:
                score = _WEIGHTS[Where.PARTS] + min(len(shared), _AT_THE_BEGINNING)
                _keep(best, number, score, word, Where.PARTS, "、".join(sorted(shared, key=word.find)))

    def _compose_slips(self) -> Mapping[str, tuple[_Term, ...]]:
        """Return every word of a title or search word with one letter left out, and by it the terms."""
        slips: dict[str, dict[_Term, None]] = defaultdict(dict)
        for term in self._terms:
            if term.where not in (Where.TITLE, Where.WORD, Where.EVENT, Where.SAME, Where.SOUND):
                continue
            for part in {*term.text.split(), term.text}:
                if len(part) in _SLIP_LETTERS:
                    own = _Term(term.number, term.where, part, term.written)
                    for less in {part, *_one_less(part)}:
                        slips[less][own] = None
        return {less: tuple(terms) for less, terms in slips.items()}

    def _find_slips(self, word: str) -> Iterator[_Term]:
        """Yield terms that are the word but for one letter too many, too few, wrong, or two turned round."""
        if len(word) + 1 < _SLIP_LETTERS.start or len(word) not in range(2, _SLIP_LETTERS.stop + 1):
            return
        for less in {word, *_one_less(word)}:
            for term in self._slips.get(less, ()):
                if _is_one_slip(word, term.text):
                    yield term


def _keep(best: _Best, number: int, score: int, word: str, where: Where, written: str) -> None:
    """Keep a hit if it is the item's best for this word."""
    if number not in best or best[number][0] < score:
        best[number] = score, Hit(word, where, written)


def _list_terms(
    number: int,
    item: ServiceItem | Bundle,
    groups: Sequence[tuple[tuple[str, ...], tuple[str, ...]]],
    finding: Finding,
) -> Iterator[_Term]:
    """Yield every way to find one item."""
    written = [(Where.TITLE, item.title.zh), (Where.TITLE, item.title.en)]
    written += [(Where.WORD, word) for word in item.words]
    own = [_normalise(words) for _, words in written]
    for group, normal in groups:
        if any(word in words for word in normal for words in own):
            written += [(Where.SAME, word) for word in group]
    for event in finding.events:
        if str(item.id) in event.items:
            written += [(Where.EVENT, event.title.zh), (Where.EVENT, event.title.en)]
    for where, words in written:
        text = _normalise(words)
        yield _Term(number, where, text, words)
        if " " in text:
            yield _Term(number, where, text.replace(" ", ""), words)
        if not text.isascii():
            sound, initials = _sounds(text)
            yield _Term(number, Where.SOUND, sound, words)
            yield _Term(number, Where.INITIALS, initials, words)
    for words in (item.summary.zh, item.summary.en):
        yield _Term(number, Where.SUMMARY, _normalise(words), words)


@lru_cache(maxsize=8192)
def _sounds(text: str) -> tuple[str, str]:
    """Return the pinyin of a text, and its initials, both written together."""
    sound, initials = (lazy_pinyin(text, style=style) for style in (Style.NORMAL, Style.FIRST_LETTER))
    return "".join(sound).replace(" ", ""), "".join(initials).replace(" ", "")


def _one_less(word: str) -> Iterator[str]:
    """Yield a word with each of its letters left out."""
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _is_one_slip(word: str, other: str) -> bool:
    """Say whether two words differ by one letter added, dropped, changed, or two neighbours turned round."""
    if word == other or abs(len(word) - len(other)) > 1:
        return False
    place = next((n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), None)
    if place is None:
        return True
    rest, its = word[place:], other[place:]
    turned = rest[:2] == its[1::-1] and rest[2:] == its[2:]
    return turned or rest[1:] == its[1:] or rest[1:] == its or rest == its[1:]


def _normalise(words: str) -> str:
    """Return words in one form: half width, lower case, no marks that nobody types, single spaces."""
    folded = unicodedata.normalize("NFKC", words).casefold().replace("ü", "v").replace("'", "")
    plain = "".join(char if char.isalnum() or char.isspace() else " " for char in folded)
    return " ".join(plain.split())


def _pairs(words: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters that are not ASCII."""
    return frozenset(a + b for a, b in pairwise(words) if not (a.isascii() or b.isascii()))

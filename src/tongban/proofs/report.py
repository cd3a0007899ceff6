"""The report on what was proved: a line of figures, what is worth knowing, and zone against zone."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from tongban.domain.catalogue.difference import Difference
from tongban.kernel.ids import ItemId
from tongban.kernel.text import Text, count_in_english
from tongban.proofs.equivalence import Equivalence, Unlike
from tongban.proofs.prove import ItemProofs
from tongban.proofs.told import ALIKE

WORDS_ONLY = ("title", "summary", "version", "notes.")
"""Differences in what is said, not in what is done; the report leaves them to the comparison page."""


def summarise(proved: Mapping[ItemId, ItemProofs]) -> str:
    """Return one line of figures."""
    pairs = [pair for one in proved.values() for pair in one.pairs]
    alike = sum(1 for pair in pairs if Unlike.OUTCOME in pair.proved)
    notes = sum(len(one.proofs.notes) for one in proved.values())
    sentences = sum(one.proofs.proved for one in proved.values())
    differences = sum(len(_told(pair)) for pair in pairs)
    return (
        f"proved: {count_in_english(sentences, 'sentence')} of {count_in_english(len(proved), 'table')} · "
        f"{alike} of {count_in_english(len(pairs), 'pair')} of zones decide alike for every applicant · "
        f"{count_in_english(differences, 'difference')} · {count_in_english(notes, 'note')}"
    )


def list_notes(proved: Mapping[ItemId, ItemProofs]) -> Iterator[str]:
    """Yield what is no fault and yet worth knowing: rows that never decide, who cannot be told, who loses."""
    for item, one in proved.items():
        for note in one.proofs.notes:
            yield f"items/{item}/{note.pointer}  [{note.code}]"
            yield f"    {note.text.zh}"
            yield f"    {note.text.en}"


def list_zones(proved: Mapping[ItemId, ItemProofs]) -> Iterator[str]:
    """Yield, for every item and pair of zones, in what they are proved alike and in what they differ."""
    for item, pairs in groupby((p for one in proved.values() for p in one.pairs), key=lambda p: p.item):
        yield f"{item}"
        for pair in pairs:
            yield from _tell_pair(pair)


def _tell_pair(pair: Equivalence) -> Iterator[str]:
    zh = "、".join(ALIKE[unlike].zh for unlike in pair.proved)
    en = ", ".join(ALIKE[unlike].en for unlike in pair.proved)
    yield f"  {' = '.join(pair.zones)}  已证明相同：{zh}。Proved the same: {en}."
    for case in pair.cases:
        yield f"    ✗ {case.words.zh}"
        yield f"      {case.words.en}"
    for difference in _told(pair):
        one, other = (side or _NOT_THERE for side in (difference.one, difference.other))
        yield f"    ≠ {difference.title.zh}：{one.zh} / {other.zh}"
        yield f"      {difference.title.en}: {one.en} / {other.en}"


def _told(pair: Equivalence) -> list[Difference]:
    return list(_in_deed(pair.differences))


def _in_deed(differences: Iterable[Difference]) -> Iterator[Difference]:
    for difference in differences:
        if not difference.name.startswith(WORDS_ONLY):
            yield difference


_NOT_THERE = Text("没有", "none")

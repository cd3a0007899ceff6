"""What an item stands on besides its own files: articles, evidence kinds, procedure, calendars, as lines.

Two zones handle an item alike only when these are alike too, so the alliance ratifies them with the pack.
They are written out as one line a value, in order of name: the order of keys and files in ``content`` makes
no difference, and a diff says just what changed.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.zone import Zone
from tongban.domain.law import Article, LawBook
from tongban.kernel.ids import LawKey, ZoneId
from tongban.packs.reading import Reading

ARTICLES, EVIDENCE, PROCEDURE, CALENDARS = "articles.txt", "evidence.txt", "procedure.txt", "calendars.txt"
_PLAIN_NAME = re.compile(r"[A-Za-z_][\w#./-]*", re.ASCII)


class Ground:
    """The content on which packs stand, written out once for all of them.

    Args:
        reading: has read every file of the content folder.
    """

    def __init__(self, reading: Reading, law: LawBook, zones: Mapping[ZoneId, Zone]) -> None:
        self._reading, self._law, self._zones = reading, law, zones
        self._plain = {
            path.relative_to(reading.folder).as_posix(): source.plain
            for path, source in reading.sources.items()
            if path.is_relative_to(reading.folder)
        }
        self._written: dict[str, str] = {}
        self._cited: dict[str, frozenset[LawKey]] = {}

    def write_for(self, item: ServiceItem, pack: Path, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return what an item stands on, by the name of the text, in pieces that items share.

        Args:
            item: before any zone's overlay.
            names: the base files that its pack has.
        """
        evidence = self._by_id("evidence", {one.kind for one in item.evidence} | _recurring(item))
        procedure = self._by_id("procedures", {item.regime}) + self._by_id("authorities", _elsewhere(item))
        procedure += [name for name in ("gate.yaml",) if name in self._plain]
        calendars = self._calendars_of(item)
        own = [(pack / name).relative_to(self._reading.folder).as_posix() for name in names]
        cited = frozenset[LawKey]().union(*(self._cited_in(name) for name in (*own, *evidence, *procedure)))
        return {
            ARTICLES: tuple(self._write_article(key) for key in sorted(cited)),
            EVIDENCE: tuple(self._write(name) for name in evidence),
            PROCEDURE: tuple(self._write(name) for name in procedure),
            CALENDARS: tuple(self._write(name) for name in calendars),
        }

    def _by_id(self, folder: str, wanted: Iterable[str]) -> list[str]:
        """Return the files of a folder that hold what is wanted, in order; each is named as its id."""
        names = (f"{folder}/{one}.yaml" for one in wanted)
        return sorted(name for name in names if name in self._plain)

    def _calendars_of(self, item: ServiceItem) -> list[str]:
        """Return the years of the calendars by which the item's zones count."""
        wanted = {self._zones[zone].calendar for zone in item.zones if zone in self._zones}
        names = (name for name in self._plain if name.startswith("calendars/"))
        return sorted(name for name in names if Path(name).stem.rpartition("-")[0] in wanted)

    def _cited_in(self, name: str) -> frozenset[LawKey]:
        """Return every article that a file names, in whatever slot."""
        if name not in self._cited:
            said = _strings(self._plain.get(name))
            self._cited[name] = frozenset(LawKey(one) for one in said if LawKey(one) in self._law.articles)
        return self._cited[name]

    def _write(self, name: str) -> str:
        if name not in self._written:
            self._written[name] = write_out(name.removesuffix(".yaml"), self._plain[name])
        return self._written[name]

    def _write_article(self, key: LawKey) -> str:
        if key not in self._written:
            self._written[key] = write_out(key, _article_plain(self._law.articles[key]))
        return self._written[key]


def write_out(name: str, plain: Any) -> str:
    """Return a plain value as lines ``name.key[0].key = value``, mappings in order of key.

    Different values make different texts, and the same value one text, however its keys were ordered.
    """
    return "".join(f"{line}\n" for line in _lines(name, plain))


def _lines(name: str, plain: Any) -> Iterator[str]:
    if isinstance(plain, Mapping) and plain:
        for key in sorted(plain, key=_name):
            yield from _lines(f"{name}.{_name(key)}", plain[key])
    elif isinstance(plain, list) and plain:
        for place, value in enumerate(plain):
            yield from _lines(f"{name}[{place}]", value)
    else:
        yield f"{name} = {_value(plain)}"


def _name(key: Any) -> str:
    """Return a key so that no two look alike: a word without dots as it is, anything else as a value."""
    is_word = isinstance(key, str) and _PLAIN_NAME.fullmatch(key) is not None and "." not in key
    return str(key) if is_word else _value(key)


def _value(plain: Any) -> str:
    """Return a value in one line: text in quotation marks, a date or an instant bare."""
    return plain.isoformat() if isinstance(plain, date) else json.dumps(plain, ensure_ascii=False)


def _strings(plain: Any) -> Iterator[str]:
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, Mapping):
        for value in plain.values():
            yield from _strings(value)
    elif isinstance(plain, list):
        for value in plain:
            yield from _strings(value)


def _article_plain(article: Article) -> dict[str, Any]:
    """Return what an article says; not our gloss, nor how its text was established."""
    return {
        "title": article.title.zh,
        "version": {
            "number": article.act.number, "in_force_on": article.act.in_force_on,
            "amended_on": article.act.amended_on,
        },
        "words": article.words,
        "since": article.since,
        "until": article.until,
        "is_verified": article.is_verified,
        "limits": {name: [one.amount, one.unit] for name, one in article.limits.items()},
        "amounts_fen": dict(article.amounts_fen),
    }  # fmt: skip


def _recurring(item: ServiceItem) -> set[str]:
    return {str(item.recurs.kind)} if item.recurs is not None else set()


def _elsewhere(item: ServiceItem) -> set[str]:
    return {item.elsewhere.authority} if item.elsewhere is not None else set()

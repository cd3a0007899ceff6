"""What the newest check of each item's pack found, one row an item."""

import json
from collections.abc import Sequence
from typing import Any

from tongban.crypto.canonical import canonical
from tongban.flows.item_check_store import ItemCheck, Proved
from tongban.kernel.errors import Problem
from tongban.kernel.ids import ItemId
from tongban.kernel.text import Text
from tongban.store.session import Session

_KEEP = """
INSERT INTO store_itemcheck (item_id, version, content_hash, checked_at, examples, found)
SELECT * FROM unnest(%b::text[], %b::int[], %b::text[], %b::timestamptz[], %b::int[], %b::text[])
ON CONFLICT (item_id) DO UPDATE SET version = excluded.version, content_hash = excluded.content_hash,
    checked_at = excluded.checked_at, examples = excluded.examples, found = excluded.found
RETURNING item_id
"""
_FIND = "SELECT version, content_hash, checked_at, examples, found FROM store_itemcheck WHERE item_id = %b"


class DjangoItemChecks:
    """The port ``ItemChecks``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, checks: Sequence[ItemCheck]) -> None:
        """Keep checks in one statement, each in place of the one before."""
        rows = sorted(checks, key=lambda one: one.item_id)
        columns: list[list[Any]] = [
            [one.item_id for one in rows],
            [one.version for one in rows],
            [one.content_hash for one in rows],
            [one.checked_at for one in rows],
            [one.examples for one in rows],
            [canonical(_plain(one)).decode() for one in rows],
        ]
        with self._session.unit():
            self._session.write(_KEEP, columns)

    def find(self, item_id: ItemId) -> ItemCheck | None:
        """Return a check, or None."""
        rows = self._session.read(_FIND, [item_id])
        if not rows:
            return None
        version, content_hash, checked_at, examples, found = rows[0]
        plain = json.loads(found)
        proved, unproved = plain["proved"], plain["unproved"]
        return ItemCheck(
            item_id, version, content_hash, checked_at, _problems(plain["problems"]), examples,
            _restore_proved(proved) if proved else None, Text(*unproved) if unproved else None,
        )  # fmt: skip

    def hashes(self) -> dict[ItemId, str]:
        """Return the content hash of each check."""
        rows = self._session.read("SELECT item_id, content_hash FROM store_itemcheck")
        return {ItemId(item_id): content_hash for item_id, content_hash in rows}


def _plain(one: ItemCheck) -> dict[str, Any]:
    proved = one.proved and {
        "sentences": one.proved.sentences,
        "pairs": one.proved.pairs,
        "pairs_alike": one.proved.pairs_alike,
        "says": [_pair(text) for text in one.proved.says],
        "notes": [_plain_problem(note) for note in one.proved.notes],
    }
    return {
        "problems": [_plain_problem(problem) for problem in one.problems],
        "proved": proved,
        "unproved": _pair(one.unproved),
    }


def _plain_problem(one: Problem) -> dict[str, Any]:
    return {
        "code": one.code,
        "text": _pair(one.text),
        "pointer": one.pointer,
        "source": one.source,
        "next": _pair(one.next_step),
    }


def _pair(text: Text | None) -> list[str] | None:
    return None if text is None else [text.zh, text.en]


def _restore_proved(plain: dict[str, Any]) -> Proved:
    says = tuple(Text(*pair) for pair in plain["says"])
    return Proved(plain["sentences"], plain["pairs"], plain["pairs_alike"], says, _problems(plain["notes"]))


def _problems(rows: list[dict[str, Any]]) -> tuple[Problem, ...]:
    return tuple(
        Problem(
            row["code"],
            Text(*row["text"]),
            row["pointer"],
            row["source"],
            Text(*row["next"]) if row["next"] else None,
        )
        for row in rows
    )

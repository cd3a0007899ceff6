"""Applications being filled in, kept in the session so that a reload or a wrong turn loses nothing."""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, replace
from typing import Any

from tongban.kernel.ids import CaseId, ItemId, ZoneId
from tongban.reads.prefill import RawAnswer
from tongban.web.shared.application_form import KeptFile, shorten

MOST_DRAFTS = 5
"""The oldest goes when there are more: a session is no archive (pipl-2021#19)."""
_KEY = "drafts"


@dataclass(frozen=True, slots=True)
class Draft:
    """An application that is not handed in yet.

    Args:
        number: the case number it will have; handing it in twice under it is one case.
        answers: as the form sent them.
        is_begun: False until something was sent, so that a fresh form shows no problems.
    """

    number: CaseId
    item_id: ItemId
    zone: ZoneId
    answers: Mapping[str, RawAnswer]
    files: Mapping[str, KeptFile]
    is_begun: bool = False

    def with_answers(self, answers: Mapping[str, RawAnswer], files: Mapping[str, KeptFile]) -> "Draft":
        """Return the draft with what was sent last, cut to a size that is kept."""
        return replace(self, answers=shorten(answers), files=files, is_begun=True)


def save_draft(session: MutableMapping[str, Any], draft: Draft) -> None:
    """Keep a draft as the newest."""
    drafts = [plain for plain in session.get(_KEY, []) if plain["number"] != draft.number]
    session[_KEY] = [*drafts, _to_plain(draft)][-MOST_DRAFTS:]


def find_draft(session: Mapping[str, Any], number: str) -> Draft | None:
    """Return a draft by its case number, or None when this session has none."""
    return next((_from_plain(p) for p in session.get(_KEY, []) if p["number"] == number), None)


def find_latest(session: Mapping[str, Any], item_id: str, zone: str) -> Draft | None:
    """Return the newest draft for an item in a zone, or None."""
    own = [p for p in session.get(_KEY, []) if (p["item"], p["zone"]) == (item_id, zone)]
    return _from_plain(own[-1]) if own else None


def drop_draft(session: MutableMapping[str, Any], number: str) -> None:
    """Forget a draft: it was handed in."""
    session[_KEY] = [plain for plain in session.get(_KEY, []) if plain["number"] != number]


def _to_plain(draft: Draft) -> dict[str, Any]:
    files = {name: [file.digest, file.name, file.size_bytes] for name, file in draft.files.items()}
    return {
        "number": draft.number,
        "item": draft.item_id,
        "zone": draft.zone,
        "answers": dict(draft.answers),
        "files": files,
        "begun": draft.is_begun,
    }


def _from_plain(plain: Mapping[str, Any]) -> Draft:
    files = {name: KeptFile(*parts) for name, parts in plain["files"].items()}
    number, item, zone = CaseId(plain["number"]), ItemId(plain["item"]), ZoneId(plain["zone"])
    return Draft(number, item, zone, plain["answers"], files, plain["begun"])

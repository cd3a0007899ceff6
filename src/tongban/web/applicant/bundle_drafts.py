"""Bundles being filled in, kept in the session beside single applications."""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, replace
from typing import Any

from tongban.kernel.ids import BundleId, BundleNumber
from tongban.reads.prefill import RawAnswer
from tongban.web.shared.application_form import KeptFile, shorten

MOST_DRAFTS = 3
"""The oldest goes when there are more: a session is no archive (pipl-2021#19)."""
_KEY = "bundle_drafts"


@dataclass(frozen=True, slots=True)
class BundleDraft:
    """A bundle that is not handed in yet.

    Args:
        number: the receipt's number; handing it in twice under it is one receipt.
        situation: as the questionnaire sent it.
        answers: by field, as the form sent them.
        is_begun: False until the form was sent, so that a fresh one shows no problems.
    """

    number: BundleNumber
    bundle_id: BundleId
    situation: Mapping[str, RawAnswer]
    answers: Mapping[str, RawAnswer]
    files: Mapping[str, KeptFile]
    is_begun: bool = False

    def with_answers(self, answers: Mapping[str, RawAnswer], files: Mapping[str, KeptFile]) -> "BundleDraft":
        """Return the draft with what was sent last, cut to a size that is kept."""
        return replace(self, answers=shorten(answers), files=files, is_begun=True)


def save_bundle_draft(session: MutableMapping[str, Any], draft: BundleDraft) -> None:
    """Keep a draft as the newest."""
    drafts = [plain for plain in session.get(_KEY, []) if plain["number"] != draft.number]
    files = {name: [file.digest, file.name, file.size_bytes] for name, file in draft.files.items()}
    plain = {
        "number": draft.number,
        "bundle": draft.bundle_id,
        "situation": dict(draft.situation),
        "answers": dict(draft.answers),
        "files": files,
        "begun": draft.is_begun,
    }
    session[_KEY] = [*drafts, plain][-MOST_DRAFTS:]


def find_bundle_draft(session: Mapping[str, Any], number: str) -> BundleDraft | None:
    """Return a draft by its number, or None when this session has none."""
    plain = next((one for one in session.get(_KEY, []) if one["number"] == number), None)
    if plain is None:
        return None
    files = {name: KeptFile(*parts) for name, parts in plain["files"].items()}
    bundle = BundleId(plain["bundle"])
    return BundleDraft(
        BundleNumber(number), bundle, plain["situation"], plain["answers"], files, plain["begun"]
    )


def drop_bundle_draft(session: MutableMapping[str, Any], number: str) -> None:
    """Forget a draft: it was handed in."""
    session[_KEY] = [plain for plain in session.get(_KEY, []) if plain["number"] != number]

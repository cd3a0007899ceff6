"""Uploads that a case or a receipt names are kept; those that nobody came back to are thrown away."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta

from tongban.domain.case.events import Recorded
from tongban.flows.ports import Deps

BATCH = 100
_DIGEST = re.compile(r"[0-9a-f]{64}")


def hold_files(events: Iterable[Recorded], deps: Deps) -> None:
    """Keep for good what these events name; belongs into the transaction that appends them.

    Causes: a mark at each file. Twice: nothing.
    """
    named = {
        digest
        for one in events
        for digest in (
            *find_digests(getattr(one.event, "answers", {})),
            *find_digests({"file": getattr(one.event, "file_digest", "")}),
        )
    }
    if named:
        deps.files.hold(sorted(named))


def find_digests(answers: Mapping[str, object]) -> tuple[str, ...]:
    """Return the answers that are a file's digest, whichever question they belong to."""
    return tuple(value for value in answers.values() if isinstance(value, str) and _DIGEST.fullmatch(value))


def keep_drafts_files(digests: Collection[str], deps: Deps) -> None:
    """Note that something begun and not handed in still refers to these. Twice: nothing but a later hour."""
    if digests:
        deps.files.touch(digests, deps.clock.now())


def forget_abandoned(kept: timedelta, deps: Deps, limit: int = BATCH) -> int:
    """Throw away uploads that no case, no receipt and no live draft refers to; return how many.

    Causes: files and their rows are gone. Twice: nothing.

    Args:
        kept: how long an upload stays after somebody last wanted it; longer than a draft lives.

    Source of law: pipl-2021#19 (kept no longer than what it was taken in for).
    """
    return deps.files.forget_loose(deps.clock.now() - kept, limit)

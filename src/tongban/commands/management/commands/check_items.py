"""`manage.py check_items`: packs checked, examples played, tables and zones proved; each fault with line."""

import argparse
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tongban.commands.keeping import compose_checks, write_checks
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.moment import civil_date
from tongban.kernel.text import count_in_english
from tongban.packs.check import Report, inspect_content
from tongban.packs.guide import find_stale_guides, write_guides
from tongban.wiring.item_checks import open_item_checks

if TYPE_CHECKING:
    from tongban.commands.proving import Proving


class Command(BaseCommand):
    """Ends with 1 when anything is wrong, so that a build stops."""

    help = "Check every item pack and play its example cases; --write-guides makes their pages again."
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Say what may be given."""
        parser.add_argument("--content", default=None, help="content folder; otherwise the node's own")
        parser.add_argument("--report", action="store_true", help="tell zone against zone what was proved")
        parser.add_argument("--without-proofs", action="store_true", help="leave the solver out, and say so")
        parser.add_argument("--keep", action="store_true", help="show what was found in the steward's room")
        parser.add_argument("--write-checks", metavar="FILE", help="write what was found, for `keepchecks`")
        parser.add_argument("--write-guides", action="store_true", help="make every pack's README.md again")

    def handle(self, **options: object) -> None:
        """Check, print, and fail when there is something to mend."""
        folder = Path(str(options["content"] or settings.CONTENT_FOLDER)).resolve()
        if not (folder / "items").is_dir():
            raise CommandError(f"There are no item packs in {folder}: it has no folder “items”.")
        now = datetime.now(UTC)
        on = civil_date(now)
        proving = None if options["without_proofs"] else _start_proving(on)
        report = inspect_content(folder, on, proving)
        if options["keep"] or options["write_checks"]:
            checks = compose_checks(report, proving.keep(report.zones) if proving else None, now)
            if options["write_checks"]:
                Path(str(options["write_checks"])).write_text(write_checks(checks), encoding="utf-8")
            if options["keep"]:
                open_item_checks().keep(checks)
                self.stdout.write(f"kept for the steward's room: what was found of {len(checks)} packs")
        if report.problems:
            self.stderr.write("\n".join(_lines(report.problems)))
            count = count_in_english(len(report.problems), "problem")
            them = "it" if len(report.problems) == 1 else "them all"
            raise CommandError(f"{count}; mend {them}, then check again.")
        self._see_to_guides(folder, is_writing=bool(options["write_guides"]))
        self.stdout.write(_summary(report))
        self.stdout.write("\n".join(proving.tell(bool(options["report"])) if proving else [_NOT_PROVED]))

    def _see_to_guides(self, folder: Path, *, is_writing: bool) -> None:
        try:
            paths = write_guides(folder) if is_writing else find_stale_guides(folder)
        except Refused as refused:
            raise CommandError("\n".join(_lines(refused.problems))) from refused
        names = [path.relative_to(folder).as_posix() for path in paths]
        if is_writing:
            self.stdout.write(f"guides written: {', '.join(names) or 'none had changed'}")
        elif names:
            raise CommandError(f"Not as their packs say: {', '.join(names)}. Run check_items --write-guides.")


_NOT_PROVED = "nothing was proved: --without-proofs"


def _start_proving(on: date) -> "Proving":
    """Return what proves items, or say how to get the solver; nothing else in the house needs it."""
    try:
        from tongban.commands.proving import Proving
    except ImportError as error:
        raise CommandError(
            f"There is no solver here ({error}): make setup-dev fetches it; --without-proofs goes without."
        ) from error
    return Proving(on)


def _lines(problems: Iterable[Problem]) -> Iterable[str]:
    """Say each problem: where, code, what and why in both languages, what next, which law."""
    for problem in problems:
        yield f"{problem.pointer}  [{problem.code}]"
        yield f"    {problem.text.zh}"
        yield f"    {problem.text.en}"
        if problem.next_step is not None:
            yield f"    → {problem.next_step.zh}"
            yield f"    → {problem.next_step.en}"
        if problem.source:
            yield f"    § {problem.source}"


def _summary(report: Report) -> str:
    counts = " · ".join(f"{count} {name}" for name, count in report.counts.items())
    return f"all item packs are sound: {counts}"

"""`manage.py replay`: run past decisions again on today's build, and tell what came out otherwise."""

import argparse

from django.core.management.base import BaseCommand, CommandError

from tongban.wiring import get_node
from tongban.wiring.replaying import replay_all

_SHOWN = 50


class Command(BaseCommand):
    """Ends with 1 when anything drifted, so that a build or a night's work stops."""

    help = "Run every past decision of this zone's machine again and report drift."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Say what may be given."""
        parser.add_argument("--first", type=int, default=None, help="only so many cases, in order of number")

    def handle(self, **options: object) -> None:
        """Run, print, and fail when something drifted."""
        first = options["first"]
        node = get_node()
        run = replay_all(node, first if isinstance(first, int) else None)
        for drift in node.store.replays.drifts(run.id, _SHOWN):
            self.stdout.write(f"{drift.case_id}  [{drift.kind}]\n    {drift.says.zh}\n    {drift.says.en}")
        if run.drifted > _SHOWN:
            self.stdout.write(f"… the first {_SHOWN} are shown")
        told = (
            f"{node.deps.zone}: {run.checked} decisions run again, {run.drifted} drifted, "
            f"{run.unreadable} cases unreadable; build {run.build[:12]}"
        )
        if run.drifted:
            raise CommandError(told)
        self.stdout.write(told)

"""`manage.py dayaccount --to FILE`: what this zone's tables hold after a played day (`make day`)."""

import argparse
import json
from pathlib import Path

from django.core.management.base import BaseCommand

from tongban.reads.day_account import read_day_account, read_what_is_left
from tongban.wiring import get_deps


class Command(BaseCommand):
    """Reads only; numbers, kinds and digests, nothing of what a case says."""

    help = "Write what this zone holds after a played day, as JSON; see `make day`."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Say where to."""
        parser.add_argument(
            "--to", type=Path, help="the file; without it, only what is left to do is printed"
        )

    def handle(self, **options: object) -> None:
        """Write the account, or print what is left to do."""
        deps, to = get_deps(), options["to"]
        if isinstance(to, Path):
            to.write_text(
                json.dumps(read_day_account(deps), ensure_ascii=False, default=str), encoding="utf-8"
            )
        self.stdout.write(json.dumps(read_what_is_left(deps)))

"""`manage.py prepare`: tables, keys, fiction and checked packs of a demonstration's node, in one process."""

import argparse

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from tongban.wiring import get_deps
from tongban.wiring.item_checks import is_all_checked


class Command(BaseCommand):
    """Safe to repeat; what is there is kept. Starting Python each time takes longer than the work."""

    help = "Migrate, make keys, load fictional data, check packs: what a demonstration needs to start."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Say what may be left out."""
        parser.add_argument(
            "--without-checks", action="store_true", help="for a node on which no steward looks"
        )

    def handle(self, **options: object) -> None:
        """Do one after the other."""
        call_command("migrate", interactive=False, verbosity=0, stdout=self.stdout)
        call_command("createkeys", stdout=self.stdout)
        call_command("seed", stdout=self.stdout)
        if not options["without_checks"]:
            self._keep_checks()

    def _keep_checks(self) -> None:
        """Let the steward's room show a check of these packs; without proofs, since nobody should wait."""
        if is_all_checked(get_deps()):
            return
        try:
            call_command("check_items", "--keep", "--without-proofs", stdout=self.stdout, stderr=self.stderr)
        except CommandError as error:
            self.stderr.write(str(error))

"""`manage.py seedstandard`: what this zone's steward has still to do for the demonstration's standard."""

from django.core.management.base import BaseCommand

from tongban.wiring import get_deps
from tongban.wiring.seed_standard import read_wanted, seed_standard


class Command(BaseCommand):
    """Safe to repeat; run at every node until each says ``done``: they wait for each other's messages."""

    help = "Propose, comment, ratify and open a ticket as content/fiction/standard.yaml says; nothing twice."

    def handle(self, **options: object) -> None:  # noqa: ARG002 - Django's shape
        """Do what is to be done now, and say whether anything is left."""
        self.stdout.write("done" if seed_standard(get_deps(), read_wanted()) else "waits")

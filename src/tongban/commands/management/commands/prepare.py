"""`manage.py prepare`: tables, keys and fictional data of a demonstration's node, in one process."""

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Safe to repeat; what is there is kept. Starting Python three times takes longer than the work."""

    help = "Migrate, make keys, load fictional data: what a demonstration's node needs before it starts."

    def handle(self, **options: object) -> None:  # noqa: ARG002 - Django's shape
        """Do the three, one after the other."""
        call_command("migrate", interactive=False, verbosity=0, stdout=self.stdout)
        call_command("createkeys", stdout=self.stdout)
        call_command("seed", stdout=self.stdout)

"""`manage.py createtoken <username>`: let a program act for an account, with a token that is shown once."""

import argparse

from django.core.management.base import BaseCommand, CommandError

from tongban.kernel.errors import NotFound
from tongban.wiring.programs import create_token


class Command(BaseCommand):
    """Each call makes another token; earlier ones stay good until they expire."""

    help = "Make a token with which a program may use /api/v1/ in an account's name; it is printed once."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Say what may be given."""
        parser.add_argument("username")
        parser.add_argument("--label", default="", help="what the program is called, for the list of tokens")
        parser.add_argument("--days", type=int, default=90, help="days it is good for; 0 for no end (90)")

    def handle(self, **options: object) -> None:
        """Make the token and print it, alone on its line."""
        username, days = str(options["username"]), int(str(options["days"]))
        if days < 0:
            raise CommandError("--days takes 0 or more.")
        try:
            token = create_token(username, str(options["label"]), days or None)
        except NotFound as error:
            raise CommandError(f"There is no account '{username}' here, or it is closed.") from error
        self.stdout.write(token)

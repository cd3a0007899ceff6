"""`manage.py sealsecret LOGIN`: another secret for one custodian of the seal; the other need not be there."""

import argparse

from django.core.management.base import BaseCommand, CommandError

from tongban.commands.secrets import ask_new_secret, ask_secret
from tongban.kernel.errors import Refused
from tongban.wiring.keys import change_custodian_secret


class Command(BaseCommand):
    """Asks for the old and the new one; a copy of the old key file still opens with the old secret."""

    help = "Change the secret with which one custodian opens their share of the seal's key."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whose."""
        parser.add_argument("custodian", help="login")

    def handle(self, **options: object) -> None:
        """Change it, or say what is wrong."""
        custodian = str(options["custodian"])
        try:
            change_custodian_secret(custodian, ask_secret(custodian), ask_new_secret(custodian))
        except Refused as refused:
            raise CommandError(" ".join(one.text.en for one in refused.problems)) from refused
        self.stdout.write("secret changed")

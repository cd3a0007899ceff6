"""`manage.py createkeys`: this zone's keys and demonstration seal, made once, public halves published."""

import argparse
from collections.abc import Mapping
from functools import partial

from django.core.management.base import BaseCommand, CommandError

from tongban.commands.secrets import ask_new_secret
from tongban.wiring.keys import create_node_keys


class Command(BaseCommand):
    """Safe to repeat: keys that are there are kept."""

    help = "Make this zone's keys and demonstration seal if it has none; publish the public keys."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Say who keeps the seal."""
        parser.add_argument(
            "--custodian",
            action="append",
            default=[],
            help="login of somebody who keeps the seal, at least twice; each types a secret of their own",
        )

    def handle(self, **options: object) -> None:
        """Make or keep, and say which."""
        made = create_node_keys(partial(_ask, options["custodian"]))
        self.stdout.write("keys made" if made else "keys kept")


def _ask(custodians: list[str]) -> Mapping[str, str]:
    if len(set(custodians)) < 2:
        raise CommandError("name two custodians at least: --custodian LOGIN --custodian LOGIN")
    return {one: ask_new_secret(one) for one in custodians}

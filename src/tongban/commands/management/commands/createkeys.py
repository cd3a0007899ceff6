"""`manage.py createkeys`: this zone's keys and demonstration seal, made once, public halves published."""

from django.core.management.base import BaseCommand

from tongban.wiring.keys import create_node_keys


class Command(BaseCommand):
    """Safe to repeat: keys that are there are kept."""

    help = "Make this zone's keys and demonstration seal if it has none; publish the public keys."

    def handle(self, **options: object) -> None:  # noqa: ARG002 - Django's shape
        """Make or keep, and say which."""
        made = create_node_keys()
        self.stdout.write("keys made" if made else "keys kept")

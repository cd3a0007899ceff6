"""`manage.py keepseal`: the process that holds the opened key of the seal in its memory, and nothing else."""

from django.core.management.base import BaseCommand

from tongban.wiring.seal_service import serve_seal


class Command(BaseCommand):
    """Runs until it is told to stop; then the key is gone, and two custodians have to open it again."""

    help = (
        "Keep the seal's key in memory while two custodians have opened it; sign for this node's processes."
    )

    def handle(self, **options: object) -> None:  # noqa: ARG002 - Django's shape
        """Serve."""
        serve_seal()

"""`manage.py rebuildindex`: fold every case again and make the lists' index anew."""

from django.core.management.base import BaseCommand

from tongban.wiring import get_node
from tongban.wiring.scheduling import schedule_again


class Command(BaseCommand):
    """Safe at any time: pages read the old index until the new one is whole; whoever writes a case waits."""

    help = "Fold all cases again into the index that lists are read from; needed after loading a calendar."

    def handle(self, **options: object) -> None:  # noqa: ARG002 - Django's shape
        """Rebuild, and say how many cases are in it; then schedule what waited for the calendar."""
        self.stdout.write(f"{get_node().store.rebuild()} cases in the index")
        if scheduled := schedule_again(get_node()):
            self.stdout.write(f"{scheduled} later checks scheduled whose day was not known before")

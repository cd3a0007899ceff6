"""`manage.py seed`: load fictional firms, people, registers and demonstration logins into this zone."""

from datetime import UTC, date, datetime

from django.conf import settings
from django.core.management.base import BaseCommand

from tongban.kernel.ids import ZoneId
from tongban.kernel.moment import civil_date
from tongban.wiring.seeding import seed_zone


class Command(BaseCommand):
    """Safe to repeat: what is there is brought up to date, nothing is doubled."""

    help = "Load the fictional data of this zone; dates are counted from today."

    def handle(self, **options: object) -> None:  # noqa: ARG002 - Django's shape
        """Load, and say how much."""
        today: date = civil_date(datetime.now(UTC))
        records, accounts = seed_zone(ZoneId(settings.ZONE), today)
        self.stdout.write(f"{records} records, {accounts} logins")

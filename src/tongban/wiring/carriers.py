"""Who carries messages outside on this node: a mail server, or stand-ins in a demonstration."""

from django.conf import settings

from tongban.domain.notification import EMAIL, SMS
from tongban.flows.notification_store import Carrier
from tongban.notify.mail import MailServer, SmtpCarrier
from tongban.notify.simulated import SimulatedCarrier


def open_carriers() -> dict[str, Carrier]:
    """Return a carrier for each channel of this node; a channel without one is not offered.

    No gateway of short messages is connected; a demonstration has one that says that it sends nothing.
    """
    carriers: dict[str, Carrier] = {}
    if settings.SMTP["HOST"]:
        carriers[EMAIL] = SmtpCarrier(
            MailServer(
                host=settings.SMTP["HOST"],
                port=settings.SMTP["PORT"],
                sender=settings.SMTP["SENDER"],
                user=settings.SMTP["USER"],
                password=settings.SMTP["PASSWORD"],
                security=settings.SMTP["SECURITY"],
            )
        )
    elif settings.DEMO:
        carriers[EMAIL] = SimulatedCarrier()
    if settings.DEMO:
        carriers[SMS] = SimulatedCarrier()
    return carriers

"""What applicants are told, on which channel, and how it got there."""

from django.db import models
from django.db.models import Q


class Notification(models.Model):
    """A message to one recipient on one channel; ``recipient`` is a digest that only the node can make.

    ``address`` is a number that was given for this message alone, locked, and forgotten once it was sent.
    """

    number = models.BigAutoField(primary_key=True)
    cause = models.CharField(max_length=160, db_collation="C")
    recipient = models.CharField(max_length=64, db_collation="C")
    channel = models.CharField(max_length=16)
    kind = models.CharField(max_length=60)
    case_id = models.CharField(max_length=40, db_collation="C")
    item_id = models.CharField(max_length=80)
    zone = models.CharField(max_length=40)
    about_on = models.DateField()
    at = models.DateTimeField()
    state = models.CharField(max_length=16)
    attempts = models.IntegerField(db_default=0)
    next_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=300, db_default="")
    read_at = models.DateTimeField(null=True)
    address = models.BinaryField(null=True)

    class Meta:
        """Once for each cause, recipient and channel; what is read, what waits, what a case sent out."""

        constraints = [
            models.UniqueConstraint(fields=["cause", "recipient", "channel"], name="notification_once"),
        ]
        indexes = [
            models.Index(
                fields=["recipient", "-number"], condition=Q(channel="in-app"), name="notification_inside"
            ),
            models.Index(
                fields=["recipient", "number"],
                condition=Q(channel="in-app", read_at__isnull=True),
                name="notification_unread",
            ),
            models.Index(
                fields=["next_at", "number"],
                condition=Q(state__in=("queued", "sending")),
                name="notification_waiting",
            ),
            models.Index(fields=["case_id", "number"], name="notification_of_case"),
            models.Index(fields=["at", "number"], name="notification_age"),
        ]


class NotificationChannel(models.Model):
    """A way outside that an account has given; ``kept``, locked, holds address and code."""

    pk = models.CompositePrimaryKey("account", "channel")
    account = models.CharField(max_length=64, db_collation="C")
    channel = models.CharField(max_length=16)
    party = models.CharField(max_length=64, db_collation="C")
    is_proved = models.BooleanField()
    kept = models.BinaryField()

    class Meta:
        """A case knows its party; an appointment knows the account."""

        indexes = [models.Index(fields=["party"], condition=Q(is_proved=True), name="channel_of_party")]

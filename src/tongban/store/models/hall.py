"""The service hall: tickets of the queues, and appointments."""

from django.db import models
from django.db.models import Q


class HallTicket(models.Model):
    """Somebody's place in a queue on one day; no personal data is in it.

    ``rank_at`` is what the waiting are sorted by; see ``domain.hall.ticket``.
    """

    pk = models.CompositePrimaryKey("on", "label")
    on = models.DateField()
    label = models.CharField(max_length=12, db_collation="C")
    business = models.CharField(max_length=40)
    serial = models.IntegerField()
    taken_at = models.DateTimeField()
    rank_at = models.DateTimeField()
    priority = models.CharField(max_length=40)
    state = models.CharField(max_length=16)
    window = models.CharField(max_length=8)
    for_window = models.CharField(max_length=8)
    calls = models.IntegerField()
    called_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """A call looks at the head of each queue; a window has one ticket at a time."""

        indexes = [
            models.Index(
                fields=["on", "for_window", "business", "rank_at", "label"],
                condition=Q(state="waiting"),
                name="ticket_waiting",
            ),
            models.Index(fields=["on", "window", "called_at"], name="ticket_of_window"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["on", "window"], condition=Q(state="called"), name="ticket_called"
            )
        ]


class HallSerial(models.Model):
    """The last number that a queue gave out on a day."""

    pk = models.CompositePrimaryKey("on", "business")
    on = models.DateField()
    business = models.CharField(max_length=40)
    last = models.IntegerField()


class HallSlot(models.Model):
    """How many places of a slot are taken; never more than its capacity when they were booked."""

    pk = models.CompositePrimaryKey("business", "starts_at")
    business = models.CharField(max_length=40)
    starts_at = models.DateTimeField()
    booked = models.IntegerField()


class HallAppointment(models.Model):
    """A booked place. ``mobile`` is locked with the node's key and emptied when the appointment ends."""

    code = models.CharField(primary_key=True, max_length=16, db_collation="C")
    business = models.CharField(max_length=40)
    starts_at = models.DateTimeField()
    on = models.DateField()
    booked_at = models.DateTimeField()
    holder = models.CharField(max_length=160)
    state = models.CharField(max_length=16)
    reminded_at = models.DateTimeField(null=True)
    mobile = models.BinaryField()

    class Meta:
        """What somebody has; what is to be reminded or forgotten; one place a day with each business."""

        indexes = [
            models.Index(fields=["holder", "starts_at"], name="appointment_holder"),
            models.Index(
                fields=["starts_at", "code"], condition=Q(state="booked"), name="appointment_booked"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "business", "on"], condition=Q(state="booked"), name="appointment_once"
            )
        ]


class HallRange(models.Model):
    """Provisional numbers that a window was given beforehand."""

    first = models.IntegerField(primary_key=True)
    last = models.IntegerField()
    window = models.CharField(max_length=8)
    clerk = models.CharField(max_length=150)
    given_at = models.DateTimeField()


class HallIntake(models.Model):
    """What a window took in without the node, kept exactly once; ``lines`` is locked with the node's key."""

    number = models.CharField(primary_key=True, max_length=16, db_collation="C")
    case_id = models.CharField(max_length=40, unique=True, db_collation="C")
    digest = models.CharField(max_length=64)
    clerk = models.CharField(max_length=150)
    taken_at = models.DateTimeField()
    reconciled_at = models.DateTimeField()
    lines = models.BinaryField()
    is_completed = models.BooleanField(db_default=False)

    class Meta:
        """What is still to be completed, the oldest first."""

        indexes = [
            models.Index(fields=["taken_at", "number"], condition=Q(is_completed=False), name="intake_open")
        ]


class HallIntakeConflict(models.Model):
    """Another writing under a number that was reconciled before; gone when a clerk has looked at it."""

    pk = models.CompositePrimaryKey("number", "digest")
    number = models.CharField(max_length=16, db_collation="C")
    digest = models.CharField(max_length=64)
    clerk = models.CharField(max_length=150)
    at = models.DateTimeField()
    lines = models.BinaryField()
    settled_by = models.CharField(max_length=150, db_default="")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        """What nobody has looked at yet."""

        indexes = [
            models.Index(
                fields=["at", "number"], condition=Q(settled_at__isnull=True), name="intake_conflict_open"
            )
        ]


class HallPickup(models.Model):
    """A licence that was handed out at a window: once, to whom, by whom."""

    case_id = models.CharField(primary_key=True, max_length=40, db_collation="C")
    to = models.CharField(max_length=16)
    clerk = models.CharField(max_length=150)
    at = models.DateTimeField()

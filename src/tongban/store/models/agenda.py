"""The agenda: what falls due in each case, and what has fallen due, for ever."""

from django.db import models
from django.db.models import Q


class AgendaEntry(models.Model):
    """Something that falls due in a case as it stands; made anew from the case whenever an event changes it.

    ``recipient`` is whom it reaches (``time`` for an act of time), ``fired_at`` when it did: a row that has
    fired stands until its case no longer gives rise to it. ``tells`` is false where this zone only keeps a
    copy of the case. ``put_off_until`` is when an act that could not be done is tried again.
    """

    pk = models.CompositePrimaryKey("case_id", "kind", "fires_on")
    case_id = models.CharField(max_length=40, db_collation="C")
    kind = models.CharField(max_length=40, db_collation="C")
    fires_on = models.DateField()
    about_on = models.DateField()
    recipient = models.CharField(max_length=16)
    tells = models.BooleanField(default=True)
    fired_at = models.DateTimeField(null=True)
    put_off_until = models.DateTimeField(null=True)

    class Meta:
        """What is due is found by its day; what stands, by whom it reaches."""

        indexes = [
            models.Index(
                fields=["fires_on", "case_id"],
                condition=Q(fired_at__isnull=True) & ~Q(recipient="time"),
                name="agenda_due",
            ),
            models.Index(
                fields=["fires_on", "case_id"],
                condition=Q(fired_at__isnull=True, recipient="time"),
                name="agenda_acts",
            ),
            models.Index(
                fields=["recipient", "fires_on", "case_id"],
                condition=Q(fired_at__isnull=False),
                name="agenda_standing",
            ),
        ]


class FiredEntry(models.Model):
    """Something that fell due: case, kind and day are unique, so that nothing fires twice.

    The database refuses to change or delete a row (migration 0016); ``told_at`` alone is set, once, when
    word of it was passed on. ``number`` counts up, with gaps.
    """

    number = models.BigAutoField(primary_key=True)
    case_id = models.CharField(max_length=40, db_collation="C")
    kind = models.CharField(max_length=40, db_collation="C")
    fires_on = models.DateField()
    about_on = models.DateField()
    recipient = models.CharField(max_length=16)
    tells = models.BooleanField(default=True)
    fired_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        """Once each; what is still to be passed on is found by itself."""

        constraints = [models.UniqueConstraint(fields=["case_id", "kind", "fires_on"], name="fired_once")]
        indexes = [
            models.Index(
                fields=["number"],
                condition=Q(told_at__isnull=True, tells=True) & ~Q(recipient="time"),
                name="fired_untold",
            ),
            models.Index(fields=["kind", "fired_at", "case_id"], name="fired_of_kind"),
        ]

"""Alerts of supervision, what was answered, and until when each rule was looked after."""

from django.db import models
from django.db.models import Q


class SupervisionAlert(models.Model):
    """A finding of a rule: rule, case and day are unique, so that nothing is raised twice.

    The database refuses to change or delete a row (migration 0032); ``handled_at`` alone is set, once, with
    the first answer. ``number`` counts up, with gaps.
    """

    number = models.BigAutoField(primary_key=True)
    rule = models.CharField(max_length=40, db_collation="C")
    case_id = models.CharField(max_length=40, db_collation="C")
    cause = models.CharField(max_length=80)
    cause_on = models.DateField()
    raised_at = models.DateTimeField()
    handle_by = models.DateField(null=True)
    handled_at = models.DateTimeField(null=True)

    class Meta:
        """Once each; a board counts what is open, a list goes through one rule by number."""

        constraints = [models.UniqueConstraint(fields=["rule", "case_id", "cause_on"], name="alert_once")]
        indexes = [
            models.Index(
                fields=["rule", "number"],
                include=["handle_by"],
                condition=Q(handled_at__isnull=True),
                name="alert_open",
            ),
            models.Index(
                fields=["rule", "-number"], condition=Q(handled_at__isnull=False), name="alert_handled"
            ),
        ]


class SupervisionHandling(models.Model):
    """An answer of the head to an alert, by its place; the database refuses to change or delete it."""

    pk = models.CompositePrimaryKey("alert", "place")
    alert = models.BigIntegerField()
    place = models.IntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    name = models.CharField(max_length=80)
    answer = models.CharField(max_length=16)
    words = models.CharField(max_length=500)


class SupervisionMark(models.Model):
    """Until when a rule was looked after."""

    rule = models.CharField(max_length=40, primary_key=True, db_collation="C")
    upto = models.DateTimeField()

"""Acts between zones, and how each subject stands."""

from django.db import models
from django.db.models import Q


class ZoneAct(models.Model):
    """One act of one zone's person, as it was told; migration 0024 lets nothing of it change."""

    number = models.BigAutoField(primary_key=True)
    act_id = models.CharField(max_length=40, unique=True, db_collation="C")
    subject = models.CharField(max_length=40, db_collation="C")
    follows = models.CharField(max_length=40, db_collation="C")
    register = models.CharField(max_length=16)
    case_id = models.CharField(max_length=40, db_collation="C")
    at = models.DateTimeField()
    told = models.BinaryField()

    class Meta:
        """By subject, by case, by register; and only one act stands behind another where order counts."""

        indexes = [
            models.Index(fields=["subject", "number"], name="zone_act_about"),
            models.Index(fields=["case_id", "number"], name="zone_act_case", condition=~Q(case_id="")),
            models.Index(
                fields=["register", "number"], name="zone_act_register", condition=Q(register="delegation")
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "follows"], condition=~Q(follows=""), name="zone_act_once"
            )
        ]


class Matter(models.Model):
    """How one subject stands; made from its acts, and made again at each.

    ``officer`` is whose a sub-case is: the last row of ``CaseAssignment`` about its number.
    """

    subject = models.CharField(primary_key=True, max_length=40, db_collation="C")
    register = models.CharField(max_length=16)
    case_id = models.CharField(max_length=40, db_collation="C")
    item_id = models.CharField(max_length=80)
    about = models.CharField(max_length=200)
    zone = models.CharField(max_length=40)
    other_zone = models.CharField(max_length=40)
    state = models.CharField(max_length=24)
    is_open = models.BooleanField()
    due_on = models.DateField(null=True)
    at = models.DateTimeField()
    sort_on = models.DateField()
    officer = models.CharField(max_length=80, db_default="")

    class Meta:
        """What is open by its day, closed by its end, recurs for an item; an officer's open sub-cases."""

        indexes = [
            models.Index(
                fields=["register", "sort_on", "subject"], name="matter_open", condition=Q(is_open=True)
            ),
            models.Index(
                fields=["register", "-at", "-subject"], name="matter_closed", condition=Q(is_open=False)
            ),
            models.Index(fields=["register", "about", "item_id"], name="matter_recurs"),
            models.Index(
                fields=["officer", "subject"],
                condition=Q(register="part", is_open=True) & ~Q(officer=""),
                name="matter_load",
            ),
        ]

"""Questions that are put to other zones before a promise is offered."""

from django.db import models


class Inquiry(models.Model):
    """One zone asked for one application that is not handed in yet; the row is deleted within days.

    ``about`` holds the party's number and the items, locked with the node's key. The messages themselves stay
    in outbox and ledger like all others.
    """

    pk = models.CompositePrimaryKey("number", "zone")
    number = models.CharField(max_length=48, db_collation="C")
    zone = models.CharField(max_length=40)
    token = models.CharField(max_length=32)
    about = models.BinaryField()
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    is_listed = models.BooleanField(null=True)
    fault = models.CharField(max_length=200)

    class Meta:
        """What is old is found by its hour."""

        indexes = [models.Index(fields=["asked_at"], name="inquiry_old")]

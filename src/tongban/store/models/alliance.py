"""Acts of the alliance: proposals of the common standard, ratifications, tickets of the table."""

from django.db import models


class AllianceAct(models.Model):
    """One act of one zone's steward, as it was told; migration 0011 lets nothing of it change.

    ``outline`` is the act as JSON without the files of a proposal, which lie in ``files``.
    """

    number = models.BigAutoField(primary_key=True)
    act_id = models.CharField(max_length=40, unique=True, db_collation="C")
    subject = models.CharField(max_length=40, db_collation="C")
    zone = models.CharField(max_length=40)
    at = models.DateTimeField()
    outline = models.TextField()
    files = models.TextField(db_default="")

    class Meta:
        """What is said about one subject is found by it."""

        indexes = [models.Index(fields=["subject", "number"], name="alliance_act_about")]

"""What other zones have told this one."""

from django.db import models
from django.db.models import Q


class Notice(models.Model):
    """A notice of another zone and who has taken note of it; migration 0004 lets nothing else change.

    ``told`` is what it says of whom (facts, and the register's entry), locked with the node's key.
    """

    number = models.BigAutoField(primary_key=True)
    from_zone = models.CharField(max_length=40)
    message_id = models.CharField(max_length=80, db_collation="C")
    notice = models.CharField(max_length=500)
    ground = models.CharField(max_length=500)
    item_id = models.CharField(max_length=500)
    case_id = models.CharField(max_length=40, db_collation="C")
    told = models.BinaryField()
    received_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    taken_by = models.CharField(max_length=150, db_default="")
    taken_name = models.CharField(max_length=150, db_default="")
    taken_words = models.CharField(max_length=500, db_default="")
    is_marked = models.BooleanField(db_default=False)

    class Meta:
        """A message is one notice; each list is found by its own index."""

        constraints = [models.UniqueConstraint(fields=["from_zone", "message_id"], name="notice_once")]
        indexes = [
            models.Index(fields=["number"], condition=Q(taken_at__isnull=True), name="notice_open"),
            models.Index(fields=["number"], condition=Q(taken_at__isnull=False), name="notice_taken"),
        ]

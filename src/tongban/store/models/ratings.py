"""What applicants thought of a handling."""

from django.db import models
from django.db.models import Q


class Rating(models.Model):
    """A rating of one side of a case, and how a bad one was put right (migration 0010 keeps the rest).

    ``zone`` is who is rated; ``said`` holds ticked details and words, locked with the node's key.
    """

    pk = models.CompositePrimaryKey("case_id", "part")
    case_id = models.CharField(max_length=40, db_collation="C")
    part = models.CharField(max_length=16)
    zone = models.CharField(max_length=40)
    item_id = models.CharField(max_length=80)
    level = models.CharField(max_length=40)
    is_bad = models.BooleanField()
    said = models.BinaryField()
    rated_at = models.DateTimeField()
    rectify_by = models.DateField(null=True)
    rectified_at = models.DateTimeField(null=True)
    rectified_by = models.CharField(max_length=150, db_default="")
    rectified_name = models.CharField(max_length=150, db_default="")
    rectified_words = models.CharField(max_length=500, db_default="")
    is_called_back = models.BooleanField(db_default=False)

    class Meta:
        """Public numbers count one zone's by item and level; a head sees what is to be put right, and was."""

        indexes = [
            models.Index(fields=["zone", "item_id", "level"], name="rating_counts"),
            models.Index(
                fields=["zone", "rated_at", "case_id"],
                condition=Q(is_bad=True, rectified_at__isnull=True),
                name="rating_open",
            ),
            models.Index(
                fields=["zone", "-rated_at", "-case_id"],
                condition=Q(is_bad=True, rectified_at__isnull=False),
                name="rating_done",
            ),
        ]

"""Drafts that are looked at before they are handed in."""

from django.db import models


class Precheck(models.Model):
    """One draft; the row goes when it is handed in, and within weeks otherwise.

    ``body`` holds who applies, the answers and the advice, locked with the node's key.
    """

    number = models.CharField(max_length=40, primary_key=True, db_collation="C")
    applicant_id = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    until_on = models.DateField()
    is_answered = models.BooleanField(default=False)
    body = models.BinaryField()

    class Meta:
        """The officers' list, an applicant's own, and what is old."""

        indexes = [
            models.Index(fields=["is_answered", "until_on", "number"], name="precheck_list"),
            models.Index(fields=["applicant_id", "-asked_at", "-number"], name="precheck_of_applicant"),
            models.Index(fields=["asked_at"], name="precheck_old"),
        ]

"""Receipts of bundles: one application, many cases."""

from django.db import models


class BundleReceipt(models.Model):
    """One receipt, in the zone that leads it. ``data`` holds all of it, locked with the node's key.

    ``version`` counts its changes: who saves a version that is not the next has read an old one. The other
    columns are for lists.
    """

    number = models.CharField(primary_key=True, max_length=48, db_collation="C")
    version = models.IntegerField()
    bundle_id = models.CharField(max_length=80)
    applicant_kind = models.CharField(max_length=16)
    applicant_id = models.CharField(max_length=40)
    agent_id = models.CharField(max_length=40, default="")
    opened_at = models.DateTimeField()
    data = models.BinaryField()

    class Meta:
        """One list: a party's receipts, newest first."""

        indexes = [
            models.Index(fields=["applicant_id", "-opened_at", "-number"], name="bundle_of_applicant"),
        ]

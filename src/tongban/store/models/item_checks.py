"""Checks of the item packs."""

from django.db import models


class ItemCheck(models.Model):
    """What the newest check of an item's pack found; replaced by the next.

    ``found`` is canonical JSON: problems, proofs and notes, as ``store.item_checks`` writes them.
    """

    item_id = models.CharField(primary_key=True, max_length=80, db_collation="C")
    version = models.IntegerField()
    content_hash = models.CharField(max_length=64)
    checked_at = models.DateTimeField()
    examples = models.IntegerField()
    found = models.TextField()

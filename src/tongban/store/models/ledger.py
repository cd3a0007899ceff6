"""The ledger: leaves, the tree's complete nodes, and signed checkpoints. All append-only (migration 0002)."""

from django.db import models
from django.db.models import Q


class LedgerLeaf(models.Model):
    """A leaf, once per key. ``idx`` is its place in the log, given once by the sequencer."""

    key = models.CharField(max_length=120, unique=True, db_collation="C")
    data = models.BinaryField()
    hash = models.BinaryField()
    idx = models.BigIntegerField(null=True, unique=True)

    class Meta:
        """The sequencer asks for the first leaves without a place."""

        indexes = [models.Index(fields=["id"], condition=Q(idx__isnull=True), name="leaf_waiting")]


class LedgerNode(models.Model):
    """The hash over a complete subtree: level 0 are leaves (``domain.ledger.tree``)."""

    pk = models.CompositePrimaryKey("level", "idx")
    level = models.SmallIntegerField()
    idx = models.BigIntegerField()
    hash = models.BinaryField()


class Checkpoint(models.Model):
    """Size and root of the log at an instant, as a signed note."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    note = models.TextField()
    at = models.DateTimeField()

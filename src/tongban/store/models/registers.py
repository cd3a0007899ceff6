"""The zone's own registers: what it holds about whom."""

from django.db import models


class HeldRecord(models.Model):
    """One record of one register. ``facts`` are plain values with marked dates (``domain.case.plain``).

    ``cause`` is the case that wrote it last, empty for what was loaded; ``revision`` counts the writings, its
    sign says nothing (migration "registers").
    """

    kind = models.CharField(max_length=80, db_collation="C")
    subject = models.CharField(max_length=40, db_collation="C")
    facts = models.JSONField()
    as_of = models.DateTimeField()
    authority_zh = models.CharField(max_length=200)
    authority_en = models.CharField(max_length=200)
    trust = models.CharField(max_length=1)
    cause = models.CharField(max_length=40, db_collation="C", default="")
    later = models.JSONField(default=list)
    attested_as = models.CharField(max_length=80, db_collation="C", default="")
    revision = models.BigIntegerField(default=1)

    class Meta:
        """A register holds one record of a kind about a subject."""

        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="held_once")]

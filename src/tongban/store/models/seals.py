"""The seal: acts of its custodians, its uses, what it refused, and how often it moved in each hour."""

from django.db import models
from django.db.models import Q


class SealAct(models.Model):
    """A custodian put the seal forward, to use, or out of use. Append-only.

    ``second`` is who confirmed, ``reasons`` why it was suspended; empty for the other kinds.
    """

    number = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=12)
    at = models.DateTimeField()
    first_id = models.CharField(max_length=80)
    first_name = models.CharField(max_length=120)
    second_id = models.CharField(max_length=80, db_default="")
    second_name = models.CharField(max_length=120, db_default="")
    begins_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    is_by_rota = models.BooleanField(db_default=False)
    reasons_zh = models.TextField(db_default="")
    reasons_en = models.TextField(db_default="")

    class Meta:
        """The last act that settles everything before it."""

        indexes = [models.Index(fields=["-number"], condition=~Q(kind="proposed"), name="seal_act_settling")]


class SealUse(models.Model):
    """The seal was allowed to move for one document. A row is finished once, and else never changed."""

    number = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=12)
    document_id = models.CharField(max_length=120, db_collation="C")
    printed_number = models.CharField(max_length=120)
    case_id = models.CharField(max_length=40, db_collation="C")
    version = models.IntegerField()
    event = models.CharField(max_length=40)
    drawn_digest = models.CharField(max_length=64)
    drawn_bytes = models.IntegerField()
    activation = models.BigIntegerField()
    first_id = models.CharField(max_length=80)
    first_name = models.CharField(max_length=120)
    second_id = models.CharField(max_length=80)
    second_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    salt = models.CharField(max_length=22)
    sealed_digest = models.CharField(max_length=64, db_default="")

    class Meta:
        """The register is read by number, by day, by case, by document, and by the number printed on it."""

        indexes = [
            models.Index(fields=["at", "number"], name="seal_use_by_day"),
            models.Index(fields=["case_id", "number"], name="seal_use_of_case"),
            models.Index(fields=["kind", "document_id", "number"], name="seal_use_of_document"),
            models.Index(fields=["printed_number", "number"], name="seal_use_by_number"),
            models.Index(fields=["sealed_digest"], condition=~Q(sealed_digest=""), name="seal_use_by_file"),
        ]


class SealRefusal(models.Model):
    """The seal did not move for a document; the same refusal is counted."""

    number = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=12)
    document_id = models.CharField(max_length=120, db_collation="C")
    case_id = models.CharField(max_length=40, db_collation="C")
    version = models.IntegerField()
    code = models.CharField(max_length=40)
    says_zh = models.TextField()
    says_en = models.TextField()
    source = models.CharField(max_length=120)
    first_at = models.DateTimeField()
    at = models.DateTimeField()
    is_waiting = models.BooleanField()
    times = models.IntegerField(db_default=1)

    class Meta:
        """One row for a document and a reason; what waits is found by itself."""

        constraints = [
            models.UniqueConstraint(fields=["kind", "document_id", "code"], name="seal_refusal_once")
        ]
        indexes = [
            models.Index(fields=["first_at", "number"], name="seal_refusal_by_day"),
            models.Index(fields=["case_id", "number"], name="seal_refusal_of_case"),
            models.Index(fields=["document_id", "number"], name="seal_refusal_of_document"),
            models.Index(fields=["at", "number"], condition=Q(is_waiting=True), name="seal_refusal_waiting"),
        ]


class SealHour(models.Model):
    """How often the seal moved in an hour of the clock."""

    begins_at = models.DateTimeField(primary_key=True)
    used = models.IntegerField()

"""Files: what is known of each; the bytes lie encrypted in a folder. And those on their way between zones."""

from django.db import models
from django.db.models import Q


class StoredFile(models.Model):
    """A file by the hex SHA-256 of its bytes. The first name and media type given to it are kept.

    ``loose_since`` is when an upload that nothing lasting names was last wanted; empty once it is kept.
    """

    digest = models.CharField(primary_key=True, max_length=64, db_collation="C")
    size_bytes = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=255)
    stored_at = models.DateTimeField()
    loose_since = models.DateTimeField(null=True)

    class Meta:
        """Uploads that nobody came back to are found by their hour."""

        indexes = [
            models.Index(
                fields=["loose_since"], condition=Q(loose_since__isnull=False), name="loose_file_by_hour"
            )
        ]


class OfferedFile(models.Model):
    """A file of a case that another zone may fetch: as which blob, and under which key, locked."""

    blob = models.CharField(primary_key=True, max_length=64, db_collation="C")
    case_id = models.CharField(max_length=40, db_collation="C")
    digest = models.CharField(max_length=64, db_collation="C")
    to_zone = models.CharField(max_length=40)
    key = models.BinaryField()

    class Meta:
        """Offered once a case, so that no second key makes the first blob unknown."""

        constraints = [models.UniqueConstraint(fields=["case_id", "digest"], name="offered_once_a_case")]


class WantedFile(models.Model):
    """A file of a case that another zone has offered, fetched until it is here.

    ``key`` and ``name`` are locked; the key is empty once the file is here. ``next_at`` is when it is asked
    for (again); empty when it has arrived or was given up.
    """

    pk = models.CompositePrimaryKey("case_id", "digest")
    case_id = models.CharField(max_length=40, db_collation="C")
    digest = models.CharField(max_length=64, db_collation="C")
    from_zone = models.CharField(max_length=40)
    blob = models.CharField(max_length=64, db_collation="C")
    key = models.BinaryField()
    size_bytes = models.BigIntegerField()
    name = models.BinaryField()
    wanted_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    attempts = models.IntegerField(db_default=0)
    last_fault = models.CharField(max_length=200, db_default="")
    arrived_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        """What is due is found by its hour."""

        indexes = [
            models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="wanted_file_due")
        ]

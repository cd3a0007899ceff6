"""Written documents and their numbers."""

from django.db import models


class Paper(models.Model):
    """A document as it was written. Only ``file_digest`` is filled in later; the database refuses the rest.

    ``data`` is the whole document, locked with the case's key; number, kind and digest name nobody.
    """

    paper_id = models.CharField(primary_key=True, max_length=80, db_collation="C")
    number = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=40)
    case_id = models.CharField(max_length=40, db_collation="C")
    version = models.IntegerField()
    dated_on = models.DateField()
    data = models.BinaryField()
    digest = models.CharField(max_length=64)
    file_digest = models.CharField(max_length=64, db_default="")

    class Meta:
        """One of a kind after one event; a case page asks for its own, a check for that of a file."""

        constraints = [models.UniqueConstraint(fields=["case_id", "version", "kind"], name="paper_once")]
        indexes = [
            models.Index(fields=["file_digest"], condition=~models.Q(file_digest=""), name="paper_by_file")
        ]


class PaperSerial(models.Model):
    """The last number given out in a series; whoever numbers locks the row until the unit ends."""

    pk = models.CompositePrimaryKey("series", "year")
    series = models.CharField(max_length=40)
    year = models.IntegerField()
    last = models.BigIntegerField()

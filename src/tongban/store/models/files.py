"""Files: what is known of each; the bytes lie encrypted in a folder."""

from django.db import models


class StoredFile(models.Model):
    """A file by the hex SHA-256 of its bytes. The first name and media type given to it are kept."""

    digest = models.CharField(primary_key=True, max_length=64, db_collation="C")
    size_bytes = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=255)
    stored_at = models.DateTimeField()

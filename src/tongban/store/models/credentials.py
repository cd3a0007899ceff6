"""The register of licences."""

from django.db import models


class Credential(models.Model):
    """A licence. What it says of its holder (``disclosed``) is locked with the case's key.

    ``signed_part`` is the issuer-signed JWT: it holds salted hashes only, so it stays checkable by anybody
    when the case has been erased. ``act`` is the command that led to the state, ``ground`` its article.
    """

    credential_id = models.CharField(primary_key=True, max_length=80, db_collation="C")
    case_id = models.CharField(max_length=40, db_collation="C", db_index=True)
    signed_part = models.TextField()
    disclosed = models.BinaryField()
    leaf_key = models.CharField(max_length=120)
    state = models.CharField(max_length=2)
    state_since = models.DateTimeField()
    document_digest = models.CharField(max_length=64, default="")
    act = models.CharField(max_length=40, db_default="")
    ground = models.CharField(max_length=80, db_default="")

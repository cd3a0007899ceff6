"""Authorisations of agents and helpers."""

from django.db import models


class Mandate(models.Model):
    """What a principal has let somebody do; only ``revoked_at`` is ever written again, once."""

    id = models.CharField(primary_key=True, max_length=24, db_collation="C")
    principal_id = models.CharField(max_length=40)
    principal_name = models.CharField(max_length=200)
    helper_id = models.CharField(max_length=40)
    helper_name = models.CharField(max_length=200)
    items = models.JSONField()
    acts = models.JSONField()
    from_on = models.DateField()
    until_on = models.DateField()
    consent = models.CharField(max_length=16)
    recorded_by = models.CharField(max_length=150)
    recorded_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """What somebody gave, to one or to all."""

        indexes = [
            models.Index(fields=["principal_id", "helper_id", "recorded_at"], name="mandate_between"),
            models.Index(fields=["principal_id", "recorded_at"], name="mandate_principal"),
        ]

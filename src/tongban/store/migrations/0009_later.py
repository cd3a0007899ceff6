"""The index learns what is due later: when time itself acts, and when an officer must look."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two dates and three partial indexes; `store.rebuild` fills them for cases that are there."""

    dependencies = [("store", "0008_transfers")]
    operations = [
        migrations.AddField("caseindex", "wakes_on", models.DateField(null=True)),
        migrations.AddField("caseindex", "check_due_on", models.DateField(null=True)),
        migrations.AddIndex(
            "caseindex",
            models.Index(
                fields=["deciding_zone", "wakes_on", "case_id"],
                condition=models.Q(("wakes_on__isnull", False)),
                name="case_wakes",
            ),
        ),
        migrations.AddIndex(
            "caseindex",
            models.Index(
                fields=["deciding_zone", "check_due_on", "case_id"],
                condition=models.Q(("check_due_on__isnull", False)),
                name="case_to_check",
            ),
        ),
        migrations.AddIndex(
            "caseindex",
            models.Index(
                fields=["deciding_zone", "received_at", "case_id"],
                condition=models.Q(("waits_for", "authority")),
                name="case_with_authority",
            ),
        ),
    ]

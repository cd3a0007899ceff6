"""Receipts of bundles."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One table with the index of its one list."""

    dependencies = [("store", "0006_papers")]
    operations = [
        migrations.CreateModel(
            name="BundleReceipt",
            fields=[
                (
                    "number",
                    models.CharField(db_collation="C", max_length=48, primary_key=True, serialize=False),
                ),
                ("version", models.IntegerField()),
                ("bundle_id", models.CharField(max_length=80)),
                ("applicant_kind", models.CharField(max_length=16)),
                ("applicant_id", models.CharField(max_length=40)),
                ("agent_id", models.CharField(default="", max_length=40)),
                ("opened_at", models.DateTimeField()),
                ("data", models.BinaryField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["applicant_id", "-opened_at", "-number"], name="bundle_of_applicant")
                ],
            },
        ),
    ]

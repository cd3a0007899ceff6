"""Drafts that are looked at before they are handed in; rows are deleted within weeks."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One table."""

    dependencies = [("store", "0025_desk")]
    operations = [
        migrations.CreateModel(
            name="Precheck",
            fields=[
                (
                    "number",
                    models.CharField(db_collation="C", max_length=40, primary_key=True, serialize=False),
                ),
                ("applicant_id", models.CharField(max_length=40)),
                ("asked_at", models.DateTimeField()),
                ("until_on", models.DateField()),
                ("is_answered", models.BooleanField(default=False)),
                ("body", models.BinaryField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["is_answered", "until_on", "number"], name="precheck_list"),
                    models.Index(
                        fields=["applicant_id", "-asked_at", "-number"], name="precheck_of_applicant"
                    ),
                    models.Index(fields=["asked_at"], name="precheck_old"),
                ]
            },
        ),
    ]

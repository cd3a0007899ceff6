"""Files on their way between zones: what is offered, what is fetched."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0007_bundles"),
    ]

    operations = [
        migrations.CreateModel(
            name="OfferedFile",
            fields=[
                (
                    "blob",
                    models.CharField(db_collation="C", max_length=64, primary_key=True, serialize=False),
                ),
                ("case_id", models.CharField(db_collation="C", max_length=40)),
                ("digest", models.CharField(db_collation="C", max_length=64)),
                ("to_zone", models.CharField(max_length=40)),
                ("key", models.BinaryField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case_id", "digest"), name="offered_once_a_case")
                ],
            },
        ),
        migrations.CreateModel(
            name="WantedFile",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case_id", "digest", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("case_id", models.CharField(db_collation="C", max_length=40)),
                ("digest", models.CharField(db_collation="C", max_length=64)),
                ("from_zone", models.CharField(max_length=40)),
                ("blob", models.CharField(db_collation="C", max_length=64)),
                ("key", models.BinaryField()),
                ("size_bytes", models.BigIntegerField()),
                ("name", models.BinaryField()),
                ("wanted_at", models.DateTimeField()),
                ("next_at", models.DateTimeField(null=True)),
                ("attempts", models.IntegerField(db_default=0)),
                ("last_fault", models.CharField(db_default="", max_length=200)),
                ("arrived_at", models.DateTimeField(null=True)),
                ("given_up_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_at__isnull", False)),
                        fields=["next_at"],
                        name="wanted_file_due",
                    )
                ],
            },
        ),
    ]

"""Questions put to other zones before a promise is offered; rows are deleted within days."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One table."""

    dependencies = [("store", "0012_item_checks")]
    operations = [
        migrations.CreateModel(
            name="Inquiry",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "number", "zone", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.CharField(db_collation="C", max_length=48)),
                ("zone", models.CharField(max_length=40)),
                ("token", models.CharField(max_length=32)),
                ("about", models.BinaryField()),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("is_listed", models.BooleanField(null=True)),
                ("fault", models.CharField(max_length=200)),
            ],
            options={"indexes": [models.Index(fields=["asked_at"], name="inquiry_old")]},
        ),
    ]

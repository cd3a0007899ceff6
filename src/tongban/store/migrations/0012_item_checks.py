"""Checks of the item packs: the newest of each item."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One table."""

    dependencies = [("store", "0011_alliance")]
    operations = [
        migrations.CreateModel(
            name="ItemCheck",
            fields=[
                (
                    "item_id",
                    models.CharField(db_collation="C", max_length=80, primary_key=True, serialize=False),
                ),
                ("version", models.IntegerField()),
                ("content_hash", models.CharField(max_length=64)),
                ("checked_at", models.DateTimeField()),
                ("examples", models.IntegerField()),
                ("found", models.TextField()),
            ],
        ),
    ]

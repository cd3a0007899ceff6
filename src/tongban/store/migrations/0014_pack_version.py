"""Beside each rule table that decided: the version of the pack with which it was used first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies = [("store", "0013_inquiries")]
    operations = [
        migrations.AddField(
            model_name="ruletable", name="pack_version", field=models.IntegerField(db_default=0)
        ),
    ]

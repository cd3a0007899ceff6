"""The index learns which days a case's clock leaves out, so that lists show the right lamp."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Three columns; `store.rebuild` fills them for cases that are there."""

    dependencies = [("store", "0017_registers")]
    operations = [
        migrations.AddField("caseindex", "stopped_on", models.DateField(null=True)),
        migrations.AddField("caseindex", "pauses", models.TextField(db_default="")),
        migrations.AddField("caseindex", "is_extended", models.BooleanField(db_default=False)),
    ]

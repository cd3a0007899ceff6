from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0038_ratings_done"),
    ]

    operations = [
        migrations.AddField(
            model_name="caseindex",
            name="wish",
            field=models.CharField(db_default="", max_length=16),
        ),
    ]

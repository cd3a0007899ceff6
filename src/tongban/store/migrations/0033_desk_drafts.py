from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0032_supervision"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeskDraft",
            fields=[
                (
                    "case_id",
                    models.CharField(db_collation="C", max_length=40, primary_key=True, serialize=False),
                ),
                ("act", models.CharField(max_length=40)),
                ("by", models.CharField(max_length=80)),
                ("by_name", models.CharField(max_length=120)),
                ("words", models.BinaryField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["by", "-at", "-case_id"], name="draft_of_officer")],
            },
        ),
    ]

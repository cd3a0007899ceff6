from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0037_part_load"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="rating",
            index=models.Index(
                condition=models.Q(("is_bad", True), ("rectified_at__isnull", False)),
                fields=["zone", "-rated_at", "-case_id"],
                name="rating_done",
            ),
        ),
    ]

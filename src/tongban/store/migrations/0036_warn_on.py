from datetime import date

from django.db import migrations, models

FILL = """
UPDATE store_caseindex AS one SET warn_on = planned.fires_on
FROM (
    SELECT case_id, min(fires_on) AS fires_on FROM store_agendaentry WHERE kind = 'due-soon' GROUP BY case_id
) AS planned
WHERE one.case_id = planned.case_id
"""
"""The day of the reminder is the day on which the lamp turns, so rows that are there need no rebuild."""


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0035_machine_opinions"),
    ]

    operations = [
        migrations.AddField(
            model_name="caseindex",
            name="warn_on",
            field=models.DateField(db_default=date.max),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="caseindex",
            index=models.Index(
                condition=models.Q(("waits_for", "person")),
                fields=["deciding_zone", "warn_on", "case_id"],
                name="case_still_green",
            ),
        ),
    ]

from django.db import migrations, models

FILL = """
UPDATE store_matter AS one SET officer = held.officer
FROM (
    SELECT DISTINCT ON (case_id) case_id, officer FROM store_caseassignment ORDER BY case_id, number DESC
) AS held
WHERE one.register = 'part' AND one.about = held.case_id
"""
"""Whose each sub-case is stands in its assignments, so that lines that are there need no rebuild."""


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0036_warn_on"),
    ]

    operations = [
        migrations.AddField(
            model_name="matter",
            name="officer",
            field=models.CharField(db_default="", max_length=80),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(
                    ("is_open", True), ("register", "part"), models.Q(("officer", ""), _negated=True)
                ),
                fields=["officer", "subject"],
                name="matter_load",
            ),
        ),
    ]

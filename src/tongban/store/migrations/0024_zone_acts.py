"""Acts between zones, whose rows never change and never go, and the lines made of them."""

from django.db import migrations, models

GUARD = """
CREATE TRIGGER store_keep_rows BEFORE UPDATE OR DELETE ON store_zoneact
    FOR EACH ROW EXECUTE FUNCTION store_refuse_change();
CREATE TRIGGER store_keep_table BEFORE TRUNCATE ON store_zoneact
    FOR EACH STATEMENT EXECUTE FUNCTION store_refuse_change();
"""
RELEASE = """
DROP TRIGGER store_keep_table ON store_zoneact;
DROP TRIGGER store_keep_rows ON store_zoneact;
"""


class Migration(migrations.Migration):
    """Two tables and the guards of one."""

    dependencies = [
        ("store", "0023_pickups"),
    ]

    operations = [
        migrations.CreateModel(
            name="Matter",
            fields=[
                (
                    "subject",
                    models.CharField(db_collation="C", max_length=40, primary_key=True, serialize=False),
                ),
                ("register", models.CharField(max_length=16)),
                ("case_id", models.CharField(db_collation="C", max_length=40)),
                ("item_id", models.CharField(max_length=80)),
                ("about", models.CharField(max_length=200)),
                ("zone", models.CharField(max_length=40)),
                ("other_zone", models.CharField(max_length=40)),
                ("state", models.CharField(max_length=24)),
                ("is_open", models.BooleanField()),
                ("due_on", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                ("sort_on", models.DateField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_open", True)),
                        fields=["register", "sort_on", "subject"],
                        name="matter_open",
                    ),
                    models.Index(
                        condition=models.Q(("is_open", False)),
                        fields=["register", "-at", "-subject"],
                        name="matter_closed",
                    ),
                    models.Index(fields=["register", "about", "item_id"], name="matter_recurs"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ZoneAct",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("act_id", models.CharField(db_collation="C", max_length=40, unique=True)),
                ("subject", models.CharField(db_collation="C", max_length=40)),
                ("follows", models.CharField(db_collation="C", max_length=40)),
                ("register", models.CharField(max_length=16)),
                ("case_id", models.CharField(db_collation="C", max_length=40)),
                ("at", models.DateTimeField()),
                ("told", models.BinaryField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["subject", "number"], name="zone_act_about"),
                    models.Index(
                        condition=models.Q(("case_id", ""), _negated=True),
                        fields=["case_id", "number"],
                        name="zone_act_case",
                    ),
                    models.Index(
                        condition=models.Q(("register", "delegation")),
                        fields=["register", "number"],
                        name="zone_act_register",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("follows", ""), _negated=True),
                        fields=("subject", "follows"),
                        name="zone_act_once",
                    )
                ],
            },
        ),
        migrations.RunSQL(GUARD, RELEASE),
    ]

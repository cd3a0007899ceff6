"""Acts of the alliance: the common standard and the table. A row never changes and never goes."""

from django.db import migrations, models

GUARD = """
CREATE TRIGGER store_keep_rows BEFORE UPDATE OR DELETE ON store_allianceact
    FOR EACH ROW EXECUTE FUNCTION store_refuse_change();
CREATE TRIGGER store_keep_table BEFORE TRUNCATE ON store_allianceact
    FOR EACH STATEMENT EXECUTE FUNCTION store_refuse_change();
"""
RELEASE = """
DROP TRIGGER store_keep_table ON store_allianceact;
DROP TRIGGER store_keep_rows ON store_allianceact;
"""


class Migration(migrations.Migration):
    """One table and its guards."""

    dependencies = [("store", "0010_ratings")]
    operations = [
        migrations.CreateModel(
            name="AllianceAct",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("act_id", models.CharField(db_collation="C", max_length=40, unique=True)),
                ("subject", models.CharField(db_collation="C", max_length=40)),
                ("zone", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("outline", models.TextField()),
                ("files", models.TextField(db_default="")),
            ],
            options={
                "indexes": [models.Index(fields=["subject", "number"], name="alliance_act_about")],
            },
        ),
        migrations.RunSQL(GUARD, RELEASE),
    ]

"""The guard rails: kept rule tables, acts on the machine, later checks, replays, watch, proposals.

Tables that were used and acts on the machine are append-only (migration 0002). ``store_require_rails`` lets
the statement that keeps a decision see whether somebody turned a rail since the decision was prepared.
"""

import django.db.models.deletion
from django.db import migrations, models

TABLES = ("store_ruletable", "store_railact")
KEEP = "".join(
    f"""
CREATE TRIGGER store_keep_rows BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION store_refuse_change();
CREATE TRIGGER store_keep_table BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION store_refuse_change();
"""
    for table in TABLES
)
RELEASE = "".join(
    f"DROP TRIGGER store_keep_rows ON {table}; DROP TRIGGER store_keep_table ON {table};" for table in TABLES
)
REQUIRE = """
CREATE FUNCTION store_require_rails(seen bigint) RETURNS integer LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    IF seen IS DISTINCT FROM (SELECT coalesce(max(id), 0) FROM store_railact) THEN
        RAISE EXCEPTION 'a rail was turned while this decision was prepared'
            USING ERRCODE = 'serialization_failure';
    END IF;
    RETURN 1;
END $$;
"""


class Migration(migrations.Migration):
    """Make the tables, guard two of them, and the check at the end of a unit."""

    dependencies = [
        ("store", "0004_notices"),
    ]

    operations = [
        migrations.CreateModel(
            name="DriftAlarm",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("item_id", models.CharField(max_length=80)),
                ("rules_hash", models.CharField(max_length=64)),
                ("block", models.IntegerField()),
                ("feature", models.CharField(max_length=120)),
                ("value", models.CharField(max_length=120)),
                ("before_hits", models.IntegerField()),
                ("before_cases", models.IntegerField()),
                ("now_hits", models.IntegerField()),
                ("now_cases", models.IntegerField()),
                ("chance_ppb", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("seen_by", models.CharField(db_default="", max_length=120)),
                ("seen_at", models.DateTimeField(null=True)),
                ("seen_zh", models.TextField(db_default="")),
                ("seen_en", models.TextField(db_default="")),
            ],
        ),
        migrations.CreateModel(
            name="LaterCheck",
            fields=[
                (
                    "case_id",
                    models.CharField(db_collation="C", max_length=40, primary_key=True, serialize=False),
                ),
                ("item_id", models.CharField(max_length=80)),
                ("rules_hash", models.CharField(max_length=64)),
                ("chosen_at", models.DateTimeField()),
                ("verdict", models.CharField(db_default="", max_length=8)),
                ("reasons_zh", models.TextField(db_default="")),
                ("reasons_en", models.TextField(db_default="")),
                ("actor_kind", models.CharField(db_default="", max_length=16)),
                ("actor_id", models.CharField(db_default="", max_length=80)),
                ("actor_name", models.CharField(db_default="", max_length=120)),
                ("judged_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("item_id", models.CharField(max_length=80)),
                ("says", models.TextField()),
                ("text", models.TextField()),
                ("plain", models.TextField()),
                ("hash", models.CharField(max_length=64)),
                ("actor_id", models.CharField(max_length=80)),
                ("actor_name", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
                ("state", models.CharField(max_length=12)),
                ("compared", models.IntegerField(db_default=0)),
                ("differing", models.IntegerField(db_default=0)),
            ],
        ),
        migrations.CreateModel(
            name="RailAct",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("item_id", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=8)),
                ("sample_ppm", models.IntegerField(null=True)),
                ("reasons_zh", models.TextField()),
                ("reasons_en", models.TextField()),
                ("actor_kind", models.CharField(max_length=16)),
                ("actor_id", models.CharField(max_length=80)),
                ("actor_name", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ReplayDrift",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("case_id", models.CharField(db_collation="C", max_length=40)),
                ("kind", models.CharField(max_length=16)),
                ("says_zh", models.TextField()),
                ("says_en", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="ReplayRun",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("reason", models.CharField(max_length=16)),
                ("build", models.CharField(max_length=80)),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("after", models.CharField(db_collation="C", db_default="", max_length=40)),
                ("checked", models.IntegerField(db_default=0)),
                ("drifted", models.IntegerField(db_default=0)),
                ("unreadable", models.IntegerField(db_default=0)),
            ],
        ),
        migrations.CreateModel(
            name="RuleTable",
            fields=[
                (
                    "hash",
                    models.CharField(db_collation="C", max_length=64, primary_key=True, serialize=False),
                ),
                ("item_id", models.CharField(max_length=80)),
                ("version", models.IntegerField()),
                ("plain", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="ShadowDifference",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("case_id", models.CharField(db_collation="C", max_length=40)),
                ("then", models.CharField(max_length=8)),
                ("now", models.CharField(max_length=8)),
                ("says_zh", models.TextField()),
                ("says_en", models.TextField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="WatchBlock",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("item_id", models.CharField(max_length=80)),
                ("rules_hash", models.CharField(max_length=64)),
                ("number", models.IntegerField()),
                ("cases", models.IntegerField()),
                ("counts", models.TextField()),
                ("began_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="WatchCursor",
            fields=[
                ("id", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("case_id", models.CharField(db_collation="C", max_length=40)),
            ],
        ),
        migrations.AddIndex(
            model_name="caseevent",
            index=models.Index(
                condition=models.Q(("name", "Assessed")), fields=["zone", "case_id"], name="decision_of_case"
            ),
        ),
        migrations.AddIndex(
            model_name="caseevent",
            index=models.Index(
                condition=models.Q(("name", "Assessed")),
                fields=["zone", "at", "case_id"],
                name="decision_by_time",
            ),
        ),
        migrations.AddIndex(
            model_name="driftalarm",
            index=models.Index(fields=["item_id", "-id"], name="alarms_of_item"),
        ),
        migrations.AddIndex(
            model_name="latercheck",
            index=models.Index(
                condition=models.Q(("verdict", "")), fields=["chosen_at", "case_id"], name="check_waiting"
            ),
        ),
        migrations.AddIndex(
            model_name="latercheck",
            index=models.Index(fields=["item_id", "verdict"], name="check_of_item"),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["item_id", "-id"], name="proposals_of_item"),
        ),
        migrations.AddIndex(
            model_name="railact",
            index=models.Index(fields=["item_id", "-id"], name="rail_acts_of_item"),
        ),
        migrations.AddField(
            model_name="replaydrift",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="drifts", to="store.replayrun"
            ),
        ),
        migrations.AddField(
            model_name="shadowdifference",
            name="proposal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="differences", to="store.proposal"
            ),
        ),
        migrations.AddConstraint(
            model_name="watchblock",
            constraint=models.UniqueConstraint(
                fields=("item_id", "rules_hash", "number"), name="watch_block_once"
            ),
        ),
        migrations.RunSQL(KEEP + REQUIRE, RELEASE + "DROP FUNCTION store_require_rails(bigint);"),
    ]

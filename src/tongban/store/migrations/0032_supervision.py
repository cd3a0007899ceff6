"""Alerts of supervision: raised once, answered by adding, and nothing of them is changed or deleted."""

from django.db import migrations, models

GUARD = """
CREATE FUNCTION store_handle_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE kept store_supervisionalert := NEW;
BEGIN
    kept.handled_at := OLD.handled_at;
    IF kept IS DISTINCT FROM OLD OR OLD.handled_at IS NOT NULL OR NEW.handled_at IS NULL THEN
        RAISE EXCEPTION 'an alert is noted as answered once, and nothing else of it changes'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER store_handle_once BEFORE UPDATE ON store_supervisionalert
    FOR EACH ROW EXECUTE FUNCTION store_handle_once();
CREATE TRIGGER store_keep_rows BEFORE DELETE ON store_supervisionalert
    FOR EACH ROW EXECUTE FUNCTION store_refuse_change();
CREATE TRIGGER store_keep_table BEFORE TRUNCATE ON store_supervisionalert
    FOR EACH STATEMENT EXECUTE FUNCTION store_refuse_change();
CREATE TRIGGER store_keep_rows BEFORE UPDATE OR DELETE ON store_supervisionhandling
    FOR EACH ROW EXECUTE FUNCTION store_refuse_change();
CREATE TRIGGER store_keep_table BEFORE TRUNCATE ON store_supervisionhandling
    FOR EACH STATEMENT EXECUTE FUNCTION store_refuse_change();
"""
RELEASE = """
DROP TRIGGER store_keep_table ON store_supervisionhandling;
DROP TRIGGER store_keep_rows ON store_supervisionhandling;
DROP TRIGGER store_keep_table ON store_supervisionalert;
DROP TRIGGER store_keep_rows ON store_supervisionalert;
DROP TRIGGER store_handle_once ON store_supervisionalert; DROP FUNCTION store_handle_once();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0031_voices"),
    ]

    operations = [
        migrations.CreateModel(
            name="SupervisionAlert",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("rule", models.CharField(db_collation="C", max_length=40)),
                ("case_id", models.CharField(db_collation="C", max_length=40)),
                ("cause", models.CharField(max_length=80)),
                ("cause_on", models.DateField()),
                ("raised_at", models.DateTimeField()),
                ("handle_by", models.DateField(null=True)),
                ("handled_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SupervisionHandling",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "alert", "place", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("alert", models.BigIntegerField()),
                ("place", models.IntegerField()),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=80)),
                ("answer", models.CharField(max_length=16)),
                ("words", models.CharField(max_length=500)),
            ],
        ),
        migrations.CreateModel(
            name="SupervisionMark",
            fields=[
                (
                    "rule",
                    models.CharField(db_collation="C", max_length=40, primary_key=True, serialize=False),
                ),
                ("upto", models.DateTimeField()),
            ],
        ),
        migrations.AddIndex(
            model_name="caseevent",
            index=models.Index(
                condition=models.Q(("name", "CorrectionRequested")),
                fields=["zone", "at", "case_id"],
                name="correction_by_time",
            ),
        ),
        migrations.AddIndex(
            model_name="caseevent",
            index=models.Index(
                condition=models.Q(("name", "Granted")),
                fields=["zone", "at", "case_id"],
                name="grant_by_time",
            ),
        ),
        migrations.AddIndex(
            model_name="firedentry",
            index=models.Index(fields=["kind", "fired_at", "case_id"], name="fired_of_kind"),
        ),
        migrations.AddIndex(
            model_name="outgoingmessage",
            index=models.Index(fields=["queued_at", "case_id"], name="outgoing_by_time"),
        ),
        migrations.AddIndex(
            model_name="supervisionalert",
            index=models.Index(
                condition=models.Q(("handled_at__isnull", True)),
                fields=["rule", "number"],
                include=("handle_by",),
                name="alert_open",
            ),
        ),
        migrations.AddIndex(
            model_name="supervisionalert",
            index=models.Index(
                condition=models.Q(("handled_at__isnull", False)),
                fields=["rule", "-number"],
                name="alert_handled",
            ),
        ),
        migrations.AddConstraint(
            model_name="supervisionalert",
            constraint=models.UniqueConstraint(fields=("rule", "case_id", "cause_on"), name="alert_once"),
        ),
        migrations.RunSQL(GUARD, RELEASE),
    ]

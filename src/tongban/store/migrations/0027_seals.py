"""The seal: acts and uses stay as they were written; a use is finished once, with the sealed document."""

from django.db import migrations, models

KEEP = """
CREATE TRIGGER store_keep_rows BEFORE UPDATE OR DELETE ON store_sealact
    FOR EACH ROW EXECUTE FUNCTION store_refuse_change();
CREATE TRIGGER store_keep_table BEFORE TRUNCATE ON store_sealact
    FOR EACH STATEMENT EXECUTE FUNCTION store_refuse_change();
CREATE FUNCTION store_finish_use_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE kept store_sealuse := NEW;
BEGIN
    kept.sealed_digest := OLD.sealed_digest;
    IF kept IS DISTINCT FROM OLD OR (OLD.sealed_digest <> '' AND OLD.sealed_digest <> NEW.sealed_digest) THEN
        RAISE EXCEPTION 'a use of the seal is finished once, and nothing else of it changes'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER store_finish_once BEFORE UPDATE ON store_sealuse
    FOR EACH ROW EXECUTE FUNCTION store_finish_use_once();
CREATE TRIGGER store_keep_rows BEFORE DELETE ON store_sealuse
    FOR EACH ROW EXECUTE FUNCTION store_refuse_change();
CREATE TRIGGER store_keep_table BEFORE TRUNCATE ON store_sealuse
    FOR EACH STATEMENT EXECUTE FUNCTION store_refuse_change();
"""
RELEASE = """
DROP TRIGGER store_keep_rows ON store_sealact; DROP TRIGGER store_keep_table ON store_sealact;
DROP TRIGGER store_finish_once ON store_sealuse; DROP TRIGGER store_keep_rows ON store_sealuse;
DROP TRIGGER store_keep_table ON store_sealuse; DROP FUNCTION store_finish_use_once();
"""


class Migration(migrations.Migration):
    """Make the tables and guard two of them."""

    dependencies = [
        ("store", "0026_prechecks"),
    ]

    operations = [
        migrations.CreateModel(
            name="SealHour",
            fields=[
                ("begins_at", models.DateTimeField(primary_key=True, serialize=False)),
                ("used", models.IntegerField()),
            ],
        ),
        migrations.AlterField(
            model_name="account",
            name="role",
            field=models.CharField(
                choices=[
                    ("applicant", "applicant"),
                    ("clerk", "clerk"),
                    ("officer", "officer"),
                    ("head", "head"),
                    ("steward", "steward"),
                    ("operator", "operator"),
                    ("custodian", "custodian"),
                ],
                default="applicant",
                max_length=16,
            ),
        ),
        migrations.CreateModel(
            name="SealAct",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=12)),
                ("at", models.DateTimeField()),
                ("first_id", models.CharField(max_length=80)),
                ("first_name", models.CharField(max_length=120)),
                ("second_id", models.CharField(db_default="", max_length=80)),
                ("second_name", models.CharField(db_default="", max_length=120)),
                ("begins_at", models.DateTimeField(null=True)),
                ("ends_at", models.DateTimeField(null=True)),
                ("is_by_rota", models.BooleanField(db_default=False)),
                ("reasons_zh", models.TextField(db_default="")),
                ("reasons_en", models.TextField(db_default="")),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("kind", "proposed"), _negated=True),
                        fields=["-number"],
                        name="seal_act_settling",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SealRefusal",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=12)),
                ("document_id", models.CharField(db_collation="C", max_length=120)),
                ("case_id", models.CharField(db_collation="C", max_length=40)),
                ("version", models.IntegerField()),
                ("code", models.CharField(max_length=40)),
                ("says_zh", models.TextField()),
                ("says_en", models.TextField()),
                ("source", models.CharField(max_length=120)),
                ("first_at", models.DateTimeField()),
                ("at", models.DateTimeField()),
                ("is_waiting", models.BooleanField()),
                ("times", models.IntegerField(db_default=1)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["first_at", "number"], name="seal_refusal_by_day"),
                    models.Index(fields=["case_id", "number"], name="seal_refusal_of_case"),
                    models.Index(fields=["document_id", "number"], name="seal_refusal_of_document"),
                    models.Index(
                        condition=models.Q(("is_waiting", True)),
                        fields=["at", "number"],
                        name="seal_refusal_waiting",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "document_id", "code"), name="seal_refusal_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SealUse",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=12)),
                ("document_id", models.CharField(db_collation="C", max_length=120)),
                ("printed_number", models.CharField(max_length=120)),
                ("case_id", models.CharField(db_collation="C", max_length=40)),
                ("version", models.IntegerField()),
                ("event", models.CharField(max_length=40)),
                ("drawn_digest", models.CharField(max_length=64)),
                ("drawn_bytes", models.IntegerField()),
                ("activation", models.BigIntegerField()),
                ("first_id", models.CharField(max_length=80)),
                ("first_name", models.CharField(max_length=120)),
                ("second_id", models.CharField(max_length=80)),
                ("second_name", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
                ("salt", models.CharField(max_length=22)),
                ("sealed_digest", models.CharField(db_default="", max_length=64)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["at", "number"], name="seal_use_by_day"),
                    models.Index(fields=["case_id", "number"], name="seal_use_of_case"),
                    models.Index(fields=["kind", "document_id", "number"], name="seal_use_of_document"),
                    models.Index(fields=["printed_number", "number"], name="seal_use_by_number"),
                    models.Index(
                        condition=models.Q(("sealed_digest", ""), _negated=True),
                        fields=["sealed_digest"],
                        name="seal_use_by_file",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEEP, RELEASE),
    ]

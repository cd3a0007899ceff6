"""Written documents with numbers that are given once; the database refuses to change what was written."""

import django.db.models
from django.db import migrations, models

KEEP = """
CREATE FUNCTION store_keep_paper() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.file_digest <> '' OR (NEW.paper_id, NEW.number, NEW.kind, NEW.case_id, NEW.version, NEW.dated_on,
        NEW.data, NEW.digest) IS DISTINCT FROM (OLD.paper_id, OLD.number, OLD.kind, OLD.case_id, OLD.version,
        OLD.dated_on, OLD.data, OLD.digest)
    THEN
        RAISE EXCEPTION 'a document of % gets its sealed file once, and nothing else changes', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER store_keep_paper BEFORE UPDATE ON store_paper FOR EACH ROW EXECUTE FUNCTION store_keep_paper();
CREATE TRIGGER store_keep_rows BEFORE DELETE ON store_paper
    FOR EACH ROW EXECUTE FUNCTION store_refuse_change();
CREATE TRIGGER store_keep_table BEFORE TRUNCATE ON store_paper
    FOR EACH STATEMENT EXECUTE FUNCTION store_refuse_change();
"""
RELEASE = """
DROP TRIGGER store_keep_paper ON store_paper;
DROP TRIGGER store_keep_rows ON store_paper;
DROP TRIGGER store_keep_table ON store_paper;
DROP FUNCTION store_keep_paper();
"""


class Migration(migrations.Migration):
    """Two tables, and a mark on the index for what is still to be written."""

    dependencies = [("store", "0005_guard")]
    operations = [
        migrations.CreateModel(
            name="PaperSerial",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "series", "year", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("series", models.CharField(max_length=40)),
                ("year", models.IntegerField()),
                ("last", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                (
                    "paper_id",
                    models.CharField(db_collation="C", max_length=80, primary_key=True, serialize=False),
                ),
                ("number", models.CharField(max_length=80, unique=True)),
                ("kind", models.CharField(max_length=40)),
                ("case_id", models.CharField(db_collation="C", max_length=40)),
                ("version", models.IntegerField()),
                ("dated_on", models.DateField()),
                ("data", models.BinaryField()),
                ("digest", models.CharField(max_length=64)),
                ("file_digest", models.CharField(db_default="", max_length=64)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case_id", "version", "kind"), name="paper_once")
                ]
            },
        ),
        migrations.AddField("caseindex", "papers_version", models.IntegerField(db_default=0)),
        migrations.AddIndex(
            "caseindex",
            models.Index(
                fields=["-updated_at", "case_id"],
                condition=django.db.models.Q(papers_version__lt=django.db.models.F("version")),
                name="case_papers_due",
            ),
        ),
        migrations.RunSQL(KEEP, RELEASE),
    ]

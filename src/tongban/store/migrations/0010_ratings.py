"""Ratings: given once; a bad one is put right once, and nothing else of it changes."""

from django.db import migrations, models

GUARD = """
CREATE FUNCTION store_rectify_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.rectified_at IS NOT NULL OR NEW.rectified_at IS NULL
        OR (NEW.case_id, NEW.part, NEW.zone, NEW.item_id, NEW.level, NEW.is_bad, NEW.said, NEW.rated_at)
        IS DISTINCT FROM
        (OLD.case_id, OLD.part, OLD.zone, OLD.item_id, OLD.level, OLD.is_bad, OLD.said, OLD.rated_at)
    THEN
        RAISE EXCEPTION 'a row of % is put right once, and nothing else of it changes', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER store_rectify_once BEFORE UPDATE ON store_rating
    FOR EACH ROW EXECUTE FUNCTION store_rectify_once();
CREATE TRIGGER store_keep_rows BEFORE DELETE ON store_rating
    FOR EACH ROW EXECUTE FUNCTION store_refuse_change();
CREATE TRIGGER store_keep_table BEFORE TRUNCATE ON store_rating
    FOR EACH STATEMENT EXECUTE FUNCTION store_refuse_change();
"""
RELEASE = """
DROP TRIGGER store_keep_table ON store_rating;
DROP TRIGGER store_keep_rows ON store_rating;
DROP TRIGGER store_rectify_once ON store_rating;
DROP FUNCTION store_rectify_once();
"""


class Migration(migrations.Migration):
    """One table and its guards."""

    dependencies = [("store", "0009_later")]
    operations = [
        migrations.CreateModel(
            name="Rating",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case_id", "part", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("case_id", models.CharField(db_collation="C", max_length=40)),
                ("part", models.CharField(max_length=16)),
                ("zone", models.CharField(max_length=40)),
                ("item_id", models.CharField(max_length=80)),
                ("level", models.CharField(max_length=40)),
                ("is_bad", models.BooleanField()),
                ("said", models.BinaryField()),
                ("rated_at", models.DateTimeField()),
                ("rectify_by", models.DateField(null=True)),
                ("rectified_at", models.DateTimeField(null=True)),
                ("rectified_by", models.CharField(db_default="", max_length=150)),
                ("rectified_name", models.CharField(db_default="", max_length=150)),
                ("rectified_words", models.CharField(db_default="", max_length=500)),
                ("is_called_back", models.BooleanField(db_default=False)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["zone", "item_id", "level"], name="rating_counts"),
                    models.Index(
                        condition=models.Q(("is_bad", True), ("rectified_at__isnull", True)),
                        fields=["zone", "rated_at", "case_id"],
                        name="rating_open",
                    ),
                ]
            },
        ),
        migrations.RunSQL(GUARD, RELEASE),
    ]

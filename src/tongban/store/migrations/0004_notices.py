"""What other zones have told this one. A notice is taken note of once; nothing else of it ever changes."""

from django.db import migrations, models

GUARD = """
CREATE FUNCTION store_take_note_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.taken_at IS NOT NULL OR NEW.taken_at IS NULL
        OR (NEW.number, NEW.from_zone, NEW.message_id, NEW.notice, NEW.ground, NEW.item_id, NEW.case_id,
            NEW.told, NEW.received_at)
        IS DISTINCT FROM (OLD.number, OLD.from_zone, OLD.message_id, OLD.notice, OLD.ground, OLD.item_id,
            OLD.case_id, OLD.told, OLD.received_at)
    THEN
        RAISE EXCEPTION 'a row of % is taken note of once, and nothing else of it changes', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER store_take_once BEFORE UPDATE ON store_notice
    FOR EACH ROW EXECUTE FUNCTION store_take_note_once();
CREATE TRIGGER store_keep_rows BEFORE DELETE ON store_notice
    FOR EACH ROW EXECUTE FUNCTION store_refuse_change();
CREATE TRIGGER store_keep_table BEFORE TRUNCATE ON store_notice
    FOR EACH STATEMENT EXECUTE FUNCTION store_refuse_change();
"""
RELEASE = """
DROP TRIGGER store_keep_table ON store_notice;
DROP TRIGGER store_keep_rows ON store_notice;
DROP TRIGGER store_take_once ON store_notice;
DROP FUNCTION store_take_note_once();
"""


class Migration(migrations.Migration):
    """One table and its guards."""

    dependencies = [("store", "0003_serials")]
    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("from_zone", models.CharField(max_length=40)),
                ("message_id", models.CharField(db_collation="C", max_length=80)),
                ("notice", models.CharField(max_length=500)),
                ("ground", models.CharField(max_length=500)),
                ("item_id", models.CharField(max_length=500)),
                ("case_id", models.CharField(db_collation="C", max_length=40)),
                ("told", models.BinaryField()),
                ("received_at", models.DateTimeField()),
                ("taken_at", models.DateTimeField(null=True)),
                ("taken_by", models.CharField(db_default="", max_length=150)),
                ("taken_name", models.CharField(db_default="", max_length=150)),
                ("taken_words", models.CharField(db_default="", max_length=500)),
                ("is_marked", models.BooleanField(db_default=False)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("taken_at__isnull", True)), fields=["number"], name="notice_open"
                    ),
                    models.Index(
                        condition=models.Q(("taken_at__isnull", False)),
                        fields=["number"],
                        name="notice_taken",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("from_zone", "message_id"), name="notice_once")
                ],
            },
        ),
        migrations.RunSQL(GUARD, RELEASE),
    ]

"""The agenda of each case, and what has fallen due: kept for ever, passed on once."""

from django.db import migrations, models

GUARD = """
CREATE FUNCTION store_tell_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.told_at IS NOT NULL OR NEW.told_at IS NULL
        OR (NEW.number, NEW.case_id, NEW.kind, NEW.fires_on, NEW.about_on, NEW.recipient, NEW.tells,
            NEW.fired_at)
        IS DISTINCT FROM
        (OLD.number, OLD.case_id, OLD.kind, OLD.fires_on, OLD.about_on, OLD.recipient, OLD.tells,
            OLD.fired_at)
    THEN
        RAISE EXCEPTION 'a row of % is passed on once, and nothing else of it changes', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER store_tell_once BEFORE UPDATE ON store_firedentry
    FOR EACH ROW EXECUTE FUNCTION store_tell_once();
CREATE TRIGGER store_keep_rows BEFORE DELETE ON store_firedentry
    FOR EACH ROW EXECUTE FUNCTION store_refuse_change();
CREATE TRIGGER store_keep_table BEFORE TRUNCATE ON store_firedentry
    FOR EACH STATEMENT EXECUTE FUNCTION store_refuse_change();
"""
RELEASE = """
DROP TRIGGER store_keep_table ON store_firedentry;
DROP TRIGGER store_keep_rows ON store_firedentry;
DROP TRIGGER store_tell_once ON store_firedentry;
DROP FUNCTION store_tell_once();
"""
_NAME = [
    ("case_id", models.CharField(db_collation="C", max_length=40)),
    ("kind", models.CharField(db_collation="C", max_length=40)),
    ("fires_on", models.DateField()),
    ("about_on", models.DateField()),
    ("recipient", models.CharField(max_length=16)),
    ("tells", models.BooleanField(default=True)),
]


class Migration(migrations.Migration):
    """Two tables; `store.rebuild` fills the first for cases that are there."""

    dependencies = [("store", "0015_hall")]
    operations = [
        migrations.CreateModel(
            name="AgendaEntry",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case_id",
                        "kind",
                        "fires_on",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                *_NAME,
                ("fired_at", models.DateTimeField(null=True)),
                ("put_off_until", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("fired_at__isnull", True), models.Q(("recipient", "time"), _negated=True)
                        ),
                        fields=["fires_on", "case_id"],
                        name="agenda_due",
                    ),
                    models.Index(
                        condition=models.Q(("fired_at__isnull", True), ("recipient", "time")),
                        fields=["fires_on", "case_id"],
                        name="agenda_acts",
                    ),
                    models.Index(
                        condition=models.Q(("fired_at__isnull", False)),
                        fields=["recipient", "fires_on", "case_id"],
                        name="agenda_standing",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="FiredEntry",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                *_NAME,
                ("fired_at", models.DateTimeField()),
                ("told_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("tells", True),
                            ("told_at__isnull", True),
                            models.Q(("recipient", "time"), _negated=True),
                        ),
                        fields=["number"],
                        name="fired_untold",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("case_id", "kind", "fires_on"), name="fired_once")
                ],
            },
        ),
        migrations.RunSQL(GUARD, RELEASE),
    ]

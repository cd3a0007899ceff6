"""Rows of registers that cases write: which case, what they say later, and a count against lost writings.

What stands in a register before this cannot be told from what a case has marked in it, so it counts as
written by a case (``before-registers``): loading the same data again then leaves it alone.
"""

from django.db import migrations, models

_NEXT_REVISION = """
CREATE FUNCTION store_next_revision(old bigint, proposed bigint) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    -- Below 0: the writer has not looked, and means to write over whatever stands there.
    IF proposed < 0 THEN
        RETURN abs(old) + 1;
    END IF;
    IF proposed <> abs(old) + 1 THEN
        RAISE EXCEPTION 'a register row was written since it was read'
            USING ERRCODE = 'serialization_failure';
    END IF;
    RETURN proposed;
END $$
"""


class Migration(migrations.Migration):
    """Four columns of register rows, and the function that counts."""

    dependencies = [("store", "0016_agenda")]

    operations = [
        migrations.AddField(
            "heldrecord", "cause", models.CharField(max_length=40, db_collation="C", default="")
        ),
        migrations.AddField("heldrecord", "later", models.JSONField(default=list)),
        migrations.AddField(
            "heldrecord", "attested_as", models.CharField(max_length=80, db_collation="C", default="")
        ),
        migrations.AddField("heldrecord", "revision", models.BigIntegerField(default=1)),
        migrations.RunSQL("UPDATE store_heldrecord SET cause = 'before-registers'", migrations.RunSQL.noop),
        migrations.RunSQL(_NEXT_REVISION, "DROP FUNCTION store_next_revision(bigint, bigint)"),
    ]

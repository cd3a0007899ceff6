"""The zone's serial numbers, drawn in blocks: each process takes fifty at a time."""

from django.db import migrations

BLOCK = 50


class Migration(migrations.Migration):
    """One sequence; a step of it is a block."""

    dependencies = [("store", "0002_append_only"), ("procrastinate", "0041_post_retry_failed_job")]
    operations = [
        migrations.RunSQL(
            f"CREATE SEQUENCE store_serial AS bigint START 1 INCREMENT BY {BLOCK};",
            "DROP SEQUENCE store_serial;",
        )
    ]

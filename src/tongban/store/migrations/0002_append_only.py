"""What was written stays: events, leaves, nodes and checkpoints cannot be changed, deleted or emptied.

The database refuses by itself, for every program and person that comes through it. A leaf may be given its
place in the log, once. Whoever owns the tables could take the triggers away; that is a change of the schema,
which leaves a trace in the server's log, and the signed checkpoints held by other zones would still tell.
"""

from django.db import migrations

TABLES = ("store_caseevent", "store_ledgerleaf", "store_ledgernode", "store_checkpoint")

REFUSE = """
CREATE FUNCTION store_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
"""

PLACE_ONCE = """
CREATE FUNCTION store_place_leaf_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.idx IS NOT NULL OR NEW.idx IS NULL
        OR (NEW.id, NEW.key, NEW.data, NEW.hash) IS DISTINCT FROM (OLD.id, OLD.key, OLD.data, OLD.hash)
    THEN
        RAISE EXCEPTION 'a leaf of % is given its place once, and nothing else of it changes', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER store_place_once BEFORE UPDATE ON store_ledgerleaf
    FOR EACH ROW EXECUTE FUNCTION store_place_leaf_once();
"""


def _guards(table: str) -> str:
    rows = "DELETE" if table == "store_ledgerleaf" else "UPDATE OR DELETE"
    return f"""
CREATE TRIGGER store_keep_rows BEFORE {rows} ON {table}
    FOR EACH ROW EXECUTE FUNCTION store_refuse_change();
CREATE TRIGGER store_keep_table BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION store_refuse_change();
"""


def _release(table: str) -> str:
    return f"DROP TRIGGER store_keep_rows ON {table}; DROP TRIGGER store_keep_table ON {table};"


class Migration(migrations.Migration):
    """Guard the append-only tables."""

    dependencies = [("store", "0001_tables")]
    operations = [
        migrations.RunSQL(
            REFUSE + PLACE_ONCE + "".join(_guards(table) for table in TABLES),
            "".join(_release(table) for table in TABLES)
            + "DROP TRIGGER store_place_once ON store_ledgerleaf;"
            + "DROP FUNCTION store_place_leaf_once(); DROP FUNCTION store_refuse_change();",
        )
    ]

"""One database and one role for each zone, on one server; no zone may look into another's."""

from collections.abc import Sequence
from pathlib import Path

import psycopg
from psycopg import sql

from tongban.hosting.kept import keep_secret
from tongban.hosting.postgres import Cluster


def ensure_zone_databases(cluster: Cluster, zones: Sequence[str], secrets_folder: Path) -> dict[str, str]:
    """Make what is missing and return each zone's database address (a secret).

    The zone ``wuxi`` gets the database ``tongban_wuxi``, owned by the role of that name, which may
    neither make databases nor enter another zone's. Twice: the same addresses, nothing changed.

    Args:
        cluster: a running server.
        zones: zone names as in content/zones.
        secrets_folder: where the roles' passwords are kept, a file each (0600).
    """
    addresses = {}
    with psycopg.connect(cluster.admin_url, autocommit=True) as connection:
        for zone in zones:
            name = f"tongban_{zone}"
            password = keep_secret(secrets_folder / f"database-{zone}")
            ensure_role(connection, name, password)
            ensure_database(connection, name, name)
            addresses[zone] = cluster.url_for(name, name, password)
    return addresses


def ensure_role(
    connection: psycopg.Connection, role: str, password: str, *, may_make_databases: bool = False
) -> None:
    """Make the role if need be and set its password."""
    found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    act = sql.SQL("ALTER" if found else "CREATE")
    right = sql.SQL("CREATEDB" if may_make_databases else "NOCREATEDB")
    connection.execute(
        sql.SQL("{} ROLE {} LOGIN NOSUPERUSER {} PASSWORD {}").format(
            act, sql.Identifier(role), right, sql.Literal(password)
        )
    )


def ensure_database(connection: psycopg.Connection, name: str, owner: str) -> None:
    """Make the database if need be; nobody but its owner may connect to it."""
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return
    connection.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE template0").format(
            sql.Identifier(name), sql.Identifier(owner)
        )
    )
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))

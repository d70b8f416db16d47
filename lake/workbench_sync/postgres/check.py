from __future__ import annotations

from ..failure import SyncFailure
from .connect import Database, Snapshot
from .settings import Settings


def check_source(settings: Settings) -> None:
    """Raises SyncFailure in words that say what to change, where the configuration cannot be read with."""
    database = Database(settings)
    try:
        snapshot = database.snapshot()
        try:
            check_schemas(snapshot, settings)
            if settings.method == "cdc":
                check_replication(snapshot, settings)
        finally:
            snapshot.close()
    finally:
        database.close()


def check_schemas(snapshot: Snapshot, settings: Settings) -> None:
    found = dict(
        snapshot.rows(
            "SELECT nspname::text, has_schema_privilege(oid, 'USAGE') FROM pg_namespace WHERE nspname = ANY(%s)",
            (list(settings.schemas),),
        )
    )
    missing = [name for name in settings.schemas if name not in found]
    if missing:
        database = settings.parameters["dbname"]
        hint = "Names of schemas are case-sensitive."
        raise SyncFailure("not_found", f"The database {database} has no schema {', '.join(missing)}.", hint=hint)
    closed = [name for name, may in found.items() if not may]
    if closed:
        hint = "GRANT USAGE ON SCHEMA and SELECT on its tables to the user."
        raise SyncFailure("forbidden", f"The user may not look into the schema {', '.join(closed)}.", hint=hint)


def check_replication(snapshot: Snapshot, settings: Settings) -> None:
    level, may, published = snapshot.rows(
        "SELECT current_setting('wal_level'), "
        "(SELECT rolreplication OR rolsuper FROM pg_roles WHERE rolname = current_user), "
        "EXISTS (SELECT FROM pg_publication WHERE pubname = %s)",
        (settings.publication,),
    )[0]
    if level != "logical":
        hint = "Set wal_level = logical in the server's configuration and restart it."
        raise SyncFailure("invalid_input", f"The server's wal_level is {level}; replication needs logical.", hint=hint)
    if not may:
        hint = "ALTER ROLE … REPLICATION (on managed servers: grant rds_replication or its like)."
        raise SyncFailure("forbidden", "The user may not replicate.", hint=hint)
    if not published:
        hint = f"CREATE PUBLICATION {settings.publication} FOR ALL TABLES, or for the tables that are to be read."
        raise SyncFailure("not_found", f"There is no publication {settings.publication}.", hint=hint)

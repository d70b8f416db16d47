"""Connected databases, each under its connection's name: read only, as a role that owns nothing."""

from __future__ import annotations

import os
import re
from typing import Any

import duckdb

from ..failures import QueryFailure
from .engine_errors import failure_of
from .quoting import quoted, text

# What the role may do beyond reading. `owned` counts tables, views and the like of the database that are its own.
_ROLE = """
SELECT r.rolname AS role, r.rolsuper AS super, r.rolcreaterole AS creates_roles, r.rolreplication AS replicates,
  (SELECT coalesce(string_agg(g.rolname, ', '), '') FROM pg_roles g WHERE g.rolname IN
    ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program', 'pg_write_all_data')
    AND pg_has_role(r.rolname, g.oid, 'MEMBER')) AS powers,
  (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
    AND pg_has_role(r.rolname, c.relowner, 'MEMBER')) AS owned
FROM pg_roles r WHERE r.rolname = current_user
"""

_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,200}")
_TAKEN = {"lake", "analytics", "memory", "temp", "system", "main", "pg_catalog", "information_schema"}
_SSL = {"disable", "prefer", "require"}
_CONNECT_SECONDS = 5


def attach_databases(
    connection: duckdb.DuckDBPyConnection, databases: list[dict[str, Any]], timeout_ms: int, application: str
) -> None:
    """Attach each database under its `catalog`, for reading. `timeout_ms` bounds each of its statements; 0 does not.

    Its sessions are told by the name `application`.

    Raises QueryFailure `engine_unavailable` where one does not answer, and `invalid_input` where its role can do more
    than read.
    """
    if databases:
        # libpq reads it for every connection; DuckDB's own words for a session do not reach all of them.
        options = ["-c default_transaction_read_only=on", "-c idle_in_transaction_session_timeout=3600000"]
        if timeout_ms > 0:
            options.append(f"-c statement_timeout={timeout_ms}")
        os.environ["PGOPTIONS"] = " ".join(options)
        os.environ["PGCONNECT_TIMEOUT"] = str(_CONNECT_SECONDS)
        os.environ["PGAPPNAME"] = application
    for index, database in enumerate(databases):
        _attach(connection, database, f"database_{index}")


def _attach(connection: duckdb.DuckDBPyConnection, database: dict[str, Any], secret: str) -> None:
    catalog = database["catalog"]
    if not _NAME.fullmatch(catalog) or catalog.lower() in _TAKEN or database["ssl"] not in _SSL:
        raise QueryFailure("invalid_input", "A connected database has a name that the engine cannot use.")
    try:
        connection.execute(
            f"CREATE SECRET {secret} (TYPE postgres, HOST {text(database['host'])}, PORT {int(database['port'])}, "
            f"DATABASE {text(database['database'])}, USER {text(database['user'])}, "
            f"PASSWORD {text(database['password'])})"
        )
        connection.execute(
            f"ATTACH 'sslmode={database['ssl']}' AS {quoted(catalog)} (TYPE postgres, SECRET {secret}, READ_ONLY)"
        )
        found = connection.execute(f"SELECT * FROM postgres_query({text(catalog)}, {text(_ROLE)})").fetchone()
    except duckdb.Error as error:
        raise _unreachable(catalog, error) from error
    if found is None:
        raise QueryFailure("engine_failed", f"The database {catalog} does not say who its role is.")
    _refuse_powerful(catalog, database["database"], *found)


def _unreachable(catalog: str, error: duckdb.Error) -> QueryFailure:
    reason = " Its password or its user is refused." if "authentication failed" in str(error) else ""
    failure = failure_of(error)
    return QueryFailure(
        failure.code if failure.code == "timed_out" else "engine_unavailable",
        f"The database {catalog} cannot be reached.{reason}",
        hint="Check the connection, then run the statement again.",
        retryable=reason == "",
    )


def _refuse_powerful(
    catalog: str,
    database: str,
    role: str,
    is_super: bool,
    creates_roles: bool,
    replicates: bool,
    powers: str,
    owned: int,
) -> None:
    reasons = [
        *(["is a superuser"] if is_super else []),
        *(["may make roles"] if creates_roles else []),
        *(["may replicate the server"] if replicates else []),
        *([f"is a member of {powers}"] if powers and not is_super else []),
        *([f"owns {owned} tables of the database"] if owned and not is_super else []),
    ]
    if not reasons:
        return
    reader = quoted(f"{catalog}_reader")
    place = quoted(database)
    raise QueryFailure(
        "invalid_input",
        f"Statements do not run on {catalog} as the role {role}, which {' and '.join(reasons)}.",
        hint=(
            "Give the connection a role that can only read: "
            f"CREATE ROLE {reader} LOGIN PASSWORD '<password>'; GRANT CONNECT ON DATABASE {place} TO {reader}; "
            f"GRANT USAGE ON SCHEMA public TO {reader}; GRANT SELECT ON ALL TABLES IN SCHEMA public TO {reader}; "
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO {reader};"
        ),
    )

"""Stops what a statement still does in connected databases: they do not hear the interrupt of who waits for them."""

from __future__ import annotations

import logging
import threading
from typing import Any

_CONNECT_SECONDS = 2
_STOP = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name = %s AND pid <> pg_backend_pid()"

log = logging.getLogger("workbench_query")


def cancel_backends(databases: list[dict[str, Any]], application: str) -> None:
    """Have each database stop what the sessions of `application` do. Returns at once; the work is a thread's."""
    for database in databases:
        threading.Thread(target=_cancel, args=(database, application), daemon=True).start()


def _cancel(database: dict[str, Any], application: str) -> None:
    import psycopg2

    try:
        connection = psycopg2.connect(
            host=database["host"],
            port=database["port"],
            dbname=database["database"],
            user=database["user"],
            password=database["password"],
            sslmode=database["ssl"],
            connect_timeout=_CONNECT_SECONDS,
            application_name="benchwright-cancel",
        )
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(_STOP, (application,))
        finally:
            connection.close()
    except psycopg2.Error:
        log.info("a database did not take the cancellation of %s", application)

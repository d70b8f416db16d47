from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

import adbc_driver_manager
import adbc_driver_postgresql
import adbc_driver_postgresql.dbapi
import psycopg2
import pyarrow as pa
from adbc_driver_postgresql import StatementOptions
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import make_dsn, quote_ident

from ..failure import SyncFailure
from .failures import connect_failure, failure_of, postgres_failures
from .settings import Settings

#: How long to wait for somebody who is changing a table.
LOCK_TIMEOUT = "30s"
#: What one batch of columns may take in memory.
BATCH_BYTES = 24 * 1024 * 1024
SESSION = (
    "SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'iso_8601'; SET extra_float_digits = 1; "
    "SET bytea_output = 'hex'; SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; "
    f"SET lock_timeout = '{LOCK_TIMEOUT}'; SET standard_conforming_strings = on; SET search_path = pg_catalog"
)


def holding(relation: str) -> str:
    return f"SELECT FROM {relation} LIMIT 0"


class Database:
    """Opens connections of one configuration. Its certificates lie in a private folder until it is closed."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._folder: Path | None = None
        self.dsn = make_dsn(**settings.parameters, **self._certificates())

    def _certificates(self) -> dict[str, str]:
        if not self.settings.certificates:
            return {}
        self._folder = Path(tempfile.mkdtemp(prefix="source-postgres-"))
        paths = {}
        for name, text in self.settings.certificates.items():
            path = self._folder / name
            path.touch(mode=0o600)
            path.write_text(text)
            paths[name] = str(path)
        return paths

    def connect(self, **options: object) -> Connection:
        """A psycopg2 connection, its session's settings made; raises SyncFailure in words about what to change."""
        try:
            connection = psycopg2.connect(self.dsn, **options)
        except psycopg2.Error as error:
            parameters = self.settings.parameters
            host, port, name = parameters["host"], parameters["port"], parameters["dbname"]
            raise connect_failure(error, host, port, name, parameters.get("user")) from error
        if "connection_factory" not in options:
            with postgres_failures("preparing the session"):
                with connection.cursor() as cursor:
                    cursor.execute(SESSION)
                connection.commit()
            if connection.server_version < 130000:
                connection.close()
                raise SyncFailure("invalid_input", "This PostgreSQL is older than 13, the oldest that can be read.")
        return connection

    def snapshot(self, name: str | None = None) -> Snapshot:
        """A snapshot of now, or the one that another session lends under this name."""
        return Snapshot(self, name)

    def close(self) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


class Snapshot:
    """A read-only transaction that sees one moment, and lends this moment to other connections while it is open."""

    def __init__(self, database: Database, name: str | None = None) -> None:
        self.connection = database.connect()
        with postgres_failures("taking a snapshot"):
            self.connection.set_session(isolation_level="REPEATABLE READ", readonly=True, autocommit=False)
            with self.connection.cursor() as cursor:
                if name is None:
                    cursor.execute("SELECT pg_export_snapshot()")
                    (name,) = cursor.fetchone()
                else:
                    cursor.execute("SET TRANSACTION SNAPSHOT %s", (name,))
                cursor.execute("SELECT pg_current_snapshot()::text")
                (visible,) = cursor.fetchone()
        self.name = name
        #: The oldest transaction that still ran, and the first that had not begun (64 bits).
        self.horizon, self.end = (int(part) for part in visible.split(":")[:2])

    def hold(self, relation: str) -> None:
        """Keeps the relation (quoted) from being dropped or changed until this is closed."""
        with postgres_failures(f"opening {relation}"), self.connection.cursor() as cursor:
            cursor.execute(holding(relation))

    def rows(self, statement: object, values: object = None) -> list[tuple]:
        with postgres_failures("looking at the table"), self.connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()

    def text(self, composed: object) -> str:
        return composed.as_string(self.connection) if hasattr(composed, "as_string") else str(composed)

    def quoted(self, name: str) -> str:
        return quote_ident(name, self.connection)

    def close(self) -> None:
        with suppress(psycopg2.Error):
            self.connection.close()


@contextmanager
def told(doing: str) -> Iterator[None]:
    """Turns what the driver raises while it gives rows, which comes through Arrow, into a SyncFailure."""
    try:
        yield
    except (adbc_driver_manager.Error, pa.ArrowException, OSError) as error:
        raise failure_of(error, doing) from error


class ColumnConnection:
    """A connection that sees a lent snapshot and gives the rows of a query as batches of columns."""

    def __init__(self, database: Database, snapshot_name: str | None, hold: str | None) -> None:
        self._reading = f"reading {hold}" if hold else "reading"
        try:
            self._connection = adbc_driver_postgresql.dbapi.connect(database.dsn, autocommit=True)
        except Exception as error:
            raise failure_of(error, "connecting") from error
        with postgres_failures("taking over the snapshot"):
            self._do(SESSION)
            if snapshot_name is not None:
                self._do("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                self._do(f"SET TRANSACTION SNAPSHOT '{snapshot_name}'")
            if hold is not None:
                self._do(holding(hold))

    def _do(self, statements: str) -> None:
        with self._connection.cursor() as cursor:
            for statement in statements.split("; "):
                cursor.execute(statement)

    def batches(self, query: str) -> Iterator[pa.RecordBatch]:
        """Yields record batches of some BATCH_BYTES; leaving it early ends the query. Raises SyncFailure."""
        with self._connection.cursor() as cursor:
            size = {StatementOptions.BATCH_SIZE_HINT_BYTES.value: str(BATCH_BYTES)}
            cursor.adbc_statement.set_options(**size)
            with told(self._reading):
                cursor.execute(query)
                reader = cursor.fetch_record_batch()
            with reader:
                while True:
                    with told(self._reading):
                        batch = next(reader, None)
                    if batch is None:
                        return
                    yield batch

    def cancel(self) -> None:
        with suppress(Exception):
            self._connection.adbc_cancel()

    def close(self) -> None:
        with suppress(Exception):
            self._connection.close()

    def __enter__(self) -> ColumnConnection:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

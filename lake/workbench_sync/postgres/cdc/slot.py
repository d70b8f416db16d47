from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterator
from contextlib import suppress

import psycopg2
from psycopg2.extras import LogicalReplicationConnection

from ...failure import SyncFailure
from ..connect import ColumnConnection, Database
from ..failures import postgres_failures
from .pgoutput import Message, decode, lsn_text

BUSY_SECONDS = 20.0
WAIT_SECONDS = 0.1


def slot_name(prefix: str, schema: str, table: str) -> str:
    """The slot of one stream: each has its own, since each is read, retried and refreshed alone."""
    digest = hashlib.sha256(f"{schema}\0{table}".encode()).hexdigest()[:12]
    return f"{prefix}_{digest}"


def drop_slots(database: Database, prefix: str) -> list[str]:
    """Drops the slots of all streams that were read under the prefix in this database, and gives their names.

    Raises SyncFailure("conflict") where one of them is being read.
    """
    connection = database.connect()
    try:
        connection.autocommit = True
        with postgres_failures("dropping the replication slots"), connection.cursor() as cursor:
            cursor.execute(
                "SELECT slot_name::text FROM pg_replication_slots WHERE database = current_database() "
                "AND plugin = 'pgoutput' ORDER BY 1"
            )
            ours = re.compile(rf"{re.escape(prefix)}_[0-9a-f]{{12}}")
            names = [name for (name,) in cursor.fetchall() if ours.fullmatch(name)]
    finally:
        connection.close()
    for name in names:
        Slot(database, name, "").drop()
    return names


class Slot:
    """A logical replication slot. What it holds back of the server's log is let go by `confirm` alone."""

    def __init__(self, database: Database, name: str, publication: str) -> None:
        self.database, self.name, self.publication = database, name, publication
        self._maker: LogicalReplicationConnection | None = None

    def position(self) -> int | None:
        """Up to where its changes were confirmed; None where there is no such slot."""
        found = self._query(
            "SELECT confirmed_flush_lsn - '0/0'::pg_lsn, plugin, wal_status FROM pg_replication_slots "
            "WHERE slot_name = %s",
            (self.name,),
        )
        if not found:
            return None
        lsn, plugin, wal_status = found[0]
        if plugin != "pgoutput":
            hint = "Choose another replication_slot."
            raise SyncFailure("conflict", f"The slot {self.name} is of the plugin {plugin}.", hint=hint)
        return None if wal_status == "lost" or lsn is None else int(lsn)

    def make(self) -> tuple[int, str]:
        """Makes the slot anew; gives where its changes begin, and a snapshot of exactly that moment, which lasts until
        `release`."""
        self.drop()
        self._maker = self.database.connect(connection_factory=LogicalReplicationConnection)
        with postgres_failures(f"making the replication slot {self.name}"), self._maker.cursor() as cursor:
            cursor.execute(f"CREATE_REPLICATION_SLOT {self.name} LOGICAL pgoutput EXPORT_SNAPSHOT")
            _, lsn, snapshot, _ = cursor.fetchone()
        high, low = lsn.split("/")
        return (int(high, 16) << 32) + int(low, 16), snapshot

    def drop(self) -> None:
        self.wait_until_free()
        self._query(
            "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = %s", (self.name,)
        )

    def release(self) -> None:
        if self._maker is not None:
            with suppress(psycopg2.Error):
                self._maker.close()
            self._maker = None

    def confirm(self, lsn: int) -> None:
        """Lets the server forget what lies before."""
        self.wait_until_free()
        self._query("SELECT pg_replication_slot_advance(%s, %s::pg_lsn)", (self.name, lsn_text(lsn)))

    def _query(self, statement: str, values: tuple) -> list[tuple]:
        connection = self.database.connect()
        try:
            connection.autocommit = True
            with postgres_failures(f"using the replication slot {self.name}"), connection.cursor() as cursor:
                cursor.execute(statement, values)
                return cursor.fetchall()
        finally:
            connection.close()

    def wait_until_free(self) -> None:
        """The server notices a moment late that a reader of before has gone."""
        deadline = time.monotonic() + BUSY_SECONDS
        while self._query("SELECT 1 FROM pg_replication_slots WHERE slot_name = %s AND active", (self.name,)):
            if time.monotonic() > deadline:
                message = f"Somebody else reads from the replication slot {self.name}."
                raise SyncFailure("conflict", message, retryable=True)
            time.sleep(WAIT_SECONDS)

    def messages(self, end: int, least: int) -> Iterator[Message | None]:
        """The messages of the transactions that were committed before `end`, in order of their commits, without letting
        go of them; after some `least` of them it stops at the end of a transaction. None for one that says nothing of
        rows."""
        self.wait_until_free()
        options = f"'proto_version', '1', 'publication_names', {literal(quoted_list(self.publication))}"
        asked = f"{literal(self.name)}, '{lsn_text(end)}', {least}, {options}"
        query = f"SELECT data FROM pg_logical_slot_peek_binary_changes({asked})"
        with ColumnConnection(self.database, None, None) as connection:
            for batch in connection.batches(query):
                for payload in batch.column(0):
                    yield decode(payload.as_py())


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def quoted_list(name: str) -> str:
    """One name as the list of names that the protocol takes."""
    return '"' + name.replace('"', '""') + '"'

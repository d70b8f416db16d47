from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from ...fail_points import fail_point
from ...failure import SyncFailure
from ...native_source import Checkpoint, ReadPlan, StagedFile
from ..connect import Database, Snapshot
from ..cursor_range import REFRESH_HINT, Group
from ..decode import Specials
from ..pages import units_of
from ..reading import ParquetFiles, Reading
from ..relations import Relation, column_read_as, relation_named
from ..settings import Settings
from .changes import ChangeLog, Changes
from .pgoutput import lsn_number, lsn_text
from .rows import DELETED, RowMaker
from .slot import Slot, slot_name

#: What is kept in memory of a piece of the log before it is written to a file.
PENDING_ROWS, PENDING_BYTES = 100_000, 64 * 1024 * 1024
#: Log that may lie before the state is moved on although nothing of it concerns the table.
IDLE_BYTES = 16 * 1024 * 1024


class CdcStream:
    """One table by logical replication: first whole, at the moment at which its slot begins, then change by change.

    The state is {kind: "cdc", slot, lsn}: the lake has everything that was committed before `lsn`. The server is told
    so only after the lake's commit; a value that is large and did not change, which the log leaves out, is taken from
    the table as it is when it is read.
    """

    needs_key = True
    key_is_unique = True

    def __init__(
        self, settings: Settings, stream: dict[str, Any], state: dict[str, Any] | None, checkpoint_rows: int
    ) -> None:
        self._settings, self._state, self._checkpoint_rows = settings, state, checkpoint_rows
        self._database = Database(settings)
        self._snapshot: Snapshot | None = None
        self._slot: Slot | None = None
        self.warnings: list[str] = []
        self.estimated_rows: int | None = None
        try:
            self._open(stream)
        except BaseException:
            self.close()
            raise
        self.schema = pa.schema([column.field for column in self.relation.columns])
        self.primary_key = self.relation.primary_key

    def _open(self, stream: dict[str, Any]) -> None:
        settings = self._settings
        self._snapshot = self._database.snapshot()
        self.relation = relation_named(self._snapshot, settings, stream["name"], stream.get("namespace"))
        self._tables = replicated_tables(self._snapshot, self.relation, settings.publication)
        name = slot_name(settings.slot_prefix, self.relation.schema, self.relation.name)
        self._slot = Slot(self._database, name, settings.publication)
        if self._state is None:
            self._snapshot.close()
            self._snapshot = None
            self._start, lent = self._slot.make()
            fail_point("after_slot")
            self._snapshot = self._database.snapshot(lent)
            self.relation = relation_named(self._snapshot, settings, stream["name"], stream.get("namespace"))
            self._table = self._snapshot.text(self.relation.quoted)
            self._snapshot.hold(self._table)
            self.estimated_rows = self.relation.rows
            return
        self._go_on(self._state, name)
        self._end = int(self._snapshot.rows("SELECT pg_current_wal_flush_lsn() - '0/0'::pg_lsn")[0][0])
        self._snapshot.close()
        self._snapshot = None

    def _go_on(self, state: dict[str, Any], name: str) -> None:
        if state.get("kind") != "cdc" or state.get("slot") != name:
            message = f"{self.relation.name} was not read from the slot {name} before."
            raise SyncFailure("invalid_input", message, hint=REFRESH_HINT)
        assert self._slot is not None
        self._start = lsn_number(state["lsn"])
        position = self._slot.position()
        if position is None:
            message = f"The replication slot {name} is gone, or the server threw its log away: changes were missed."
            raise SyncFailure("conflict", message, hint=REFRESH_HINT)
        if position > self._start:
            message = f"The replication slot {name} is ahead of the lake's table: changes were missed."
            raise SyncFailure("conflict", message, hint=REFRESH_HINT)
        if position < self._start:
            self._slot.confirm(self._start)

    def read(self, plan: ReadPlan) -> Iterator[Checkpoint]:
        specials = Specials(self._settings.special_values)
        yield from self._read_table(plan, specials) if self._state is None else self._read_log(plan, specials)
        for warning in specials.warnings():
            self.warnings.append(warning)
            plan.log("warn", warning)

    def _state_at(self, lsn: int) -> dict[str, Any]:
        assert self._slot is not None
        return {"kind": "cdc", "slot": self._slot.name, "lsn": lsn_text(lsn)}

    def _read_table(self, plan: ReadPlan, specials: Specials) -> Iterator[Checkpoint]:
        assert self._snapshot is not None
        columns = [column_read_as(self.relation, name, plan.casts.get(name)) for name in plan.columns]
        quoted = [self._snapshot.quoted(column.name) for column in columns]
        group = Group(units_of(self._snapshot, self.relation), self._state_at(self._start))
        reading = Reading(self._database, self._snapshot.name, self._table, columns, quoted, [group], plan, specials)
        for _, files in reading.run():
            rows, size = sum(file.rows for file in files), sum(file.bytes for file in files)
            yield Checkpoint("append", tuple(files), group.state, rows, size, is_last=True)

    def _read_log(self, plan: ReadPlan, specials: Specials) -> Iterator[Checkpoint]:
        assert self._slot is not None
        columns = [column_read_as(self.relation, name, plan.casts.get(name)) for name in plan.columns]
        maker = RowMaker(self._database, self.relation, columns, self.primary_key, specials)
        number, done = 0, False
        try:
            while not done:
                piece = _Piece(maker, plan, number)
                done = self._read_piece(piece, plan)
                checkpoint = self._checkpoint(piece, done)
                yield checkpoint
                if checkpoint.is_needed:
                    fail_point("before_confirm")
                    self._slot.confirm(self._start)
                    fail_point("after_confirm")
                number += 1
        finally:
            maker.close()

    def _read_piece(self, piece: _Piece, plan: ReadPlan) -> bool:
        """Reads what one checkpoint takes; true where that was all there is."""
        assert self._slot is not None
        log = ChangeLog(self._tables, self.primary_key, self._start)
        seen = 0
        for message in self._slot.messages(self._end, self._checkpoint_rows):
            seen += 1
            if message is not None:
                log.apply(message)
            if log.is_truncated:
                piece.forget()
                log.is_truncated = False
            if len(log.changes.rows) >= PENDING_ROWS or log.changes.bytes >= PENDING_BYTES:
                piece.write(log.take())
            if plan.is_cancelled():
                raise SyncFailure("cancelled", "The sync was cancelled.")
        piece.write(log.take())
        done = seen < self._checkpoint_rows
        piece.lsn = max(self._start, self._end if done else log.lsn or 0)
        return done

    def _checkpoint(self, piece: _Piece, done: bool) -> Checkpoint:
        files = piece.closed()
        is_needed = bool(files) or piece.is_truncated or not done or piece.lsn - self._start > IDLE_BYTES
        self._start = piece.lsn
        return Checkpoint(
            mode="overwrite" if piece.is_truncated else "merge",
            files=tuple(files),
            state=self._state_at(piece.lsn),
            rows=sum(file.rows for file in files),
            bytes=sum(file.bytes for file in files),
            key=self.primary_key,
            delete_marker=DELETED,
            is_last=done,
            is_needed=is_needed,
        )

    def close(self) -> None:
        if self._snapshot is not None:
            self._snapshot.close()
        if self._slot is not None:
            self._slot.release()
        self._database.close()


class _Piece:
    """The files of one checkpoint while they are written; later rows of a key stand after earlier ones."""

    def __init__(self, maker: RowMaker, plan: ReadPlan, number: int) -> None:
        self._maker, self._plan, self._number = maker, plan, number
        self._attempt = 0
        self.is_truncated = False
        self.rows = 0
        self.lsn = 0
        self._files = self._new_files()

    def _new_files(self) -> ParquetFiles:
        prefix = f"changes-{self._number:05}-{self._attempt}"
        return ParquetFiles(self._plan.stage(self._number), prefix, self._plan.rows_per_file)

    def forget(self) -> None:
        """The table was emptied: what was written of it before is void."""
        self._files.close()
        self._attempt += 1
        self.is_truncated = True
        self.rows = 0
        self._files = self._new_files()

    def write(self, changes: Changes) -> None:
        for batch in self._maker.batches(list(changes.rows.items())):
            self._files.write(self._plan.on_batch(batch))
            self._plan.on_rows(batch.num_rows, batch.nbytes)
            self.rows += batch.num_rows

    def closed(self) -> list[StagedFile]:
        self._files.close()
        return self._files.files


def replicated_tables(snapshot: Snapshot, relation: Relation, publication: str) -> frozenset[tuple[str, str]]:
    """The table and its partitions as the log names them; raises SyncFailure where their changes would not be told."""
    where = f"{relation.schema}.{relation.name}"
    if relation.kind not in ("r", "p"):
        message = f"{where} is no table: the log has no changes of it."
        raise SyncFailure("invalid_input", message, hint="Read it in full, or by a cursor in a connection of its own.")
    if not relation.primary_key:
        message = f"{where} has no primary key, by which changes could find their rows."
        raise SyncFailure("invalid_input", message, hint="Give it one, or read it in full.")
    found = snapshot.rows(
        "SELECT n.nspname, c.relname, c.relreplident, c.relkind, "
        "EXISTS (SELECT FROM pg_publication_tables p WHERE p.pubname = %s AND "
        "((p.schemaname, p.tablename) = (n.nspname, c.relname) OR (p.schemaname, p.tablename) = (%s, %s))) "
        "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE c.oid = %s OR c.oid IN (SELECT relid FROM pg_partition_tree(%s::oid::regclass))",
        (publication, relation.schema, relation.name, relation.oid, relation.oid),
    )
    for schema, name, identity, kind, published in found:
        if kind == "p":
            continue
        if not published:
            hint = f"ALTER PUBLICATION {publication} ADD TABLE {where}."
            raise SyncFailure("invalid_input", f"{schema}.{name} is not in the publication {publication}.", hint=hint)
        if identity not in ("d", "f"):
            hint = f"ALTER TABLE {where} REPLICA IDENTITY DEFAULT."
            raise SyncFailure("invalid_input", f"The log does not tell {schema}.{name}'s rows by its key.", hint=hint)
    return frozenset((schema, name) for schema, name, *_ in found)

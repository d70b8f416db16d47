from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from ..failure import SyncFailure
from ..native_source import Checkpoint, ReadPlan
from .connect import ColumnConnection, Database, Snapshot
from .cursor_range import CursorRange, Group, Range, cursor_column
from .decode import Specials
from .pages import units_of
from .reading import Reading
from .relations import column_read_as, relation_named
from .row_versions import FAR, written_in
from .settings import Settings


class PostgresStream:
    """One table or view, opened for one read: whole, by cursor or by row versions. A NativeStream.

    Its snapshot is taken when it is opened: the columns are those of that moment, and so are the rows.
    """

    needs_key = False

    def __init__(
        self, settings: Settings, stream: dict[str, Any], state: dict[str, Any] | None, checkpoint_rows: int
    ) -> None:
        self._settings = settings
        self._database = Database(settings)
        try:
            self._snapshot = self._database.snapshot()
        except BaseException:
            self._database.close()
            raise
        try:
            self.relation = relation_named(self._snapshot, settings, stream["name"], stream.get("namespace"))
            self._table = self._snapshot.text(self.relation.quoted)
            self._snapshot.hold(self._table)
            self._range = self._planned(stream, state, checkpoint_rows)
        except BaseException:
            self.close()
            raise
        self.schema = pa.schema([column.field for column in self.relation.columns])
        self.primary_key = self.relation.primary_key
        self.key_is_unique = bool(self.primary_key)
        self.estimated_rows = self._range.estimated_rows
        self.warnings = list(self._range.warnings)

    def _planned(self, stream: dict[str, Any], state: dict[str, Any] | None, checkpoint_rows: int) -> Range:
        if stream.get("sync_mode") != "incremental":
            return Range((Group(units_of(self._snapshot, self.relation), None),), self.relation.rows)
        if self._settings.method == "xmin":
            return self._by_versions(state)
        name = cursor_name(stream)
        if name is None:
            message = f"{stream['name']} is to be read incrementally, but names no cursor_field."
            raise SyncFailure("invalid_input", message)
        column = cursor_column(self.relation, name)
        return CursorRange(
            self._snapshot,
            self.relation,
            column,
            state,
            lookback_seconds=self._settings.lookback_seconds,
            checkpoint_rows=checkpoint_rows,
        ).plan()

    def _by_versions(self, state: dict[str, Any] | None) -> Range:
        snapshot, relation = self._snapshot, self.relation
        if not relation.has_row_versions:
            message = f"{relation.name} is a view or a foreign table: its rows do not tell who wrote them."
            raise SyncFailure("invalid_input", message, hint="Read it by a cursor or in full.")
        if state and state.get("kind") != "xmin":
            hint = "Refresh the stream: it is then read anew from the start."
            raise SyncFailure("invalid_input", f"{relation.name} was not read by xmin before.", hint=hint)
        before = int(state["horizon"]) if state else None
        warnings = ()
        if before is not None and before > snapshot.end:
            before, warnings = None, ("The server counts its transactions anew: the whole table is read again.",)
        since = "true" if before is None else written_in(before, snapshot.end)
        settled = "true" if snapshot.horizon == snapshot.end else f"NOT {written_in(snapshot.horizon, snapshot.end)}"
        units = units_of(snapshot, relation, f"{since} AND {settled}")
        group = Group(units, {"kind": "xmin", "horizon": str(snapshot.horizon)})
        repeats = before is not None and snapshot.end - before < FAR
        return Range((group,), relation.rows if before is None else None, warnings, repeats)

    def read(self, plan: ReadPlan) -> Iterator[Checkpoint]:
        columns = [column_read_as(self.relation, name, plan.casts.get(name)) for name in plan.columns]
        quoted = [self._snapshot.quoted(column.name) for column in columns]
        specials = Specials(self._settings.special_values)
        for warning in self.warnings:
            plan.log("warn", warning)
        whole = self._range.groups[-1].state is None
        reading = Reading(
            self._database, self._snapshot.name, self._table, columns, quoted, self._range.groups, plan, specials
        )
        for group, files in reading.run():
            rows = sum(file.rows for file in files)
            yield Checkpoint(
                mode="overwrite" if whole else "append",
                files=tuple(files),
                state=group.state,
                rows=rows,
                bytes=sum(file.bytes for file in files),
                is_last=group is self._range.groups[-1],
                is_needed=rows > 0 or not self._range.repeats,
            )
        for warning in specials.warnings():
            self.warnings.append(warning)
            plan.log("warn", warning)

    @property
    def groups(self) -> tuple[Group, ...]:
        return self._range.groups

    @property
    def json_query(self) -> str:
        """The start of a query that gives each row as one JSON document; FROM and WHERE and `) r` come after it."""
        parts = []
        for column in self.relation.columns:
            name = self._snapshot.quoted(column.name)
            parts.append(f"{column.type.json_expression.replace('{}', f't.{name}')} AS {name}")
        return f"SELECT row_to_json(r)::text FROM (SELECT {', '.join(parts)}"

    def connection(self) -> ColumnConnection:
        """One more connection that sees the same moment."""
        return ColumnConnection(self._database, self._snapshot.name, self._table)

    def close(self) -> None:
        snapshot: Snapshot | None = getattr(self, "_snapshot", None)
        if snapshot is not None:
            snapshot.close()
        self._database.close()


def cursor_name(stream: dict[str, Any]) -> str | None:
    """The cursor of a stream's description: a name, or a path of one name as the protocol has it."""
    given = stream.get("cursor_field")
    if isinstance(given, list):
        return given[-1] if given else None
    return given or None

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ..fail_points import fail_point
from ..failure import SyncFailure
from ..native_source import ReadPlan, StagedFile
from .connect import ColumnConnection, Database
from .cursor_range import Group, Unit
from .decode import Specials, decoded
from .relations import Column

WORKERS = 2
POLL_SECONDS = 0.2
ROW_GROUP_ROWS = 250_000
#: Rows by which a column is judged to repeat itself.
LOOKED_AT = 4096


class ParquetFiles:
    """Writes batches to files of one folder, a new one after `rows_per_file`; not for several threads at once."""

    def __init__(self, folder: Path, prefix: str, rows_per_file: int) -> None:
        self._folder = folder
        self._prefix = prefix
        self._rows_per_file = rows_per_file
        self._writer: pq.ParquetWriter | None = None
        self._rows = self._bytes = 0
        self.files: list[StagedFile] = []

    def write(self, batch: pa.RecordBatch) -> None:
        at = 0
        while at < batch.num_rows:
            count = min(ROW_GROUP_ROWS, self._rows_per_file - self._rows)
            part = batch.slice(at, count)
            self._write(part)
            at += part.num_rows

    def _write(self, batch: pa.RecordBatch) -> None:
        if self._writer is None:
            self._path = self._folder / f"{self._prefix}-{len(self.files):05}.parquet"
            repeated = repetitive(batch)
            self._writer = pq.ParquetWriter(
                self._path,
                batch.schema,
                compression="zstd",
                compression_level=1,
                store_decimal_as_integer=True,
                use_dictionary=repeated or False,
                column_encoding=delta_encoded(batch.schema, repeated),
            )
        self._writer.write_batch(batch)
        self._rows += batch.num_rows
        self._bytes += batch.nbytes
        if self._rows >= self._rows_per_file:
            self.close()

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self.files.append(StagedFile(str(self._path), self._rows, self._bytes))
            self._writer, self._rows, self._bytes = None, 0, 0
            fail_point("after_stage")


def repetitive(batch: pa.RecordBatch) -> list[str]:
    """Names of the columns that are worth a dictionary, by the first rows: texts, and what is the same in every row."""
    found = []
    for column, array in zip(batch.schema, batch.columns, strict=True):
        if not pa.types.is_nested(column.type):
            most = LOOKED_AT // 8 if pa.types.is_string(column.type) else 1
            if len(array) >= 64 and pc.count_distinct(array.slice(0, LOOKED_AT), mode="all").as_py() <= most:
                found.append(column.name)
    return found


def delta_encoded(schema: pa.Schema, repeated: list[str]) -> dict[str, str]:
    """The whole numbers, dates and times, which are smaller and sooner written as their differences."""
    kinds = (pa.types.is_integer, pa.types.is_date, pa.types.is_timestamp, pa.types.is_time)
    return {
        field.name: "DELTA_BINARY_PACKED"
        for field in schema
        if field.name not in repeated and any(is_kind(field.type) for is_kind in kinds)
    }


@dataclass
class Done:
    """What became of one group."""

    files: list[StagedFile] = field(default_factory=list)
    units_left: int = 0
    writers_open: int = 0


class Reading:
    """Reads groups of units on several connections of one snapshot, and tells the groups' files in order.

    A group is begun when the one `read_ahead` before it was taken. What goes wrong on one connection ends the others.
    """

    def __init__(
        self,
        database: Database,
        snapshot_name: str,
        relation: str,
        columns: Sequence[Column],
        quoted: Sequence[str],
        groups: Sequence[Group],
        plan: ReadPlan,
        specials: Specials,
    ) -> None:
        self._database, self._snapshot_name, self._relation = database, snapshot_name, relation
        self._columns, self._groups, self._plan, self._specials = columns, groups, plan, specials
        self._query = select_of(columns, quoted)
        self.schema = pa.schema([column.field for column in columns])
        self._waiting = [(number, unit) for number, group in enumerate(groups) for unit in group.units]
        self._done = [Done(units_left=len(group.units)) for group in groups]
        self._taken = 0
        self._state = threading.Condition()
        self._failed: BaseException | None = None
        self._stopped = False
        self._connections: list[ColumnConnection] = []
        self._said: queue.SimpleQueue[None] = queue.SimpleQueue()

    def run(self) -> Iterator[tuple[Group, list[StagedFile]]]:
        workers = min(WORKERS, len(self._waiting))
        threads = [threading.Thread(target=self._work, args=(number,), daemon=True) for number in range(workers)]
        for thread in threads:
            thread.start()
        try:
            for number, group in enumerate(self._groups):
                self._wait_for(number)
                yield group, self._done[number].files
                with self._state:
                    self._taken = number + 1
                    self._state.notify_all()
        finally:
            self._stop()
            for thread in threads:
                thread.join()

    def _wait_for(self, number: int) -> None:
        with self._state:
            while True:
                if self._failed is not None:
                    raise self._failed
                if self._plan.is_cancelled():
                    raise SyncFailure("cancelled", "The sync was cancelled.")
                done = self._done[number]
                if done.units_left == 0 and done.writers_open == 0:
                    return
                self._state.wait(POLL_SECONDS)

    def _stop(self) -> None:
        with self._state:
            self._stopped = True
            self._state.notify_all()
            connections = list(self._connections)
        for connection in connections:
            connection.cancel()

    def _work(self, worker: int) -> None:
        try:
            with ColumnConnection(self._database, self._snapshot_name, self._relation) as connection:
                with self._state:
                    self._connections.append(connection)
                try:
                    self._work_on(connection, worker)
                finally:
                    with self._state:
                        self._connections.remove(connection)
        except BaseException as error:
            with self._state:
                self._failed = self._failed or error
                self._state.notify_all()
            self._stop()

    def _work_on(self, connection: ColumnConnection, worker: int) -> None:
        at: int | None = None
        files: ParquetFiles | None = None
        while True:
            number, unit = self._next(at)
            if files is not None and number != at:
                files.close()
                self._closed(at, files)
                files = None
            if unit is None:
                if number is None:
                    return
                at = None
                continue
            if files is None:
                folder = self._plan.stage(number)
                files = ParquetFiles(folder, f"part-{number:05}-{worker}", self._plan.rows_per_file)
            at = number
            self._read(connection, unit, files)
            with self._state:
                self._done[number].units_left -= 1
                self._state.notify_all()

    def _next(self, at: int | None) -> tuple[int | None, Unit | None]:
        """The next unit and its group; no unit but a number where the open files are to be closed first."""
        with self._state:
            while True:
                if self._stopped or not self._waiting:
                    return None, None
                number = self._waiting[0][0]
                if number < self._taken + max(1, self._plan.read_ahead) or number == at:
                    number, unit = self._waiting.pop(0)
                    if number != at:
                        self._done[number].writers_open += 1
                    return number, unit
                if at is not None:
                    return -1, None
                self._state.wait(POLL_SECONDS)

    def _closed(self, number: int | None, files: ParquetFiles) -> None:
        with self._state:
            done = self._done[number or 0]
            done.files.extend(files.files)
            done.writers_open -= 1
            self._state.notify_all()

    def _read(self, connection: ColumnConnection, unit: Unit, files: ParquetFiles) -> None:
        for batch in connection.batches(f"{self._query} FROM {unit.source} WHERE {unit.condition}"):
            if self._stopped:
                return
            refuse_dimensions(batch, self._columns, batch.num_columns - 1)
            arrays = decoded(batch, self._columns, self._specials)
            ready = pa.RecordBatch.from_arrays(arrays, schema=self.schema)
            files.write(self._plan.on_batch(ready))
            fail_point("after_batch")
            self._plan.on_rows(batch.num_rows, ready.nbytes)


def refuse_dimensions(batch: pa.RecordBatch, columns: Sequence[Column], at: int) -> None:
    """Raises SyncFailure where the batch's column `at`, which select_of added, tells of an array that no list holds."""
    lists = [column.name for column in columns if column.type.is_list]
    if lists and pc.any(batch.column(at)).as_py():
        raise SyncFailure(
            "engine_failed",
            f"An array of more than one dimension is in {', '.join(lists)}, which a list cannot hold.",
            hint='Set arrays to "json" in the source\'s configuration and refresh the stream.',
        )


def select_of(columns: Sequence[Column], quoted: Sequence[str]) -> str:
    """SELECT and its expressions, plus whether an array has more than one dimension where there are lists."""
    expressions = [
        column.type.expression.replace("{}", f"t.{name}") for column, name in zip(columns, quoted, strict=True)
    ]
    lists = [
        f"coalesce(array_ndims(t.{name}) > 1, false)"
        for column, name in zip(columns, quoted, strict=True)
        if column.type.is_list
    ]
    if lists:
        expressions.append(" OR ".join(lists))
    return "SELECT " + ", ".join(f"{expression} AS c{number}" for number, expression in enumerate(expressions))

"""From raw record lines to typed Parquet: fast while all is well, carefully where a chunk holds a surprise."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from ..column_types import ColumnType, literal, member, quoted
from ..fail_points import fail_point
from ..mapping import EXTRACTED_AT
from ..schema_policy import Plan, frozen
from ..staging import Staged
from .protocol import parse_line
from .record_lines import Source, first_invalid
from .staging_sql import extracted_at, ids_of, numbers, row_type, struct_of

SURPRISES = (
    duckdb.ConversionException,
    duckdb.InvalidInputException,
    duckdb.OutOfRangeException,
    duckdb.TypeMismatchException,
)
ROW_GROUP_ROWS = 122_880
INFERRED = {
    frozenset({"BIGINT"}): "bigint",
    frozenset({"UBIGINT"}): "bigint",
    frozenset({"BIGINT", "UBIGINT"}): "bigint",
    frozenset({"BOOLEAN"}): "boolean",
    frozenset({"VARCHAR"}): "varchar",
}


def connect(folder: Path, *, threads: int = 1, memory_bytes: int = 512 * 1024**2) -> duckdb.DuckDBPyConnection:
    """A DuckDB for staging: bounded, in UTC, keeping the order of rows, with its spill under `folder`."""
    con = duckdb.connect(
        config={
            "threads": threads,
            "memory_limit": f"{memory_bytes // 1024}KiB",
            "temp_directory": str(folder / "spill"),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
    )
    con.execute("SET TimeZone = 'UTC'; SET preserve_insertion_order = true")
    return con


class Stager:
    """Turns chunks of one stream's record lines into Parquet files under `folder`, by the plan, which it may extend."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        stream: str,
        plan: Plan,
        folder: str,
        sync_id: str,
        field_ids: dict[str, Any] | None = None,
    ) -> None:
        """`field_ids` are the lake's for columns by name; a file with one for every column is taken over as it is."""
        self._con = con
        self._stream = stream
        self._plan = plan
        self._folder = folder
        self._sync_id = sync_id
        self._number = 0
        self._field_ids = field_ids or {}
        self._keys_vary = False
        self.careful_chunks = 0
        self.foreign_rows = 0

    def stage(self, raw: Path, rows: int, longest_line: int) -> Staged:
        """Stages one chunk: `raw` holds `rows` lines, none longer than `longest_line` bytes."""
        staged = Staged(rows=rows, bytes=raw.stat().st_size)
        self._number += 1
        target = f"{self._folder}/part-{self._number:06d}.parquet"
        source = Source(raw, longest_line)
        try:
            landed = self._fast(source, target)
        except SURPRISES:
            self.careful_chunks += 1
            Path(target).unlink(missing_ok=True)
            landed = self._careful(source, target, staged)
        staged.landed_rows = landed
        if landed:
            staged.files.append(target)
        else:
            Path(target).unlink(missing_ok=True)
        fail_point("after_stage")
        return staged

    def _fast(self, source: Source, target: str) -> int:
        """All lines in one pass. Raises one of SURPRISES for any value, key or stream that the plan does not expect."""
        plan = self._plan
        if plan.clashes:
            raise duckdb.InvalidInputException("keys differ by case alone")
        columns = plan.by_key
        if not self._keys_vary:
            shape, keys = self._first_shape(source.path)
            try:
                lines = f"SELECT CAST(json AS {shape}) AS m FROM {source.lines()}"
                record = "m.record.data AS d, m.record.stream AS stream, m.record.emitted_at AS emitted_at"
                return self._copy(f"SELECT {record} FROM ({lines})", keys, target)
            except SURPRISES:
                self._keys_vary = True
        present = {
            row[0]
            for row in self._con.execute(
                f"SELECT DISTINCT unnest(json_keys(record.data)) FROM {source.scan('JSON')}"
            ).fetchall()
        }
        if not present or any(key not in columns for key in present):
            raise duckdb.InvalidInputException("a key is not in the plan")
        keys = [key for key in columns if key in present]
        scan = source.scan(struct_of(keys, columns))
        record = "record.data AS d, record.stream AS stream, record.emitted_at AS emitted_at"
        return self._copy(f"SELECT {record} FROM {scan}", keys, target, as_json=True)

    def _copy(self, records: str, keys: Sequence[str], target: str, *, as_json: bool = False) -> int:
        """Writes the rows of `records`; `as_json` says that columns with rows in them come as JSON."""
        present = set(keys)
        parts = []
        for column in self._plan.columns:
            read = column.stored.from_json if as_json and column.stored.holds_rows else column.stored.strict
            value = read(f"d.{quoted(column.key)}") if column.key in present else "NULL"
            parts.append(f"CAST({value} AS {column.stored.duckdb}) AS {quoted(column.name)}")
            if column.overflow:
                parts.append(f"CAST(NULL AS VARCHAR) AS {quoted(column.overflow)}")
        ours = f"stream = {literal(self._stream)} AND emitted_at IS NOT NULL AND d IS NOT NULL"
        return self._write(
            f"SELECT {', '.join([*parts, extracted_at('emitted_at')])} FROM ({records})"
            f" WHERE CASE WHEN {ours} THEN true ELSE error('not a record of this stream') END",
            target,
        )

    def _write(self, query: str, target: str) -> int:
        names = [column["name"] for column in self._plan.file_columns()]
        ids = ""
        if all(name in self._field_ids for name in names):
            ids = f", FIELD_IDS {ids_of({name: self._field_ids[name] for name in names})}"
        row = self._con.execute(
            f"COPY ({query}) TO {literal(target)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1,"
            f" ROW_GROUP_SIZE {ROW_GROUP_ROWS}{ids})"
        ).fetchone()
        return int(row[0]) if row else 0

    def _first_shape(self, path: Path) -> tuple[str, list[str]]:
        """The first message's shape as a type of DuckDB, and the keys of its data; other lines mostly share it.

        A cast of JSON to that type refuses a line which has a key more or a key less.
        """
        with path.open("rb") as lines:
            message = parse_line(lines.readline())
        if message is None or message["type"] != "RECORD":
            raise duckdb.InvalidInputException("not a record")
        columns, record = self._plan.by_key, message["record"]
        keys = list(record["data"])
        if not keys or any(key not in columns for key in keys):
            raise duckdb.InvalidInputException("a key is not in the plan")
        data = row_type({key: columns[key].stored.wire for key in keys})
        inner = {**dict.fromkeys(record, "JSON"), "stream": "VARCHAR", "emitted_at": "BIGINT", "data": data}
        return row_type({**dict.fromkeys(message, "JSON"), "record": row_type(inner)}), keys

    def _careful(self, source: Source, target: str, staged: Staged) -> int:
        """Every value on its own: what does not fit goes by the policy, row by row."""
        con, plan = self._con, self._plan
        self._load(source)
        try:
            self._settle_new_keys()
            bad = self._judge()
            self._show_bad_values(bad)
            parts = []
            for index, column in enumerate(plan.columns):
                parts.append(f"v{index} AS {quoted(column.name)}")
                if column.overflow:
                    flag = f"b{index}" if index in bad and plan.policy == "evolve" else "false"
                    kept = f"CASE WHEN {flag} THEN CAST(r{index} AS VARCHAR) END"
                    parts.append(f"{kept} AS {quoted(column.overflow)}")
            landed = self._write(
                f"SELECT {', '.join([*parts, extracted_at('emitted_at')])} FROM judged WHERE reason IS NULL ORDER BY n",
                target,
            )
            self._refuse(staged)
            return landed
        finally:
            con.execute("DROP TABLE IF EXISTS judged; DROP TABLE IF EXISTS careful")

    def _load(self, source: Source) -> None:
        try:
            self._con.execute(
                f"CREATE OR REPLACE TEMP TABLE careful AS SELECT row_number() OVER () AS n, record.data AS data,"
                f" record.emitted_at AS emitted_at, record.stream AS stream FROM {source.scan('JSON')}"
            )
            odd = self._con.execute(
                "SELECT count(*) FROM careful WHERE stream IS NULL OR emitted_at IS NULL OR data IS NULL"
                " OR json_type(data) <> 'OBJECT'"
            ).fetchone()
        except SURPRISES:
            odd = (1,)
        if odd and odd[0]:
            raise first_invalid(source.path)
        foreign = self._con.execute(f"SELECT count(*) FROM careful WHERE stream <> {literal(self._stream)}").fetchone()
        if foreign and foreign[0]:
            self.foreign_rows += int(foreign[0])
            self._con.execute(f"DELETE FROM careful WHERE stream <> {literal(self._stream)}")

    def _settle_new_keys(self) -> None:
        """Gives each key without a column one, or notes that it never gets one."""
        plan = self._plan
        known = {*plan.by_key, *plan.refused}
        found = self._con.execute(
            "SELECT k, list(DISTINCT json_type(data, pointer)), count(*) FROM"
            " (SELECT data, k, '/' || replace(replace(k, '~', '~0'), '/', '~1') AS pointer"
            " FROM (SELECT data, unnest(json_keys(data)) AS k FROM careful))"
            " WHERE json_type(data, pointer) <> 'NULL' GROUP BY k ORDER BY k"
        ).fetchall()
        for key, kinds, rows in found:
            if key in known:
                continue
            kind = ColumnType(INFERRED.get(frozenset(kinds)) or ("double" if numbers(kinds) else "json"))
            if plan.policy == "evolve":
                column = plan.add(key, kind)
                plan.tell("added", column.name, rows=rows, to=kind.trino)
            else:
                plan.refused.add(key)
                plan.tell("added", plan.schema_mapping.get(key, key), rows=rows, to=kind.trino)
        if plan.policy == "freeze":
            self._raise_frozen()

    def _judge(self) -> set[int]:
        """Makes the table `judged`: per row the values, whether each is bad, and the reason why the row is refused."""
        plan = self._plan
        raws, values, reasons = [], [], []
        for index, column in enumerate(plan.columns):
            raw = member("data", column.key)
            raws.append(f"{raw} AS r{index}")
            values.append(f"TRY({column.stored.from_json(f'r{index}')}) AS v{index}")
            values.append(f"coalesce(json_type(r{index}) <> 'NULL' AND v{index} IS NULL, false) AS b{index}")
            reasons.append(f"CASE WHEN b{index} THEN {literal(f'{column.name}: not {column.stored.trino}')} END")
        if plan.policy not in ("discard_row", "quarantine"):
            reasons = []
        else:
            for key in sorted(plan.refused):
                raw = member("data", key)
                words = literal(f"{key}: no such column")
                reasons.append(f"CASE WHEN json_type({raw}) <> 'NULL' THEN {words} END")
        reason = f"nullif(concat_ws('; ', {', '.join(reasons)}), '')" if reasons else "CAST(NULL AS VARCHAR)"
        rows = f"SELECT {', '.join(['n', 'data', 'emitted_at', *raws])} FROM careful"
        judged = ", ".join(["*", *values, f"{reason} AS reason"])
        self._con.execute("SET disabled_optimizers = 'common_subexpressions'")  # it would lift casts out of TRY
        self._con.execute(f"CREATE OR REPLACE TEMP TABLE judged AS SELECT {judged} FROM ({rows})")
        counts = ", ".join(f"count(*) FILTER (b{index})" for index in range(len(plan.columns)))
        found = self._con.execute(f"SELECT {counts} FROM judged").fetchone() if counts else ()
        return {index for index, rows in enumerate(found or ()) if rows}

    def _show_bad_values(self, bad: set[int]) -> None:
        plan = self._plan
        for index in sorted(bad):
            column = plan.columns[index]
            row = self._con.execute(
                f"SELECT count(*) FILTER (b{index}), any_value(CAST(r{index} AS VARCHAR)) FILTER (b{index}) FROM judged"
            ).fetchone()
            rows, example = row if row else (0, "")
            if plan.policy == "evolve":
                plan.add_overflow(column)
            more = {"into": column.overflow} if column.overflow and plan.policy == "evolve" else {}
            plan.tell(
                "value_mismatch", column.name, rows=rows, to=column.stored.trino, example=str(example)[:100], **more
            )
        if bad and plan.policy == "freeze":
            self._raise_frozen()

    def _raise_frozen(self) -> None:
        refused = [event for event in self._plan.events if event["action"] == "refused"]
        if refused:
            raise frozen(refused)

    def _refuse(self, staged: Staged) -> None:
        rows = self._con.execute(
            "SELECT CAST(data AS VARCHAR), reason, emitted_at FROM judged WHERE reason IS NOT NULL ORDER BY n"
        ).fetchall()
        staged.rejected_rows = len(rows)
        if self._plan.policy != "quarantine":
            return
        for text, reason, emitted_at in rows:
            staged.quarantined.append(
                {
                    "_record": text,
                    "_reason": reason,
                    "_stream": self._stream,
                    "_sync_id": self._sync_id,
                    EXTRACTED_AT: emitted_at * 1000,
                }
            )

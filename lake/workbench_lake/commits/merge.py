"""Merging staged rows into a table by key: copy-on-write, rewriting only files that hold a row to replace.

Order of versions of one key: the `order_by` columns, each descending, NULL below every value; then staged rows before
stored ones; then later files before earlier ones; then later rows of a file before earlier ones. The first wins. NULL
keys are equal to each other. A winning row whose delete marker is set takes the key's rows out of the table; the table
forgets it, so that an older version which arrives in a later commit is stored again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import duckdb
from pyiceberg.expressions import AlwaysTrue, And, BooleanExpression, GreaterThanOrEqual, IsNull, LessThanOrEqual, Or
from pyiceberg.expressions.visitors import _InclusiveMetricsEvaluator
from pyiceberg.manifest import DataFile
from pyiceberg.schema import Schema
from pyiceberg.types import NestedField, PrimitiveType

from ..failures import invalid
from ..files.data_files import DataFileWriter, check_columns
from ..files.file_reads import FILE_COLUMN, ROW_COLUMN, rows_sql
from ..files.parquet_files import ParquetFile, read_parquet_file
from ..trino_types import quoted
from ..warehouse.duckdb_engine import DuckDBEngine, duckdb_path, first_row
from ..warehouse.storage import Storage


@dataclass(frozen=True)
class MergeOrder:
    """How versions of one key are told apart. `deletes_all`: every staged row is a deletion, whatever its order."""

    key: tuple[str, ...]
    order_by: tuple[str, ...] = ()
    delete_marker: str | None = None
    deletes_all: bool = False


@dataclass
class MergeResult:
    """The files to add and the paths to remove; rows that now are there and rows that no longer are."""

    added: list[DataFile] = field(default_factory=list)
    removed: set[str] = field(default_factory=set)
    added_rows: int = 0
    deleted_rows: int = 0


def merge_files(
    staged: list[ParquetFile],
    stored: list[DataFile],
    order: MergeOrder,
    writer: DataFileWriter,
    engine: DuckDBEngine,
    storage: Storage,
) -> MergeResult:
    """Write the files of the merged table. `stored` are all data files of the branch's head."""
    schema = writer.schema
    staged = [file for file in staged if file.rows > 0]
    hidden = _check(staged, schema, order)
    if not staged:
        return MergeResult()
    with engine.connection() as connection:
        merge = _Merge(connection, schema, order, staged, hidden)
        merge.load_incoming()
        candidates = merge.candidates(stored)
        files = {duckdb_path(one.file_path): read_parquet_file(storage.io, one.file_path) for one in candidates}
        merge.match(list(files.values()))
        touched = merge.touched_files()
        result = MergeResult(removed={_location(storage, one) for one in touched})
        result.added_rows, result.deleted_rows = merge.counts()
        as_it_is = not touched and not hidden and merge.takes_all_rows()
        if not as_it_is and (touched or result.added_rows):
            query = merge.result_sql([files[path] for path in touched], bool(result.added_rows))
            result.added = writer.write(connection, query)
    if as_it_is:
        result.added = writer.take_over(staged)
    return result


def _check(staged: list[ParquetFile], schema: Schema, order: MergeOrder) -> tuple[str, ...]:
    """The columns of the staged files that are used but not stored."""
    if not order.key:
        raise invalid("A merge needs a key.", "Give the columns that tell rows apart.")
    stored = {one.name for one in schema.fields}
    for name in order.key:
        kind = next((one.field_type for one in schema.fields if one.name == name), None)
        if kind is None or not isinstance(kind, PrimitiveType):
            raise invalid(f"The table has no plain column {name!r} that could be a key.")
    used = [*order.order_by, *([order.delete_marker] if order.delete_marker else [])]
    hidden = tuple(dict.fromkeys(name for name in used if name not in stored))
    if order.deletes_all:
        extra = {column.name for file in staged for column in file.columns} - stored
        hidden = tuple(dict.fromkeys([*hidden, *sorted(extra)]))
    for file in staged:
        names = {column.name for column in file.columns}
        for name in (*order.key, *order.order_by):
            if name not in names:
                raise invalid(f"The staged data lack the column {name!r}, which the merge needs.")
    check_columns(staged, schema, hidden)
    return hidden


def _location(storage: Storage, path: str) -> str:
    return f"file://{path}" if storage.is_local else path


class _Merge:
    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        schema: Schema,
        order: MergeOrder,
        staged: list[ParquetFile],
        hidden: tuple[str, ...],
    ) -> None:
        self._connection = connection
        self._schema = schema
        self._order = order
        self._staged = staged
        self._hidden = hidden
        stored = {one.name for one in schema.fields}
        self._keys = [f"k{index}" for index in range(len(order.key))]
        self._orders = [f"o{index}" for index in range(len(order.order_by))]
        self._stored_orders = [
            (alias, name) for alias, name in zip(self._orders, order.order_by, strict=True) if name in stored
        ]
        self._by_name = {one.name: one for one in schema.fields}

    def load_incoming(self) -> None:
        """Table `incoming`: one row per key, the winner among the staged rows."""
        names = [duckdb_path(file.location) for file in self._staged]
        self._table_of_paths("staged_file", names)
        fields = self._fields(*self._order.key, *self._order.order_by, self._order.delete_marker)
        source = rows_sql(self._staged, fields, by_field_id=False, numbered=True, hidden=self._hidden)
        keys = [f"s.{quoted(name)} AS {alias}" for name, alias in zip(self._order.key, self._keys, strict=True)]
        orders = [
            f"s.{quoted(name)} AS {alias}" for name, alias in zip(self._order.order_by, self._orders, strict=True)
        ]
        columns = ", ".join([*keys, *orders, f"{self._gone()} AS gone", "f.number AS file", f"s.{ROW_COLUMN} AS row"])
        self._connection.execute(
            f"CREATE TABLE every AS SELECT {columns} FROM ({source}) s JOIN staged_file f ON f.path = s.{FILE_COLUMN}"
        )
        keys_sql = ", ".join(self._keys)
        twice = f"SELECT 1 FROM every GROUP BY {keys_sql} HAVING count(*) > 1 LIMIT 1"
        if self._connection.execute(twice).fetchone():
            latest = ", ".join([*(f"{one} DESC NULLS LAST" for one in self._orders), "file DESC", "row DESC"])
            self._connection.execute(
                f"CREATE TABLE incoming AS SELECT * FROM every "
                f"QUALIFY row_number() OVER (PARTITION BY {keys_sql} ORDER BY {latest}) = 1"
            )
        else:
            self._connection.execute("ALTER TABLE every RENAME TO incoming")

    def candidates(self, stored: Iterable[DataFile]) -> list[DataFile]:
        """The stored files whose bounds of the key columns leave room for an incoming key."""
        parts = []
        for alias in self._keys:
            parts += [f"min({alias})", f"max({alias})", f"count(*) > count({alias})"]
        row = first_row(self._connection.execute(f"SELECT {', '.join(parts)} FROM incoming"))
        assert row is not None
        condition: BooleanExpression = AlwaysTrue()
        for index, name in enumerate(self._order.key):
            low, high, has_null = row[3 * index : 3 * index + 3]
            condition = And(condition, _between(name, low, high, has_null))
        try:
            evaluate = _InclusiveMetricsEvaluator(self._schema, condition).eval
        except (TypeError, ValueError):
            return list(stored)
        return [one for one in stored if evaluate(one)]

    def match(self, files: list[ParquetFile]) -> None:
        """Tables `dead` (stored rows that go), `loser` (incoming rows that a stored row beats)."""
        self._table_of_paths("stored_file", [duckdb_path(file.location) for file in files])
        names = [*self._order.key, *(name for _, name in self._stored_orders)]
        source = rows_sql(files, self._fields(*names), by_field_id=True, numbered=True)
        equal = " AND ".join(
            f"e.{quoted(name)} IS NOT DISTINCT FROM i.{alias}"
            for name, alias in zip(self._order.key, self._keys, strict=True)
        )
        newer = "false" if self._order.deletes_all else self._stored_is_newer()
        self._connection.execute(
            f"CREATE TABLE matched AS SELECT f.number AS stored_file, e.{ROW_COLUMN} AS stored_row, i.file, i.row, "
            f"i.gone, {newer} AS beaten FROM ({source}) e JOIN incoming i ON {equal} "
            f"JOIN stored_file f ON f.path = e.{FILE_COLUMN}"
        )
        self._connection.execute("CREATE TABLE loser AS SELECT DISTINCT file, row FROM matched WHERE beaten")
        self._connection.execute("CREATE TABLE dead AS SELECT * FROM matched m ANTI JOIN loser l USING (file, row)")
        self._connection.execute(
            "CREATE TABLE fresh AS SELECT file, row FROM (SELECT * FROM incoming WHERE NOT gone) i "
            "ANTI JOIN loser l USING (file, row)"
        )

    def touched_files(self) -> list[str]:
        """The paths of the stored files that hold a row to take out."""
        query = "SELECT DISTINCT f.path FROM dead d JOIN stored_file f ON f.number = d.stored_file ORDER BY 1"
        return [row[0] for row in self._connection.execute(query).fetchall()]

    def counts(self) -> tuple[int, int]:
        """Rows that become visible, and rows that stop being so."""
        return self._connection.execute("SELECT (SELECT count(*) FROM fresh), (SELECT count(*) FROM dead)").fetchone()

    def takes_all_rows(self) -> bool:
        """Whether every staged row is to be stored as it is."""
        total = sum(file.rows for file in self._staged)
        return self._connection.execute("SELECT count(*) FROM fresh").fetchone()[0] == total

    def result_sql(self, touched: list[ParquetFile], with_fresh: bool) -> str:
        """The rows of the touched files that stay, and the incoming rows that win."""
        columns = ", ".join(f"r.{quoted(one.name)}" for one in self._schema.fields)
        selects = []
        if touched:
            kept = rows_sql(touched, self._schema.fields, by_field_id=True, numbered=True)
            selects.append(
                f"SELECT {columns} FROM ({kept}) r JOIN stored_file f ON f.path = r.{FILE_COLUMN} "
                f"ANTI JOIN dead d ON d.stored_file = f.number AND d.stored_row = r.{ROW_COLUMN}"
            )
        if with_fresh:
            new = rows_sql(self._staged, self._schema.fields, by_field_id=False, numbered=True)
            selects.append(
                f"SELECT {columns} FROM ({new}) r JOIN staged_file f ON f.path = r.{FILE_COLUMN} "
                f"SEMI JOIN fresh n ON n.file = f.number AND n.row = r.{ROW_COLUMN}"
            )
        return " UNION ALL ".join(selects)

    def _gone(self) -> str:
        if self._order.deletes_all:
            return "true"
        marker = self._order.delete_marker
        if marker is None or not any(column.name == marker for file in self._staged for column in file.columns):
            return "false"
        flags = all(
            column.arrow_type == "bool" for file in self._staged for column in file.columns if column.name == marker
        )
        name = f"s.{quoted(marker)}"
        return f"coalesce(CAST({name} AS BOOLEAN), false)" if flags else f"({name} IS NOT NULL)"

    def _stored_is_newer(self) -> str:
        sql = "false"
        for alias, name in reversed(self._stored_orders):
            stored = f"e.{quoted(name)}"
            above = f"({stored} IS NOT NULL AND (i.{alias} IS NULL OR {stored} > i.{alias}))"
            sql = f"({above} OR ({stored} IS NOT DISTINCT FROM i.{alias} AND {sql}))"
        return sql

    def _fields(self, *names: str | None) -> list[NestedField]:
        return [self._by_name[name] for name in dict.fromkeys(names) if name in self._by_name]

    def _table_of_paths(self, table: str, paths: list[str]) -> None:
        self._connection.execute(f"CREATE TABLE {table} (number INTEGER, path VARCHAR)")
        if paths:
            rows: list[list[Any]] = [[number, path] for number, path in enumerate(paths)]
            self._connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", rows)


def _between(name: str, low: object, high: object, has_null: bool) -> BooleanExpression:
    if low is None:
        return IsNull(name)
    try:
        inside: BooleanExpression = And(GreaterThanOrEqual(name, low), LessThanOrEqual(name, high))
    except (TypeError, ValueError):
        return AlwaysTrue()
    return Or(inside, IsNull(name)) if has_null else inside

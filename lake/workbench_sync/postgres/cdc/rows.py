"""Rows of the log, whose values are texts, made columns in the lake's types: by the server itself, so that a row that
was changed is spelt exactly as one that was read from the table."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
from psycopg2 import sql

from ..connect import ColumnConnection, Database
from ..decode import Specials, decoded
from ..failures import postgres_failures
from ..reading import refuse_dimensions, select_of
from ..relations import Column, Relation
from .changes import Named
from .pgoutput import UNCHANGED, Value

DELETED = "_deleted"
#: Rows that one statement carries.
PART_ROWS = 10_000

Item = tuple[tuple[Value, ...], Named | None]


class RowMaker:
    """Makes batches of `columns` and a last column DELETED; a deleted row has its key only."""

    def __init__(
        self,
        database: Database,
        relation: Relation,
        columns: Sequence[Column],
        key: tuple[str, ...],
        specials: Specials,
    ) -> None:
        self._relation, self._columns, self._key, self._specials = relation, columns, key, specials
        self._plain = database.connect()
        self._plain.set_session(readonly=True, autocommit=True)
        self._binary = ColumnConnection(database, None, None)

    def close(self) -> None:
        self._binary.close()
        self._plain.close()

    def batches(self, items: list[Item]) -> list[pa.RecordBatch]:
        """The last changes of some keys; rows that are gone by now, and would need a value of them, are left out."""
        whole = self._completed(items)
        return [
            batch for start in range(0, len(whole), PART_ROWS) for batch in self._made(whole[start : start + PART_ROWS])
        ]

    def _text(self, composed: sql.Composable) -> str:
        return composed.as_string(self._plain)

    def _table_of(self, names: Sequence[str], rows: Sequence[Sequence[Value]]) -> str:
        """FROM item `t` with these texts as columns of the table's types."""
        types = {column.name: column.source_type for column in self._relation.columns}
        arrays = [f"{self._text(sql.Literal(list(values)))}::text[]" for values in zip(*rows, strict=True)]
        named = ", ".join(
            f"u.c{at}::{types[name]} AS {self._text(sql.Identifier(name))}" for at, name in enumerate(names)
        )
        letters = ", ".join(f"c{at}" for at in range(len(names)))
        return f"(SELECT {named}, u.n FROM unnest({', '.join(arrays)}) WITH ORDINALITY AS u({letters}, n)) t"

    def _made(self, items: list[Item]) -> list[pa.RecordBatch]:
        if not items:
            return []
        names = [column.name for column in self._columns]
        rows = [
            [row[name] for name in names]
            if row is not None
            else [dict(zip(self._key, key, strict=True)).get(name) for name in names]
            for key, row in items
        ]
        deleted = self._text(sql.Literal([row is None for _, row in items]))
        quoted = [self._text(sql.Identifier(name)) for name in names]
        query = f"{select_of(self._columns, quoted)}, ({deleted}::bool[])[t.n]"
        query = f"{query} FROM {self._table_of(names, rows)} ORDER BY t.n"
        made = []
        schema = pa.schema([*(column.field for column in self._columns), pa.field(DELETED, pa.bool_())])
        for batch in self._binary.batches(query):
            refuse_dimensions(batch, self._columns, len(self._columns))
            arrays = [*decoded(batch, self._columns, self._specials), batch.column(batch.num_columns - 1)]
            made.append(pa.RecordBatch.from_arrays(arrays, schema=schema))
        return made

    def _completed(self, items: list[Item]) -> list[Item]:
        """The items with values in place of those that the log left out, taken from the table as it is now."""
        names = [column.name for column in self._columns]
        lacking = [
            (at, key)
            for at, (key, row) in enumerate(items)
            if row is not None and any(row.get(name, UNCHANGED) is UNCHANGED for name in names)
        ]
        if not lacking:
            return items
        found: dict[int, tuple] = {}
        for start in range(0, len(lacking), PART_ROWS):
            part = lacking[start : start + PART_ROWS]
            for number, *values in self._looked_up(names, [key for _, key in part]):
                found[part[number - 1][0]] = tuple(values)
        gone = {at for at, _ in lacking if at not in found}
        completed: list[Item] = []
        for at, (key, row) in enumerate(items):
            if at in gone:
                continue
            if at in found and row is not None:
                current = dict(zip(names, found[at], strict=True))
                row = {name: current[name] if row.get(name, UNCHANGED) is UNCHANGED else row[name] for name in names}
            completed.append((key, row))
        return completed

    def _looked_up(self, names: list[str], keys: list[tuple[Value, ...]]) -> list[tuple]:
        texts = ", ".join(f"r.{self._text(sql.Identifier(name))}::text" for name in names)
        same = " AND ".join(f"r.{name} = t.{name}" for name in (self._text(sql.Identifier(name)) for name in self._key))
        wanted = self._table_of(self._key, keys)
        statement = f"SELECT t.n, {texts} FROM {wanted} JOIN {self._text(self._relation.quoted)} r ON {same}"
        with postgres_failures("looking up large values"), self._plain.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall()

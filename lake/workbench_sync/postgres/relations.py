from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
from psycopg2 import sql

from ..failure import SyncFailure
from .column_types import AS_TEXT, ColumnType, TypeFacts, column_type
from .connect import Snapshot
from .settings import Settings

KINDS = {"r": "table", "p": "partitioned table", "v": "view", "m": "materialized view", "f": "foreign table"}
CURSOR_NAMES = ("updated_at", "modified_at", "last_modified", "last_updated", "update_time", "updated", "modified")

COLUMNS = """
WITH RECURSIVE base AS (
  SELECT a.attrelid, a.attnum, a.attname, a.attnotnull, a.attndims::int, a.atttypmod AS typmod, a.atttypid AS typid,
         a.atttypid AS declared, a.atttypmod AS declared_mod
  FROM pg_attribute a WHERE a.attrelid = ANY(%(oids)s) AND a.attnum > 0 AND NOT a.attisdropped
  UNION ALL
  SELECT b.attrelid, b.attnum, b.attname, b.attnotnull OR t.typnotnull, greatest(b.attndims, t.typndims::int),
         CASE WHEN t.typtypmod >= 0 THEN t.typtypmod ELSE b.typmod END, t.typbasetype, b.declared, b.declared_mod
  FROM base b JOIN pg_type t ON t.oid = b.typid WHERE t.typtype = 'd'
)
SELECT b.attrelid, b.attname, b.attnotnull, b.attndims, b.typmod, t.typname, t.typtype,
       e.typname, coalesce(eb.typname, e.typname), e.typtype, format_type(b.declared, b.declared_mod),
       CASE WHEN e.typtype = 'd' THEN e.typtypmod ELSE b.typmod END
FROM base b
JOIN pg_type t ON t.oid = b.typid
LEFT JOIN pg_type e ON e.oid = t.typelem AND e.typarray = t.oid
LEFT JOIN pg_type eb ON eb.oid = e.typbasetype AND e.typtype = 'd'
WHERE t.typtype <> 'd'
ORDER BY b.attrelid, b.attnum
"""

RELATIONS = """
SELECT c.oid, n.nspname, c.relname, c.relkind, c.relpages, c.reltuples, c.relhassubclass,
       coalesce((SELECT array_agg(a.attname::text ORDER BY k.ord)
        FROM pg_index i, unnest(i.indkey::int2[]) WITH ORDINALITY k(attnum, ord), pg_attribute a
        WHERE i.indrelid = c.oid AND i.indisprimary AND a.attrelid = c.oid AND a.attnum = k.attnum), '{}'),
       coalesce((SELECT array_agg(DISTINCT a.attname::text)
        FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid JOIN pg_am am ON am.oid = ic.relam
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
        WHERE i.indrelid = c.oid AND i.indisvalid AND i.indpred IS NULL AND am.amname = 'btree'), '{}'),
       obj_description(c.oid, 'pg_class')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = ANY(%(kinds)s) AND NOT c.relispartition AND n.nspname = ANY(%(schemas)s)
  AND (%(name)s::text IS NULL OR c.relname = %(name)s)
  AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
ORDER BY n.nspname, c.relname
"""


@dataclass(frozen=True)
class Column:
    name: str
    type: ColumnType
    not_null: bool
    source_type: str

    @property
    def field(self) -> pa.Field:
        about = {"source_type": self.source_type} | ({"json": "1"} if self.type.is_json else {})
        return pa.field(self.name, self.type.arrow, metadata=about)


@dataclass(frozen=True)
class Relation:
    """A table or view; `indexed` are the columns that a whole b-tree begins with."""

    schema: str
    name: str
    kind: str
    pages: int
    rows: int | None
    has_children: bool
    primary_key: tuple[str, ...]
    indexed: tuple[str, ...]
    columns: tuple[Column, ...]
    oid: int
    comment: str | None = None

    @property
    def quoted(self) -> sql.Composable:
        return sql.Identifier(self.schema, self.name)

    @property
    def has_row_versions(self) -> bool:
        """Whether each row tells which transaction wrote it."""
        return self.kind in ("r", "p", "m")

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)


def relations_in(
    snapshot: Snapshot, settings: Settings, name: str | None = None, schema: str | None = None
) -> list[Relation]:
    """The tables and views of the configured schemas that may be read, or the one of that name."""
    values = {"kinds": list(KINDS), "schemas": [schema] if schema else list(settings.schemas), "name": name}
    found = snapshot.rows(RELATIONS, values)
    if not found:
        return []
    columns: dict[int, list[Column]] = {}
    money_scale = snapshot.rows("SELECT scale(0::money::numeric)")[0][0]
    for row in snapshot.rows(COLUMNS, {"oids": [row[0] for row in found]}):
        columns.setdefault(row[0], []).append(column_of(row, money_scale, settings))
    return [
        Relation(
            schema=schema_name,
            name=relation,
            kind=kind,
            pages=pages,
            rows=int(rows) if rows >= 0 and kind != "v" else None,
            has_children=has_children,
            primary_key=tuple(key),
            indexed=tuple(indexed),
            columns=tuple(columns.get(oid, [])),
            oid=oid,
            comment=comment,
        )
        for oid, schema_name, relation, kind, pages, rows, has_children, key, indexed, comment in found
    ]


def column_of(row: tuple, money_scale: int, settings: Settings) -> Column:
    (
        _,
        name,
        not_null,
        dimensions,
        modifier,
        type_name,
        kind,
        element,
        element_base,
        element_kind,
        declared,
        element_mod,
    ) = row
    facts = TypeFacts(
        name=type_name,
        kind=kind,
        modifier=modifier if element is None else element_mod,
        dimensions=dimensions,
        element=None if element is None else element_base,
        element_kind=element_kind,
    )
    type_ = column_type(
        facts,
        money_scale=money_scale,
        numeric_without_precision=settings.numeric_without_precision,
        arrays=settings.arrays,
    )
    return Column(name, type_, not_null, declared)


def relation_named(snapshot: Snapshot, settings: Settings, name: str, namespace: str | None) -> Relation:
    """The one table or view of that name; raises SyncFailure("not_found" or "invalid_input")."""
    found = relations_in(snapshot, settings, name, namespace)
    if len(found) == 1:
        if not found[0].columns:
            raise SyncFailure("invalid_input", f"{found[0].schema}.{name} has no columns.")
        return found[0]
    if found:
        schemas = ", ".join(relation.schema for relation in found)
        raise SyncFailure(
            "invalid_input", f"{name} is in several schemas ({schemas}).", hint="Give the stream a namespace."
        )
    where = namespace or ", ".join(settings.schemas)
    hint = "It was dropped or renamed, or the user may not read it; discover shows what there is."
    raise SyncFailure("not_found", f"There is no table or view {name} in {where}.", hint=hint)


def column_read_as(relation: Relation, name: str, cast: pa.DataType | None) -> Column:
    """A column of the relation, in another type where one is given: as text, or as a wider number."""
    column = relation.column(name)
    if column is None:
        raise KeyError(name)
    if cast is None or cast == column.type.arrow:
        return column
    if pa.types.is_string(cast):
        return replace(column, type=AS_TEXT)
    return replace(column, type=replace(column.type, arrow=cast))


def stream_of(relation: Relation, *, cdc: bool = False) -> dict[str, Any]:
    """The relation as an AirbyteStream."""
    properties = {column.name: column.type.json for column in relation.columns}
    candidates = cursor_candidates(relation)
    stream: dict[str, Any] = {
        "name": relation.name,
        "namespace": relation.schema,
        "json_schema": {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "type": "object",
            "properties": properties,
        },
        "supported_sync_modes": ["full_refresh", "incremental"] if candidates or cdc else ["full_refresh"],
        "source_defined_primary_key": [[name] for name in relation.primary_key],
        "is_resumable": bool(candidates),
    }
    if cdc:
        stream["source_defined_cursor"] = True
    elif candidates and candidates[0].lower() in CURSOR_NAMES:
        stream["default_cursor_field"] = [candidates[0]]
    return stream


def cursor_candidates(relation: Relation) -> list[str]:
    """Columns that can be a cursor, the likely ones first: by name, then times, then what is indexed."""

    def rank(column: Column) -> tuple[int, int, int]:
        lower = column.name.lower()
        by_name = CURSOR_NAMES.index(lower) if lower in CURSOR_NAMES else len(CURSOR_NAMES)
        return by_name, column.type.cursor not in ("time", "date"), column.name not in relation.indexed

    return [column.name for column in sorted((c for c in relation.columns if c.type.cursor), key=rank)]

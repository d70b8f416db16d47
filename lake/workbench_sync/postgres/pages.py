from __future__ import annotations

from .connect import Snapshot
from .cursor_range import Unit
from .relations import Relation

#: Pages (8 KiB) of one unit: large enough that a query's start does not count, small enough to share the work out.
UNIT_PAGES = 8192
#: Ranges of row addresses are read without a scan of the whole table from this version on.
RANGES_FROM = 140000


def units_of(snapshot: Snapshot, relation: Relation, condition: str = "true") -> tuple[Unit, ...]:
    """Queries that give every row of the relation once: by pages of a table, of each partition."""
    if relation.kind == "p":
        leaves = snapshot.rows(
            "SELECT n.nspname, c.relname, c.relkind, pg_relation_size(c.oid) / current_setting('block_size')::int "
            "FROM pg_partition_tree(%s::oid::regclass) p JOIN pg_class c ON c.oid = p.relid "
            "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE p.isleaf AND c.relkind <> 'p'",
            (relation.oid,),
        )
        readable = snapshot.rows(
            "SELECT coalesce(bool_and(has_table_privilege(relid, 'SELECT')), false) AND NOT "
            "(SELECT relrowsecurity FROM pg_class WHERE oid = %s) "
            "FROM pg_partition_tree(%s::oid::regclass) WHERE isleaf",
            (relation.oid, relation.oid),
        )[0][0]
        if leaves and readable:
            return tuple(
                unit
                for schema, name, kind, pages in leaves
                for unit in cut(snapshot, f"{snapshot.quoted(schema)}.{snapshot.quoted(name)}", kind, pages, condition)
            )
    pages = 0
    if relation.kind in ("r", "m"):
        sized = "SELECT pg_relation_size(%s::oid::regclass) / current_setting('block_size')::int"
        pages = snapshot.rows(sized, (relation.oid,))[0][0]
    return cut(snapshot, snapshot.text(relation.quoted), relation.kind, pages, condition)


def cut(snapshot: Snapshot, table: str, kind: str, pages: int, condition: str) -> tuple[Unit, ...]:
    """The last range has no end: it takes what lies further, in tables that inherit from this one too."""
    if kind not in ("r", "m") or pages < 2 or snapshot.connection.server_version < RANGES_FROM:
        return (Unit(f"{table} t", condition),)
    count = max(2, -(-pages // UNIT_PAGES))
    starts = [pages * number // count for number in range(count)]
    units = []
    for start, stop in zip(starts, [*starts[1:], None], strict=True):
        limits = [] if start == 0 else [f"t.ctid >= '({start},0)'"]
        limits += [] if stop is None else [f"t.ctid < '({stop},0)'"]
        units.append(Unit(f"{table} t", " AND ".join([*limits, condition])))
    return tuple(units)

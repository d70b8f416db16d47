"""What is asked of a statement before it runs: what it is, what it reads and writes, and its text for an engine."""

from __future__ import annotations

from typing import Any

from sqlglot import exp
from sqlglot.tokens import Token

from ..failures import QueryFailure
from .dialects import parse_tokens, tokens_of
from .names_in_place import name_tables
from .statement import Statement, read_statement
from .table_names import FORBIDDEN_CATALOGS, TableNames, parts_of
from .written import with_origins

Origins = list[tuple[int, int, int]]


def prepare(message: dict[str, Any], request: Any = None) -> dict[str, Any]:
    """Answer a request `prepare` (domain/ports/sql-language.ts: PrepareInput) with a PreparedSql, offsets in UTF-16."""
    try:
        return _prepare(message)
    except QueryFailure as failure:
        if failure.offset is not None:
            failure.offset = _utf16(message["sql"], failure.offset)
        raise
    except RecursionError as error:
        raise QueryFailure("resource_exhausted", "The statement is nested too deeply.") from error


def _prepare(message: dict[str, Any]) -> dict[str, Any]:
    sql, dialect, engine = message["sql"], message["dialect"], message["engine"]
    statement = read_statement(tokens_of(sql, dialect))
    names = TableNames(message["tables"])
    write = _write_of(statement, names)
    text, origins, is_ordered = "", [], False
    if statement.body:
        tree = parse_tokens(statement.body, sql, dialect)
        if not isinstance(tree, (exp.Query, exp.Values, exp.Pivot, exp.Table)):
            raise QueryFailure("invalid_input", "A query is expected.", offset=statement.body[0].start)
        text, origins, is_ordered = _written(tree, statement.body, names, message, dialect, engine)
    return {
        "kind": statement.kind,
        "sql": text,
        "reads": names.reads,
        "write": write,
        "isOrdered": is_ordered,
        "isAnalyzed": statement.analyze,
        "origins": _utf16_origins(text, sql, origins),
    }


def _written(
    tree: exp.Expression, body: list[Token], names: TableNames, message: dict[str, Any], dialect: str, engine: str
) -> tuple[str, Origins, bool]:
    sql = message["sql"]
    is_trino = engine == "trino"
    catalogs, snapshots = message.get("catalogs") or {}, message.get("snapshots") or {}
    if is_trino == (dialect == "trino"):
        text, origins = name_tables(tree, body, sql, names, catalogs=catalogs, snapshots=snapshots, is_trino=is_trino)
        ordered = tree.args.get("order") is not None
        return text, origins, ordered
    from .scopes import Scope

    if is_trino:
        from .to_trino import ToTrino

        writer = ToTrino(names, sql, catalogs=catalogs, snapshots=snapshots)
    else:
        from .to_duckdb import ToDuckDB

        writer = ToDuckDB(names, sql, browser=engine == "browser")
    written = writer.query(tree, Scope(), top=True)
    text, origins = with_origins(written.text)
    return text, origins, written.is_ordered


def _write_of(statement: Statement, names: TableNames) -> dict[str, Any] | None:
    if statement.target is None or statement.mode is None:
        return None
    known = names.find(statement.target)
    if known is None and (statement.mode == "append" or (statement.mode == "drop" and not statement.if_exists)):
        raise names.absent(statement.target, statement.target_offset)
    if known is None and len(statement.target) != 3:
        name = ".".join(statement.target)
        raise QueryFailure(
            "invalid_input",
            f"A new table's name has three parts, {name} has {len(statement.target)}.",
            hint=f"Write analytics.<schema>.{statement.target[-1]}.",
            offset=statement.target_offset,
        )
    name = known.name if known is not None else ".".join(statement.target).lower()
    if parts_of(name)[0] in FORBIDDEN_CATALOGS:
        raise QueryFailure(
            "invalid_input", f"{name} belongs to the engine and cannot be written.", offset=statement.target_offset
        )
    columns = statement.columns
    return {"table": name, "mode": statement.mode, "ifExists": statement.if_exists, "columns": columns}


def _utf16(text: str, offset: int) -> int:
    """An offset in characters as one in UTF-16 units."""
    return len(text[:offset].encode("utf-16-le")) // 2


def _utf16_origins(text: str, sql: str, origins: Origins) -> list[list[int]]:
    if text.isascii() and sql.isascii():
        return [list(it) for it in origins]
    there, here = _units(text), _units(sql)
    return [[there[at], here[start], here[start + length] - here[start]] for at, start, length in origins]


def _units(text: str) -> list[int]:
    """Where each character begins, and the text ends, in UTF-16 units."""
    places, at = [0], 0
    for letter in text:
        at += 2 if ord(letter) > 0xFFFF else 1
        places.append(at)
    return places

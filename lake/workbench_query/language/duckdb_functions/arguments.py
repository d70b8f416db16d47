"""What functions are given: how many arguments, and of which types."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlglot import exp

from ..duckdb_casts import cast_to
from ..sql_types import (
    DOUBLE,
    SqlType,
    is_integer,
    is_number,
)
from ..written import Piece, refuse

if TYPE_CHECKING:
    from ..scopes import Scope
    from ..to_duckdb import ToDuckDB

Rule = Callable[["ToDuckDB", list[exp.Expression], exp.Expression, "Scope"], Piece]

# Types whose values have the same order on both engines.
ORDERED = ("tinyint", "smallint", "integer", "bigint", "decimal", "varchar", "date", "timestamp", "boolean")
SIMPLE_ELEMENTS = (
    "tinyint",
    "smallint",
    "integer",
    "bigint",
    "decimal",
    "varchar",
    "date",
    "timestamp",
    "boolean",
    "varbinary",
    "uuid",
)


def counted(nodes: list[exp.Expression], node: exp.Expression, name: str, least: int, most: int) -> None:
    if not least <= len(nodes) <= most:
        refuse(node, f"{name} with {len(nodes)} arguments is not translated.")


def coerced(
    writer: ToDuckDB, nodes: list[exp.Expression], kinds: tuple[str, ...], node: exp.Expression, scope: Scope, name: str
) -> list[Piece]:
    pieces = []
    for each, kind in zip(nodes, kinds, strict=False):
        piece = writer.expression(each, scope)
        have = piece.type
        if kind == "double" and is_number(have):
            piece = cast_to(piece, DOUBLE, each)
        elif (
            kind == "integer"
            and is_integer(have)
            or kind == "any"
            or have.kind == kind
            or have.kind == "unknown"
            or kind == "number"
            and is_number(have)
        ):
            pass
        else:
            refuse(each, f"{name} takes {kind}, not {have}.", "Cast it.")
        if piece.zone is not None:
            refuse(each, f"{name} of a time AT TIME ZONE is not translated.", "Cast it to timestamp first.")
        pieces.append(piece)
    return pieces


def plain(
    name: str, kinds: tuple[str, ...], of: SqlType, template: str, least: int | None = None, nan: bool = False
) -> Rule:
    """A function whose arguments are of these kinds; {0}, {1} … in the template are their texts."""

    def write(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
        counted(nodes, node, name, len(kinds) if least is None else least, len(kinds))
        pieces = coerced(writer, nodes, kinds, node, scope, name)
        return Piece(template.format(*(it.text for it in pieces)), of, nan=nan)

    return write


def doubles(name: str, arguments: int = 1, template: str | None = None) -> Rule:
    call = template or f"{name}({', '.join(f'{{{i}}}' for i in range(arguments))})"
    return plain(name, ("double",) * arguments, DOUBLE, call, nan=True)


def array_of(writer: ToDuckDB, node: exp.Expression, scope: Scope, name: str) -> Piece:
    piece = writer.expression(node, scope)
    if piece.type.kind != "array":
        refuse(node, f"{name} takes an array, not {piece.type}.")
    return piece

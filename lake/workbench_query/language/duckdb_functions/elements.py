"""Elements of arrays and maps. Functions of Trino, written for DuckDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from ..duckdb_casts import cast_to
from ..sql_types import (
    BIGINT,
    BOOLEAN,
    common_type,
    is_integer,
)
from ..written import PLUS, Piece, refusal, refuse
from .arguments import SIMPLE_ELEMENTS, Rule, array_of, counted

if TYPE_CHECKING:
    from ..scopes import Scope
    from ..to_duckdb import ToDuckDB


def element_or_fail(writer: ToDuckDB, of: Piece, index: Piece, node: exp.Expression) -> Piece:
    """`of[index]`: a failure where there is no such element."""
    if of.type.kind == "array" and is_integer(index.type):
        element = of.type.args[0]
        a, i = of.text, index.text
        test = f"{index.at(PLUS)} < 1 OR {index.at(PLUS)} > len({a})"
        if isinstance(index.literal, int):
            if index.literal < 1:
                refuse(node, "Elements of an array are numbered from 1.", "element_at(array, -1) is the last one.")
            test = f"{i} > len({a})"
        text = f"CASE WHEN {test} THEN error('Array subscript out of bounds') ELSE {of.atom}[{i}] END"
        return Piece(text, element, nan=element.kind in ("double", "real"), loose=of.loose)
    if of.type.kind == "map":
        key, value = of.type.args
        index = cast_to(index, key, node) if common_type(index.type, key) == key else index
        if index.type.kind != key.kind:
            refuse(node, f"The keys are {key}, not {index.type}.")
        text = (
            f"CASE WHEN NOT map_contains({of.text}, {index.text}) THEN error('Key not present in map') "
            f"ELSE {of.atom}[{index.text}] END"
        )
        return Piece(text, value, nan=value.kind in ("double", "real"), loose=of.loose)
    raise refusal(node, f"{of.type}[{index.type}] is not translated.", "Name a field of a row by a point.")


def _element_at(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    counted(nodes, node, "element_at", 2, 2)
    of, index = writer.many(nodes, scope)
    if of.type.kind == "array" and is_integer(index.type):
        element = of.type.args[0]
        nan = element.kind in ("double", "real")
        if isinstance(index.literal, int) and index.literal != 0:
            return Piece(f"{of.atom}[{index.text}]", element, nan=nan, loose=of.loose)
        none = f"WHEN {index.at(PLUS)} = 0 THEN error('SQL array indices start at 1')"
        text = f"CASE {none} ELSE {of.atom}[{index.text}] END"
        return Piece(text, element, nan=nan, loose=of.loose)
    if of.type.kind == "map" and common_type(index.type, of.type.args[0]) == of.type.args[0]:
        key, value = of.type.args
        return Piece(
            f"{of.atom}[{cast_to(index, key, node).text}]", value, nan=value.kind in ("double", "real"), loose=of.loose
        )
    raise refusal(node, f"element_at of {of.type} is not translated.")


def _cardinality(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    counted(nodes, node, "cardinality", 1, 1)
    piece = writer.expression(nodes[0], scope)
    if piece.type.kind == "array":
        return Piece(f"len({piece.text})", BIGINT)
    if piece.type.kind == "map":
        return Piece(f"CAST(cardinality({piece.text}) AS BIGINT)", BIGINT)
    raise refusal(node, f"cardinality takes an array or a map, not {piece.type}.")


def _contains(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    counted(nodes, node, "contains", 2, 2)
    of, value = array_of(writer, nodes[0], scope, "contains"), writer.expression(nodes[1], scope)
    element = of.type.args[0]
    both = common_type(element, value.type)
    if both is None or element.kind not in SIMPLE_ELEMENTS or (both != element and both.kind != element.kind):
        refuse(node, f"contains of {of.type} and {value.type} is not translated.")
    v, a = cast_to(value, both, node).text, of.text
    text = (
        f"CASE WHEN {a} IS NULL OR {v} IS NULL THEN NULL WHEN list_contains({a}, {v}) THEN true "
        f"WHEN list_count({a}) < len({a}) THEN NULL ELSE false END"
    )
    return Piece(text, BOOLEAN)


def _array_position(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    counted(nodes, node, "array_position", 2, 2)
    of, value = array_of(writer, nodes[0], scope, "array_position"), writer.expression(nodes[1], scope)
    element = of.type.args[0]
    if common_type(element, value.type) != element or element.kind not in SIMPLE_ELEMENTS:
        refuse(node, f"array_position of {of.type} and {value.type} is not translated.")
    v, a = cast_to(value, element, node).text, of.text
    return Piece(
        f"CASE WHEN {a} IS NULL OR {v} IS NULL THEN NULL ELSE coalesce(CAST(list_position({a}, {v}) AS BIGINT), 0) END",
        BIGINT,
    )


ELEMENTS: dict[str, Rule] = {
    "element_at": _element_at,
    "cardinality": _cardinality,
    "contains": _contains,
    "array_position": _array_position,
}

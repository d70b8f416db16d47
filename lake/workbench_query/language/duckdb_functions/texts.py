"""Texts. Functions of Trino, written for DuckDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from ..sql_types import (
    BIGINT,
    BOOLEAN,
    INTEGER,
    VARBINARY,
    VARCHAR,
    SqlType,
    array,
)
from ..written import PLUS, Piece, refuse
from .arguments import Rule, coerced, counted, plain

if TYPE_CHECKING:
    from ..scopes import Scope
    from ..to_duckdb import ToDuckDB

# What Trino takes for white space at the ends of a text.
_BLANKS = (
    "chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(28) || chr(29) || chr(30) || chr(31) || ' ' || chr(5760)"
)


def _substr(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    counted(nodes, node, "substr", 2, 3)
    text, start, *rest = coerced(writer, nodes, ("varchar", "integer", "integer"), node, scope, "substr")
    length = rest[0] if rest else None
    t = text.text
    if length is not None and not (isinstance(length.literal, int) and length.literal >= 0):
        take = f", CASE WHEN {length.text} < 0 THEN 0 ELSE {length.text} END"
    else:
        take = f", {length.text}" if length is not None else ""
    if isinstance(start.literal, int):
        if start.literal > 0:
            return Piece(f"substr({t}, {start.text}{take})", VARCHAR)
        if start.literal == 0:
            return Piece(f"substr({t}, 1, 0)", VARCHAR)
        back = -start.literal
        return Piece(
            f"CASE WHEN length({t}) < {back} THEN '' ELSE substr({t}, length({t}) - {back - 1}{take}) END", VARCHAR
        )
    s = start.at(PLUS)
    text_ = (
        f"CASE WHEN {s} > 0 THEN substr({t}, {start.text}{take}) "
        f"WHEN {s} = 0 OR -({start.text}) > length({t}) THEN substr({t}, 1, 0) "
        f"ELSE substr({t}, length({t}) + {start.atom} + 1{take}) END"
    )
    return Piece(text_, VARCHAR)


def _trim(name: str) -> Rule:
    def write(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
        counted(nodes, node, name, 1, 2)
        pieces = coerced(writer, nodes, ("varchar", "varchar"), node, scope, name)
        blanks = pieces[1].text if len(pieces) > 1 else _BLANKS
        return Piece(f"{name}({pieces[0].text}, {blanks})", VARCHAR)

    return write


def _searched(name: str, of: SqlType, template: str, extra: tuple[str, ...] = ()) -> Rule:
    """A function of a text and of a literal to look for, which must not be empty."""

    def write(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
        counted(nodes, node, name, 2 + len(extra), 2 + len(extra))
        pieces = coerced(writer, nodes, ("varchar", "varchar", *extra), node, scope, name)
        if not isinstance(pieces[1].literal, str) or not pieces[1].literal:
            refuse(
                node,
                f"{name} is translated with a text, written out, to look for.",
                "An empty text is treated differently.",
            )
        return Piece(template.format(*(it.text for it in pieces)), of)

    return write


def _replace(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    counted(nodes, node, "replace", 2, 3)
    pieces = coerced(writer, nodes, ("varchar",) * 3, node, scope, "replace")
    if not pieces[1].literal:
        refuse(
            node,
            "replace is translated with a text, written out, to look for.",
            "An empty text is treated differently.",
        )
    new = pieces[2].text if len(pieces) > 2 else "''"
    return Piece(f"replace({pieces[0].text}, {pieces[1].text}, {new})", VARCHAR)


def _split_part(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    counted(nodes, node, "split_part", 3, 3)
    text, between, index = coerced(writer, nodes, ("varchar", "varchar", "integer"), node, scope, "split_part")
    if not between.literal or not isinstance(index.literal, int) or index.literal < 1:
        refuse(node, "split_part is translated with a text and a number from 1, both written out.")
    return Piece(f"string_split({text.text}, {between.text})[{index.text}]", VARCHAR)


def _padded(name: str) -> Rule:
    def write(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
        counted(nodes, node, name, 3, 3)
        text, size, pad = coerced(writer, nodes, ("varchar", "integer", "varchar"), node, scope, name)
        if not isinstance(size.literal, int) or size.literal < 0 or not pad.literal:
            refuse(node, f"{name} is translated with a length and a text to fill with, both written out.")
        return Piece(f"{name}({text.text}, {size.text}, {pad.text})", VARCHAR)

    return write


def _concat(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    return writer.joined(writer.many(nodes, scope), node)


def _concat_ws(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    if len(nodes) < 2:
        refuse(node, "concat_ws takes a separator and texts.")
    pieces = coerced(writer, nodes, ("varchar",) * len(nodes), node, scope, "concat_ws")
    return Piece(f"concat_ws({', '.join(it.text for it in pieces)})", VARCHAR)


def _case_of_letters(name: str) -> Rule:
    def write(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
        counted(nodes, node, name, 1, 1)
        (text,) = coerced(writer, nodes, ("varchar",), node, scope, name)
        # Trino leaves the small sharp s as it is.
        if name == "upper":
            kept = f"replace({text.text}, chr(223), chr(1114111))"
            return Piece(f"replace(upper({kept}), chr(1114111), chr(223))", VARCHAR)
        return Piece(f"{name}({text.text})", VARCHAR)

    return write


def _reverse(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    counted(nodes, node, "reverse", 1, 1)
    piece = writer.expression(nodes[0], scope)
    if piece.type.kind == "array":
        return Piece(f"list_reverse({piece.text})", piece.type, loose=piece.loose)
    if piece.type.kind != "varchar":
        refuse(node, f"reverse takes text or an array, not {piece.type}.")
    # DuckDB keeps letters and their accents together, Trino does not.
    test = f"length_grapheme({piece.text}) <> length({piece.text})"
    return Piece(
        f"CASE WHEN {test} THEN error('reverse of joined characters differs') ELSE reverse({piece.text}) END",
        VARCHAR,
    )


TEXTS: dict[str, Rule] = {
    "length": plain("length", ("varchar",), BIGINT, "length({0})"),
    "lower": _case_of_letters("lower"),
    "upper": _case_of_letters("upper"),
    "trim": _trim("trim"),
    "ltrim": _trim("ltrim"),
    "rtrim": _trim("rtrim"),
    "substr": _substr,
    "substring": _substr,
    "strpos": plain("strpos", ("varchar", "varchar"), BIGINT, "strpos({0}, {1})"),
    "replace": _replace,
    "split": _searched("split", array(VARCHAR), "string_split({0}, {1})"),
    "split_part": _split_part,
    "lpad": _padded("lpad"),
    "rpad": _padded("rpad"),
    "concat": _concat,
    "concat_ws": _concat_ws,
    "starts_with": plain("starts_with", ("varchar", "varchar"), BOOLEAN, "starts_with({0}, {1})"),
    "chr": plain("chr", ("integer",), VARCHAR, "chr(CAST({0} AS INTEGER))"),
    "codepoint": plain("codepoint", ("varchar",), INTEGER, "unicode({0})"),
    "to_utf8": plain("to_utf8", ("varchar",), VARBINARY, "encode({0})"),
    "to_hex": plain("to_hex", ("varbinary",), VARCHAR, "hex({0})"),
    "md5": plain("md5", ("varbinary",), VARBINARY, "unhex(md5({0}))"),
    "sha256": plain("sha256", ("varbinary",), VARBINARY, "unhex(sha256({0}))"),
    "reverse": _reverse,
}

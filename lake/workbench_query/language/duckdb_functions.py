"""Functions of Trino, written for DuckDB. What is not in the table is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlglot import exp

from .duckdb_casts import cast, cast_to, duckdb_type, utc
from .duckdb_numbers import arithmetic, as_decimal
from .duckdb_patterns import PATTERN_FUNCTIONS
from .duckdb_times import (
    EXTRACTED,
    UNITS_OF_DATES,
    UNITS_OF_TIMES,
    extract,
    in_millis,
    joda_pattern,
    moment,
    mysql_pattern,
)  # fmt: skip
from .sql_types import (
    BIGINT,
    BOOLEAN,
    DATE,
    DOUBLE,
    INTEGER,
    UNKNOWN,
    VARBINARY,
    VARCHAR,
    SqlType,
    array,
    common_type,
    decimal,
    is_integer,
    is_number,
    timestamp,
)  # fmt: skip
from .written import ATOM, PLUS, Piece, only, refusal, refuse, text_literal

if TYPE_CHECKING:
    from .scopes import Scope
    from .to_duckdb import ToDuckDB

Rule = Callable[["ToDuckDB", list[exp.Expression], exp.Expression, "Scope"], Piece]

# What Trino takes for white space at the ends of a text.
_BLANKS = (
    "chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(28) || chr(29) || chr(30) || chr(31) || ' ' || chr(5760)"
)


def _counted(nodes: list[exp.Expression], node: exp.Expression, name: str, least: int, most: int) -> None:
    if not least <= len(nodes) <= most:
        refuse(node, f"{name} with {len(nodes)} arguments is not translated.")


def _coerced(
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


def _plain(
    name: str, kinds: tuple[str, ...], of: SqlType, template: str, least: int | None = None, nan: bool = False
) -> Rule:
    """A function whose arguments are of these kinds; {0}, {1} … in the template are their texts."""

    def write(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
        _counted(nodes, node, name, len(kinds) if least is None else least, len(kinds))
        pieces = _coerced(writer, nodes, kinds, node, scope, name)
        return Piece(template.format(*(it.text for it in pieces)), of, nan=nan)

    return write


def _doubles(name: str, arguments: int = 1, template: str | None = None) -> Rule:
    call = template or f"{name}({', '.join(f'{{{i}}}' for i in range(arguments))})"
    return _plain(name, ("double",) * arguments, DOUBLE, call, nan=True)


# Texts


def _substr(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    _counted(nodes, node, "substr", 2, 3)
    text, start, *rest = _coerced(writer, nodes, ("varchar", "integer", "integer"), node, scope, "substr")
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
        _counted(nodes, node, name, 1, 2)
        pieces = _coerced(writer, nodes, ("varchar", "varchar"), node, scope, name)
        blanks = pieces[1].text if len(pieces) > 1 else _BLANKS
        return Piece(f"{name}({pieces[0].text}, {blanks})", VARCHAR)

    return write


def _searched(name: str, of: SqlType, template: str, extra: tuple[str, ...] = ()) -> Rule:
    """A function of a text and of a literal to look for, which must not be empty."""

    def write(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
        _counted(nodes, node, name, 2 + len(extra), 2 + len(extra))
        pieces = _coerced(writer, nodes, ("varchar", "varchar", *extra), node, scope, name)
        if not isinstance(pieces[1].literal, str) or not pieces[1].literal:
            refuse(
                node,
                f"{name} is translated with a text, written out, to look for.",
                "An empty text is treated differently.",
            )
        return Piece(template.format(*(it.text for it in pieces)), of)

    return write


def _replace(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    _counted(nodes, node, "replace", 2, 3)
    pieces = _coerced(writer, nodes, ("varchar",) * 3, node, scope, "replace")
    if not pieces[1].literal:
        refuse(
            node,
            "replace is translated with a text, written out, to look for.",
            "An empty text is treated differently.",
        )
    new = pieces[2].text if len(pieces) > 2 else "''"
    return Piece(f"replace({pieces[0].text}, {pieces[1].text}, {new})", VARCHAR)


def _split_part(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    _counted(nodes, node, "split_part", 3, 3)
    text, between, index = _coerced(writer, nodes, ("varchar", "varchar", "integer"), node, scope, "split_part")
    if not between.literal or not isinstance(index.literal, int) or index.literal < 1:
        refuse(node, "split_part is translated with a text and a number from 1, both written out.")
    return Piece(f"string_split({text.text}, {between.text})[{index.text}]", VARCHAR)


def _padded(name: str) -> Rule:
    def write(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
        _counted(nodes, node, name, 3, 3)
        text, size, pad = _coerced(writer, nodes, ("varchar", "integer", "varchar"), node, scope, name)
        if not isinstance(size.literal, int) or size.literal < 0 or not pad.literal:
            refuse(node, f"{name} is translated with a length and a text to fill with, both written out.")
        return Piece(f"{name}({text.text}, {size.text}, {pad.text})", VARCHAR)

    return write


def _concat(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    return writer.joined(writer.many(nodes, scope), node)


def _concat_ws(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    if len(nodes) < 2:
        refuse(node, "concat_ws takes a separator and texts.")
    pieces = _coerced(writer, nodes, ("varchar",) * len(nodes), node, scope, "concat_ws")
    return Piece(f"concat_ws({', '.join(it.text for it in pieces)})", VARCHAR)


def _case_of_letters(name: str) -> Rule:
    def write(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
        _counted(nodes, node, name, 1, 1)
        (text,) = _coerced(writer, nodes, ("varchar",), node, scope, name)
        # Trino leaves the small sharp s as it is.
        if name == "upper":
            kept = f"replace({text.text}, chr(223), chr(1114111))"
            return Piece(f"replace(upper({kept}), chr(1114111), chr(223))", VARCHAR)
        return Piece(f"{name}({text.text})", VARCHAR)

    return write


# Numbers


def _same_or_double(name: str, duckdb: str) -> Rule:
    """floor, ceil and the like: whole numbers stay, decimals lose their fraction, doubles stay doubles."""

    def write(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
        _counted(nodes, node, name, 1, 1)
        (piece,) = _coerced(writer, nodes, ("number",), node, scope, name)
        if is_integer(piece.type):
            return piece
        if piece.type.kind == "decimal":
            precision, scale = piece.type.args
            of = decimal(min(38, precision - scale + (1 if scale else 0)), 0)
            return Piece(f"CAST({duckdb}({piece.text}) AS {duckdb_type(of)})", of)
        return Piece(f"{duckdb}({piece.text})", piece.type, nan=piece.nan)

    return write


def _round(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    _counted(nodes, node, "round", 1, 2)
    piece, *rest = _coerced(writer, nodes, ("number", "integer"), node, scope, "round")
    digits = rest[0].literal if rest else 0
    if not isinstance(digits, int) or digits < 0:
        refuse(node, "round is translated with a number of digits, written out, from 0.")
    if is_integer(piece.type):
        return piece
    if piece.type.kind == "decimal":
        precision, scale = piece.type.args
        of = (
            decimal(min(38, precision + 1), scale)
            if rest
            else decimal(min(38, precision - scale + (1 if scale else 0)), 0)
        )
        return Piece(f"CAST(round({piece.text}, {min(digits, scale)}) AS {duckdb_type(of)})", of)
    if piece.type.kind == "real":
        refuse(node, "round of real is not translated.", "Cast to double.")
    return Piece(f"round({piece.text}{f', {digits}' if rest else ''})", piece.type, nan=piece.nan)


def _abs(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    _counted(nodes, node, "abs", 1, 1)
    (piece,) = _coerced(writer, nodes, ("number",), node, scope, "abs")
    return Piece(f"abs({piece.text})", piece.type, nan=piece.nan, loose=piece.type.kind == "decimal")


def _sign(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    _counted(nodes, node, "sign", 1, 1)
    (piece,) = _coerced(writer, nodes, ("number",), node, scope, "sign")
    if piece.nan:
        refuse(node, "sign of a double is not translated: NaN has none in DuckDB.", "Write it as CASE.")
    of = decimal(1, 0) if piece.type.kind == "decimal" else piece.type
    return Piece(f"CAST(sign({piece.text}) AS {duckdb_type(of)})", of)


def _mod(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    _counted(nodes, node, "mod", 2, 2)
    left, right = writer.many(nodes, scope)
    return arithmetic("%", left, right, node)


def _bits(operator: str) -> Rule:
    def write(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
        _counted(nodes, node, "bitwise function", 2, 2)
        a, b = _coerced(writer, nodes, ("integer", "integer"), node, scope, "bitwise function")
        text = operator.format(*(f"CAST({it.text} AS BIGINT)" for it in (a, b)))
        return Piece(text, BIGINT)

    return write


# Conditions


def _coalesce(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    if len(nodes) < 2:
        refuse(node, "coalesce takes two values or more.")
    of, pieces = writer.together(writer.many(nodes, scope), node)
    return Piece(
        f"coalesce({', '.join(it.text for it in pieces)})",
        of,
        nan=any(it.nan for it in pieces),
        loose=of.kind == "decimal",
    )


def _nullif(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    _counted(nodes, node, "nullif", 2, 2)
    a, b = writer.many(nodes, scope)
    equal = writer.compared("=", a, b, node)
    if a.type == b.type and not (a.nan and b.nan):
        return Piece(f"nullif({a.text}, {b.text})", a.type, nan=a.nan, loose=a.loose)
    return Piece(f"CASE WHEN {equal.text} THEN NULL ELSE {a.text} END", a.type, nan=a.nan, loose=a.loose)


def _extreme(name: str) -> Rule:
    def write(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
        of, pieces = writer.together(writer.many(nodes, scope), node)
        if any(it.nan for it in pieces) or not nodes or of.kind not in (*_ORDERED, "double", "real"):
            refuse(node, f"{name} of {of} is not translated.", "Write it as CASE.")
        tests = " OR ".join(f"{it.at(PLUS)} IS NULL" for it in pieces if it.literal is None)
        text = f"{name}({', '.join(it.text for it in pieces)})"
        if tests:
            # DuckDB leaves NULLs out, Trino answers NULL.
            text = f"CASE WHEN {tests} THEN NULL ELSE {text} END"
        return Piece(text, of, loose=of.kind == "decimal")

    return write


_ORDERED = ("tinyint", "smallint", "integer", "bigint", "decimal", "varchar", "date", "timestamp", "boolean")


# Times


def _part(name: str) -> Rule:
    def write(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
        _counted(nodes, node, name, 1, 1)
        return extract(EXTRACTED[name], writer.expression(nodes[0], scope), node)

    return write


def _unit(node: exp.Expression, name: str) -> str:
    unit = node.this.lower() if isinstance(node, exp.Literal) and node.is_string else ""
    if unit not in (*UNITS_OF_DATES, *UNITS_OF_TIMES):
        refuse(node, f"{name} is translated with one of {', '.join((*UNITS_OF_TIMES, *UNITS_OF_DATES))}, written out.")
    return unit


def _date_trunc(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    _counted(nodes, node, "date_trunc", 2, 2)
    unit, piece = _unit(nodes[0], "date_trunc"), writer.expression(nodes[1], scope)
    at = moment(piece, node, "date_trunc")
    text = f"date_trunc('{unit}', {at.text})"
    if writer.browser:
        # Its DuckDB forgets that a column has NULLs, counts them and groups by -infinity; it also makes dates of
        # timestamps. A sum has neither fault.
        text = f"({text} + INTERVAL 0 DAY)"
    if at.type.kind == "date":
        if unit in UNITS_OF_TIMES:
            refuse(node, "A date has no hours, minutes or seconds.")
        return Piece(f"CAST({text} AS DATE)", DATE)
    if piece.type.kind == "timestamptz":
        if piece.zone is not None:
            return Piece(text, piece.type, zone=piece.zone)
        if writer.browser:
            refuse(
                node,
                "date_trunc of a timestamp with time zone is not translated for the browser.",
                "Cast it to timestamp first.",
            )
        return Piece(f"({text} AT TIME ZONE 'UTC')", piece.type)
    return Piece(text, piece.type)


def _date_add(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    _counted(nodes, node, "date_add", 3, 3)
    unit = _unit(nodes[0], "date_add")
    (number,) = _coerced(writer, [nodes[1]], ("integer",), node, scope, "date_add")
    at = writer.expression(nodes[2], scope)
    if at.type.kind not in ("date", "timestamp") or at.zone is not None:
        refuse(node, f"date_add to {at.type} is not translated.", "Cast it to timestamp.")
    months = {"month": 1, "quarter": 3, "year": 12}.get(unit)
    n = f"CAST({number.text} AS INTEGER)" if number.type != INTEGER or number.literal is None else number.atom
    if months is not None:
        step = f"to_months({n}{f' * {months}' if months > 1 else ''})"
    elif unit in ("day", "week"):
        step = f"to_days({n}{' * 7' if unit == 'week' else ''})"
    else:
        if at.type.kind == "date":
            refuse(node, "A date has no hours, minutes or seconds.")
        step = f"to_{unit}s({number.text})"
    text = f"{at.at(PLUS)} + {step}"
    if at.type.kind == "date":
        return Piece(f"CAST({text} AS DATE)", DATE)
    return Piece(text, timestamp(max(at.type.args[0], 3 if unit == "millisecond" else at.type.args[0])), PLUS)


def _date_diff(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    _counted(nodes, node, "date_diff", 3, 3)
    unit = _unit(nodes[0], "date_diff")
    a, b = (moment(writer.expression(it, scope), node, "date_diff") for it in nodes[1:])
    if unit in UNITS_OF_TIMES and "date" in (a.type.kind, b.type.kind):
        refuse(node, "A date has no hours, minutes or seconds.", "Cast it to timestamp.")
    if a.type.kind == b.type.kind == "date":
        if unit == "day":
            return Piece(f"date_diff('day', {a.text}, {b.text})", BIGINT)
        if unit == "week":
            return Piece(f"date_diff('day', {a.text}, {b.text}) // 7", BIGINT, PLUS)
    if a.type.kind != b.type.kind:
        a, b = (Piece(f"CAST({it.text} AS TIMESTAMP)", timestamp(6)) if it.type.kind == "date" else it for it in (a, b))
    spelt = [
        f"date_trunc('millisecond', {it.text})" if it.type == timestamp(6) and it.literal is None else it.text
        for it in (a, b)
    ]
    return Piece(f"date_sub('{unit}', {spelt[0]}, {spelt[1]})", BIGINT)


def _last_day(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    _counted(nodes, node, "last_day_of_month", 1, 1)
    return Piece(f"last_day({moment(writer.expression(nodes[0], scope), node, 'last_day_of_month').text})", DATE)


def _date(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    _counted(nodes, node, "date", 1, 1)
    return cast(writer.expression(nodes[0], scope), DATE, False, node)


def _pattern(nodes: list[exp.Expression], node: exp.Expression, name: str) -> exp.Literal:
    _counted(nodes, node, name, 2, 2)
    if not isinstance(nodes[1], exp.Literal) or not nodes[1].is_string:
        refuse(node, f"{name} is translated with a pattern that is written out.")
    return nodes[1]


def _date_format(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    form = mysql_pattern(_pattern(nodes, node, "date_format"), reading=False)
    at = moment(writer.expression(nodes[0], scope), node, "date_format")
    return Piece(f"strftime({in_millis(at)}, {text_literal(form)})", VARCHAR)


def _format_datetime(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    form = joda_pattern(_pattern(nodes, node, "format_datetime"))
    at = moment(writer.expression(nodes[0], scope), node, "format_datetime")
    return Piece(f"strftime({in_millis(at)}, {text_literal(form)})", VARCHAR)


def _date_parse(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    form = mysql_pattern(_pattern(nodes, node, "date_parse"), reading=True)
    (text,) = _coerced(writer, nodes[:1], ("varchar",), node, scope, "date_parse")
    return Piece(f"strptime({text.text}, {text_literal(form)})", timestamp(3))


def _from_iso_date(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    _counted(nodes, node, "from_iso8601_date", 1, 1)
    (text,) = _coerced(writer, nodes, ("varchar",), node, scope, "from_iso8601_date")
    return cast(text, DATE, False, node)


def _to_unixtime(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    _counted(nodes, node, "to_unixtime", 1, 1)
    piece = writer.expression(nodes[0], scope)
    if piece.type.kind not in ("timestamp", "timestamptz") or piece.zone is not None:
        refuse(node, f"to_unixtime takes a timestamp, not {piece.type}.")
    return Piece(f"epoch({utc(piece) if piece.type.kind == 'timestamptz' else piece.text})", DOUBLE)


# Arrays and maps


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
    _counted(nodes, node, "element_at", 2, 2)
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
    _counted(nodes, node, "cardinality", 1, 1)
    piece = writer.expression(nodes[0], scope)
    if piece.type.kind == "array":
        return Piece(f"len({piece.text})", BIGINT)
    if piece.type.kind == "map":
        return Piece(f"CAST(cardinality({piece.text}) AS BIGINT)", BIGINT)
    raise refusal(node, f"cardinality takes an array or a map, not {piece.type}.")


def _array_of(writer: ToDuckDB, node: exp.Expression, scope: Scope, name: str) -> Piece:
    piece = writer.expression(node, scope)
    if piece.type.kind != "array":
        refuse(node, f"{name} takes an array, not {piece.type}.")
    return piece


_SIMPLE_ELEMENTS = (
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


def _contains(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    _counted(nodes, node, "contains", 2, 2)
    of, value = _array_of(writer, nodes[0], scope, "contains"), writer.expression(nodes[1], scope)
    element = of.type.args[0]
    both = common_type(element, value.type)
    if both is None or element.kind not in _SIMPLE_ELEMENTS or (both != element and both.kind != element.kind):
        refuse(node, f"contains of {of.type} and {value.type} is not translated.")
    v, a = cast_to(value, both, node).text, of.text
    text = (
        f"CASE WHEN {a} IS NULL OR {v} IS NULL THEN NULL WHEN list_contains({a}, {v}) THEN true "
        f"WHEN list_count({a}) < len({a}) THEN NULL ELSE false END"
    )
    return Piece(text, BOOLEAN)


def _array_position(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    _counted(nodes, node, "array_position", 2, 2)
    of, value = _array_of(writer, nodes[0], scope, "array_position"), writer.expression(nodes[1], scope)
    element = of.type.args[0]
    if common_type(element, value.type) != element or element.kind not in _SIMPLE_ELEMENTS:
        refuse(node, f"array_position of {of.type} and {value.type} is not translated.")
    v, a = cast_to(value, element, node).text, of.text
    return Piece(
        f"CASE WHEN {a} IS NULL OR {v} IS NULL THEN NULL ELSE coalesce(CAST(list_position({a}, {v}) AS BIGINT), 0) END",
        BIGINT,
    )


def _array_extreme(name: str, duckdb: str) -> Rule:
    def write(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
        _counted(nodes, node, name, 1, 1)
        of = _array_of(writer, nodes[0], scope, name)
        if of.type.args[0].kind not in _ORDERED:
            refuse(node, f"{name} of {of.type} is not translated.")
        a = of.text
        return Piece(
            f"CASE WHEN list_count({a}) < len({a}) THEN NULL ELSE {duckdb}({a}) END", of.type.args[0], loose=of.loose
        )

    return write


def _array_sort(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    _counted(nodes, node, "array_sort", 1, 1)
    of = _array_of(writer, nodes[0], scope, "array_sort")
    if of.type.args[0].kind not in (*_ORDERED, "double"):
        refuse(node, f"array_sort of {of.type} is not translated.")
    return Piece(f"list_sort({of.text}, 'ASC', 'NULLS LAST')", of.type, loose=of.loose)


def _array_join(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    _counted(nodes, node, "array_join", 2, 2)
    of = _array_of(writer, nodes[0], scope, "array_join")
    (between,) = _coerced(writer, nodes[1:], ("varchar",), node, scope, "array_join")
    if of.type.args[0].kind not in ("varchar", "integer", "bigint"):
        refuse(node, f"array_join of {of.type} is not translated.", "transform(…) its elements to text first.")
    text = f"array_to_string({of.text}, {between.text})"
    if writer.browser:
        # Its DuckDB makes NULL of a list without elements.
        text = f"coalesce({text}, CASE WHEN {of.text} IS NOT NULL THEN '' END)"
    return Piece(text, VARCHAR)


def _slice(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    _counted(nodes, node, "slice", 3, 3)
    of = _array_of(writer, nodes[0], scope, "slice")
    start, length = _coerced(writer, nodes[1:], ("integer", "integer"), node, scope, "slice")
    if (
        not isinstance(start.literal, int)
        or start.literal < 1
        or not isinstance(length.literal, int)
        or length.literal < 1
    ):
        refuse(node, "slice is translated with a start from 1 and a length from 1, both written out.")
    return Piece(f"{of.atom}[{start.literal}:{start.literal + length.literal - 1}]", of.type, loose=of.loose)


def _sequence(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    _counted(nodes, node, "sequence", 2, 3)
    first, last = writer.many(nodes[:2], scope)
    if is_integer(first.type) and is_integer(last.type):
        step = writer.expression(nodes[2], scope) if len(nodes) > 2 else None
        if step is not None and (not isinstance(step.literal, int) or step.literal == 0):
            refuse(node, "sequence is translated with a step that is written out.")
        if step is None and not (
            isinstance(first.literal, int) and isinstance(last.literal, int) and first.literal <= last.literal
        ):
            refuse(node, "sequence is translated with a step, or with an end above its start, both written out.")
        of = BIGINT
        parts = ", ".join(f"CAST({it.text} AS BIGINT)" for it in (first, last, *([step] if step else [])))
        return Piece(f"generate_series({parts})", array(of))
    if first.type.kind == last.type.kind == "date":
        from .duckdb_times import interval_of

        if len(nodes) < 3 or not isinstance(nodes[2], exp.Interval):
            refuse(node, "sequence of dates is translated with a step.", "Add INTERVAL '1' DAY.")
        step_text = interval_of(writer, nodes[2], scope)
        if step_text.literal not in ("DAY", "MONTH", "YEAR"):
            refuse(node, "sequence of dates is translated with a step of days, months or years.")
        if step_text.literal != "DAY":
            refuse(
                node,
                "sequence by months is not translated: the ends of months differ.",
                "date_add('month', n, date) over a sequence of numbers.",
            )
        return Piece(f"CAST(generate_series({first.text}, {last.text}, {step_text.text}) AS DATE[])", array(DATE))
    raise refusal(node, f"sequence of {first.type} is not translated.")


def _lambda(
    writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope, name: str
) -> tuple[Piece, str, Piece]:
    _counted(nodes, node, name, 2, 2)
    of = _array_of(writer, nodes[0], scope, name)
    arrow = nodes[1]
    if not isinstance(arrow, exp.Lambda) or len(arrow.expressions) != 1:
        refuse(node, f"{name} takes a function of one argument: x -> …")
    only(arrow, "this", "expressions", "colon")
    variable = arrow.expressions[0].name
    element = of.type.args[0]
    spelt = f"{variable}_" if variable.lower() in ("lambda", "x") else variable
    piece = Piece(spelt, element, nan=element.kind in ("double", "real"), loose=of.loose)
    return of, spelt, writer.expression(arrow.this, scope.with_variables({variable.lower(): piece}))


def _transform(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    of, variable, body = _lambda(writer, nodes, node, scope, "transform")
    return Piece(f"list_transform({of.text}, lambda {variable}: {body.text})", array(body.type), loose=body.loose)


def _filter(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    of, variable, body = _lambda(writer, nodes, node, scope, "filter")
    if body.type != BOOLEAN:
        refuse(node, f"filter takes a condition, not {body.type}.")
    return Piece(f"list_filter({of.text}, lambda {variable}: {body.text})", of.type, loose=of.loose)


def _flatten(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    _counted(nodes, node, "flatten", 1, 1)
    of = _array_of(writer, nodes[0], scope, "flatten")
    if of.type.args[0].kind != "array":
        refuse(node, "flatten takes an array of arrays.")
    return Piece(f"flatten({of.text})", of.type.args[0], loose=of.loose)


def _reverse(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    _counted(nodes, node, "reverse", 1, 1)
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


def _map(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    _counted(nodes, node, "map", 2, 2)
    keys, values = (_array_of(writer, it, scope, "map") for it in nodes)
    if keys.type.args[0].kind not in _SIMPLE_ELEMENTS:
        refuse(node, f"A map with keys of {keys.type.args[0]} is not translated.")
    return Piece(
        f"map({keys.text}, {values.text})", SqlType("map", (keys.type.args[0], values.type.args[0])), loose=values.loose
    )


def _map_part(name: str) -> Rule:
    def write(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
        _counted(nodes, node, name, 1, 1)
        piece = writer.expression(nodes[0], scope)
        if piece.type.kind != "map":
            refuse(node, f"{name} takes a map, not {piece.type}.")
        return Piece(f"{name}({piece.text})", array(piece.type.args[0 if name == "map_keys" else 1]), loose=piece.loose)

    return write


def _row(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    pieces = writer.many(nodes, scope)
    fields = [f"{f'v{index}'} := {it.text}" for index, it in enumerate(pieces)]
    return Piece(
        f"struct_pack({', '.join(fields)})",
        SqlType("row", tuple((None, it.type) for it in pieces)),
        loose=any(it.loose for it in pieces),
    )


def _json_scalar(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    import re

    _counted(nodes, node, "json_extract_scalar", 2, 2)
    if writer.browser:
        refuse(node, "DuckDB in the browser has no JSON functions.", "Run it on the server.")
    text, path = _coerced(writer, nodes, ("varchar", "varchar"), node, scope, "json_extract_scalar")
    if not isinstance(path.literal, str) or not re.fullmatch(r"\$([.][A-Za-z_][A-Za-z0-9_]*|\[\d+\])+", path.literal):
        refuse(
            node,
            "json_extract_scalar is translated with a path of names and numbers, written out.",
            "Write it as $.order.lines[0].",
        )
    t, p = text.text, path.text
    guard = f"WHEN {t} IS NULL OR NOT json_valid({t}) OR json_type({t}, {p}) IN ('OBJECT', 'ARRAY') THEN NULL"
    number = (
        f"WHEN json_type({t}, {p}) = 'DOUBLE' THEN error('json_extract_scalar of a fraction differs between engines')"
    )
    return Piece(f"CASE {guard} {number} ELSE json_extract_string({t}, {p}) END", VARCHAR)


FUNCTIONS: dict[str, Rule] = {
    # texts
    "length": _plain("length", ("varchar",), BIGINT, "length({0})"),
    "lower": _case_of_letters("lower"),
    "upper": _case_of_letters("upper"),
    "trim": _trim("trim"),
    "ltrim": _trim("ltrim"),
    "rtrim": _trim("rtrim"),
    "substr": _substr,
    "substring": _substr,
    "strpos": _plain("strpos", ("varchar", "varchar"), BIGINT, "strpos({0}, {1})"),
    "replace": _replace,
    "split": _searched("split", array(VARCHAR), "string_split({0}, {1})"),
    "split_part": _split_part,
    "lpad": _padded("lpad"),
    "rpad": _padded("rpad"),
    "concat": _concat,
    "concat_ws": _concat_ws,
    "starts_with": _plain("starts_with", ("varchar", "varchar"), BOOLEAN, "starts_with({0}, {1})"),
    "chr": _plain("chr", ("integer",), VARCHAR, "chr(CAST({0} AS INTEGER))"),
    "codepoint": _plain("codepoint", ("varchar",), INTEGER, "unicode({0})"),
    "to_utf8": _plain("to_utf8", ("varchar",), VARBINARY, "encode({0})"),
    "to_hex": _plain("to_hex", ("varbinary",), VARCHAR, "hex({0})"),
    "md5": _plain("md5", ("varbinary",), VARBINARY, "unhex(md5({0}))"),
    "sha256": _plain("sha256", ("varbinary",), VARBINARY, "unhex(sha256({0}))"),
    "reverse": _reverse,
    **PATTERN_FUNCTIONS,
    # numbers
    "abs": _abs,
    "ceil": _same_or_double("ceil", "ceil"),
    "ceiling": _same_or_double("ceiling", "ceil"),
    "floor": _same_or_double("floor", "floor"),
    "round": _round,
    "sign": _sign,
    "mod": _mod,
    "power": _doubles("pow", 2),
    "pow": _doubles("pow", 2),
    **{
        name: _doubles(name)
        for name in (
            "sqrt",
            "exp",
            "ln",
            "log2",
            "log10",
            "cbrt",
            "degrees",
            "radians",
            "sin",
            "cos",
            "tan",
            "asin",
            "acos",
            "atan",
            "sinh",
            "cosh",
            "tanh",
        )
    },
    "atan2": _doubles("atan2", 2),
    "log": _doubles("log", 2, "(ln({1}) / ln({0}))"),
    "pi": _plain("pi", (), DOUBLE, "pi()"),
    "e": _plain("e", (), DOUBLE, "exp(1)"),
    "nan": _plain("nan", (), DOUBLE, "CAST('nan' AS DOUBLE)", nan=True),
    "infinity": _plain("infinity", (), DOUBLE, "CAST('inf' AS DOUBLE)"),
    "is_nan": _plain("is_nan", ("double",), BOOLEAN, "isnan({0})"),
    "is_finite": _plain("is_finite", ("double",), BOOLEAN, "isfinite({0})"),
    "is_infinite": _plain("is_infinite", ("double",), BOOLEAN, "isinf({0})"),
    "bitwise_and": _bits("({0} & {1})"),
    "bitwise_or": _bits("({0} | {1})"),
    "bitwise_xor": _bits("xor({0}, {1})"),
    # conditions
    "coalesce": _coalesce,
    "nullif": _nullif,
    "greatest": _extreme("greatest"),
    "least": _extreme("least"),
    # times
    **{name: _part(name) for name in EXTRACTED},
    "date": _date,
    "date_trunc": _date_trunc,
    "date_add": _date_add,
    "date_diff": _date_diff,
    "last_day_of_month": _last_day,
    "date_format": _date_format,
    "format_datetime": _format_datetime,
    "date_parse": _date_parse,
    "from_iso8601_date": _from_iso_date,
    "to_unixtime": _to_unixtime,
    # arrays, maps, rows, JSON
    "element_at": _element_at,
    "cardinality": _cardinality,
    "contains": _contains,
    "array_position": _array_position,
    "array_max": _array_extreme("array_max", "list_max"),
    "array_min": _array_extreme("array_min", "list_min"),
    "array_sort": _array_sort,
    "array_join": _array_join,
    "slice": _slice,
    "sequence": _sequence,
    "transform": _transform,
    "filter": _filter,
    "flatten": _flatten,
    "map": _map,
    "map_keys": _map_part("map_keys"),
    "map_values": _map_part("map_values"),
    "row": _row,
    "json_extract_scalar": _json_scalar,
}
_ = (UNKNOWN, ATOM, as_decimal)

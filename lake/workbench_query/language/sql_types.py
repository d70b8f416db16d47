"""Types of values, spelt as Trino spells them, whichever dialect a statement is written in."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from sqlglot import exp


class SqlType(NamedTuple):
    """A type. `args`: decimal (precision, scale); varchar () or (n,); char (n,); timestamp, timestamptz and time
    (digits,); array (element,); map (key, value); row ((name or None, type), …). `unknown` is that of a bare NULL."""

    kind: str
    args: tuple[Any, ...] = ()

    def __str__(self) -> str:
        if self.kind == "timestamptz":
            return f"timestamp({self.args[0]}) with time zone"
        if self.kind == "row":
            return "row(" + ", ".join(f"{name} {of}" if name else str(of) for name, of in self.args) + ")"
        if not self.args:
            return self.kind
        return f"{self.kind}({', '.join(str(it) for it in self.args)})"


BOOLEAN = SqlType("boolean")
TINYINT = SqlType("tinyint")
SMALLINT = SqlType("smallint")
INTEGER = SqlType("integer")
BIGINT = SqlType("bigint")
HUGEINT = SqlType("hugeint")
REAL = SqlType("real")
DOUBLE = SqlType("double")
VARCHAR = SqlType("varchar")
VARBINARY = SqlType("varbinary")
DATE = SqlType("date")
UNKNOWN = SqlType("unknown")
JSON = SqlType("json")
UUID = SqlType("uuid")
DAY_TIME = SqlType("interval day to second")
YEAR_MONTH = SqlType("interval year to month")

INTEGERS = ("tinyint", "smallint", "integer", "bigint", "hugeint")
FLOATS = ("real", "double")
NUMBERS = (*INTEGERS, "decimal", *FLOATS)
DIGITS = {"tinyint": 3, "smallint": 5, "integer": 10, "bigint": 19, "hugeint": 38}


def decimal(precision: int, scale: int) -> SqlType:
    return SqlType("decimal", (precision, scale))


def array(element: SqlType) -> SqlType:
    return SqlType("array", (element,))


def json_as_text(of: SqlType) -> SqlType:
    """The type with varchar in the place of json, in arrays too."""
    if of == JSON:
        return VARCHAR
    return array(json_as_text(of.args[0])) if of.kind == "array" else of


def timestamp(digits: int) -> SqlType:
    return SqlType("timestamp", (digits,))


def is_integer(of: SqlType) -> bool:
    return of.kind in INTEGERS


def is_number(of: SqlType) -> bool:
    return of.kind in NUMBERS


def as_decimal(of: SqlType) -> SqlType:
    """The decimal that holds every value of an integer or decimal type."""
    return of if of.kind == "decimal" else decimal(DIGITS[of.kind], 0)


def common_type(a: SqlType, b: SqlType) -> SqlType | None:
    """The type to which Trino brings both without a cast; None where it refuses."""
    if a == b:
        return a
    if a.kind == "unknown":
        return b
    if b.kind == "unknown":
        return a
    kinds = {a.kind, b.kind}
    if a.kind in INTEGERS and b.kind in INTEGERS:
        return a if INTEGERS.index(a.kind) >= INTEGERS.index(b.kind) else b
    if is_number(a) and is_number(b):
        if "double" in kinds:
            return DOUBLE
        if "real" in kinds:
            return REAL
        x, y = as_decimal(a).args, as_decimal(b).args
        scale = max(x[1], y[1])
        return decimal(min(38, max(x[0] - x[1], y[0] - y[1]) + scale), scale)
    if kinds == {"varchar"}:
        return SqlType("varchar", (max(a.args[0], b.args[0]),)) if a.args and b.args else VARCHAR
    if kinds == {"timestamp"} or kinds == {"timestamptz"} or kinds == {"time"}:
        return a if a.args[0] >= b.args[0] else b
    if kinds == {"date", "timestamp"}:
        return a if a.kind == "timestamp" else b
    if kinds == {"array"}:
        element = common_type(a.args[0], b.args[0])
        return None if element is None else array(element)
    if kinds == {"map"}:
        key, value = common_type(a.args[0], b.args[0]), common_type(a.args[1], b.args[1])
        return None if key is None or value is None else SqlType("map", (key, value))
    if kinds == {"row"} and len(a.args) == len(b.args):
        fields = [
            (x[0] if x[0] == y[0] else None, common_type(x[1], y[1])) for x, y in zip(a.args, b.args, strict=True)
        ]
        return None if any(of is None for _, of in fields) else SqlType("row", tuple(fields))
    return None


_WORD = re.compile(r'\s*("(?:[^"]|"")*"|[A-Za-z_][A-Za-z0-9_]*|\d+|[(),])')


def read_type(text: str) -> SqlType:
    """The type that Trino spells so; a type that is not known here keeps its name and can only be passed through."""
    words = [match.group(1) for match in _WORD.finditer(text)]
    try:
        found, rest = _read(words)
    except (IndexError, ValueError):
        return SqlType(text.strip().lower())
    return found if not rest else SqlType(text.strip().lower())


def _read(words: list[str]) -> tuple[SqlType, list[str]]:
    name, rest = words[0].lower(), words[1:]
    if name == "double" and rest[:1] == ["precision"]:
        rest = rest[1:]
    args: list[Any] = []
    if rest[:1] == ["("]:
        rest = rest[1:]
        while rest[0] != ")":
            if name == "row":
                field = rest[0].strip('"').replace('""', '"')
                of, rest = _read(rest[1:])
                args.append((field, of))
            elif rest[0].isdigit():
                args.append(int(rest[0]))
                rest = rest[1:]
            else:
                of, rest = _read(rest)
                args.append(of)
            if rest[0] == ",":
                rest = rest[1:]
        rest = rest[1:]
    if name in ("timestamp", "time"):
        zone = [word.lower() for word in rest[:3]]
        digits = args[0] if args else 3
        if zone == ["with", "time", "zone"]:
            return SqlType(name + "tz", (digits,)), rest[3:]
        if zone == ["without", "time", "zone"]:
            rest = rest[3:]
        return SqlType(name, (digits,)), rest
    name = {"int": "integer", "string": "varchar"}.get(name, name)
    if name == "decimal" and len(args) == 1:
        args.append(0)
    return SqlType(name, tuple(args)), rest


_PLAIN = {
    exp.DType.BOOLEAN: BOOLEAN,
    exp.DType.TINYINT: TINYINT,
    exp.DType.SMALLINT: SMALLINT,
    exp.DType.INT: INTEGER,
    exp.DType.BIGINT: BIGINT,
    exp.DType.INT128: HUGEINT,
    exp.DType.FLOAT: REAL,
    exp.DType.DOUBLE: DOUBLE,
    exp.DType.VARBINARY: VARBINARY,
    exp.DType.DATE: DATE,
    exp.DType.TEXT: VARCHAR,
    exp.DType.JSON: JSON,
    exp.DType.UUID: UUID,
}


def type_of_node(node: exp.DataType, *, bare_decimal: tuple[int, int], bare_digits: int) -> SqlType | None:
    """The type that a cast names; None where it is not one that is known. What a bare DECIMAL and TIMESTAMP mean is the
    dialect's: (precision, scale), digits of a second."""
    kind = node.this
    if kind in _PLAIN:
        return _PLAIN[kind]
    numbers = [int(it.name) for it in node.expressions if isinstance(it, exp.DataTypeParam) and it.name.isdigit()]
    if kind == exp.DType.VARCHAR:
        return SqlType("varchar", tuple(numbers))
    if kind == exp.DType.CHAR:
        return SqlType("char", (numbers[0] if numbers else 1,))
    if kind == exp.DType.DECIMAL:
        precision, scale = (*numbers, 0)[:2] if numbers else bare_decimal
        return decimal(precision, scale)
    if kind in (exp.DType.TIMESTAMP, exp.DType.TIMESTAMPTZ):
        name = "timestamptz" if kind == exp.DType.TIMESTAMPTZ else "timestamp"
        return SqlType(name, (numbers[0] if numbers else bare_digits,))
    options = {"bare_decimal": bare_decimal, "bare_digits": bare_digits}
    if kind in (exp.DType.ARRAY, exp.DType.LIST, exp.DType.MAP):
        parts = [type_of_node(it, **options) for it in node.expressions if isinstance(it, exp.DataType)]
        if None in parts or len(parts) != (2 if kind == exp.DType.MAP else 1):
            return None
        return SqlType("map" if kind == exp.DType.MAP else "array", tuple(parts))
    if kind == exp.DType.STRUCT:
        fields = []
        for it in node.expressions:
            named = isinstance(it, exp.ColumnDef)
            of = type_of_node(it.args["kind"] if named else it, **options)
            if of is None:
                return None
            fields.append((it.name if named else None, of))
        return SqlType("row", tuple(fields))
    return None

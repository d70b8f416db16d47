"""Types: Iceberg's, spelt as Trino's SQL types for people and as DuckDB's for the engine."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

from pyiceberg.types import (
    BinaryType,
    BooleanType,
    DateType,
    DecimalType,
    DoubleType,
    FixedType,
    FloatType,
    IcebergType,
    IntegerType,
    ListType,
    LongType,
    MapType,
    NestedField,
    StringType,
    StructType,
    TimestampType,
    TimestamptzType,
    TimeType,
    UUIDType,
)

from .failures import invalid

_SCALARS: list[tuple[type[IcebergType], str, str]] = [
    (BooleanType, "boolean", "BOOLEAN"),
    (IntegerType, "integer", "INTEGER"),
    (LongType, "bigint", "BIGINT"),
    (FloatType, "real", "FLOAT"),
    (DoubleType, "double", "DOUBLE"),
    (DateType, "date", "DATE"),
    (TimeType, "time(6)", "TIME"),
    (TimestampType, "timestamp(6)", "TIMESTAMP"),
    (TimestamptzType, "timestamp(6) with time zone", "TIMESTAMPTZ"),
    (StringType, "varchar", "VARCHAR"),
    (UUIDType, "uuid", "UUID"),
    (BinaryType, "varbinary", "BLOB"),
    (FixedType, "varbinary", "BLOB"),
]

_NAMES: dict[str, IcebergType] = {
    "boolean": BooleanType(),
    "bool": BooleanType(),
    "tinyint": IntegerType(),
    "smallint": IntegerType(),
    "integer": IntegerType(),
    "int": IntegerType(),
    "bigint": LongType(),
    "long": LongType(),
    "real": FloatType(),
    "float": FloatType(),
    "double": DoubleType(),
    "date": DateType(),
    "time": TimeType(),
    "timestamp": TimestampType(),
    "timestamptz": TimestamptzType(),
    "varchar": StringType(),
    "char": StringType(),
    "string": StringType(),
    "json": StringType(),
    "uuid": UUIDType(),
    "varbinary": BinaryType(),
    "binary": BinaryType(),
}


def quoted(name: str) -> str:
    """A name as a quoted identifier of SQL."""
    return '"' + name.replace('"', '""') + '"'


def trino_type(kind: IcebergType) -> str:
    """The type as Trino spells it."""
    if isinstance(kind, DecimalType):
        return f"decimal({kind.precision},{kind.scale})"
    if isinstance(kind, ListType):
        return f"array({trino_type(kind.element_type)})"
    if isinstance(kind, MapType):
        return f"map({trino_type(kind.key_type)}, {trino_type(kind.value_type)})"
    if isinstance(kind, StructType):
        return "row(" + ", ".join(f"{_plain_or_quoted(f.name)} {trino_type(f.field_type)}" for f in kind.fields) + ")"
    return _spelling(kind, 1)


def duckdb_type(kind: IcebergType) -> str:
    """The type as DuckDB spells it."""
    if isinstance(kind, DecimalType):
        return f"DECIMAL({kind.precision},{kind.scale})"
    if isinstance(kind, ListType):
        return f"{duckdb_type(kind.element_type)}[]"
    if isinstance(kind, MapType):
        return f"MAP({duckdb_type(kind.key_type)}, {duckdb_type(kind.value_type)})"
    if isinstance(kind, StructType):
        return "STRUCT(" + ", ".join(f"{quoted(f.name)} {duckdb_type(f.field_type)}" for f in kind.fields) + ")"
    return _spelling(kind, 2)


def parse_type(text: str, next_id: Callable[[], int] | None = None) -> IcebergType:
    """Read a type as Trino or Iceberg spells it. Ids of nested fields come from `next_id`.

    Raises invalid_input for a type that the lake does not have.
    """
    parser = _TypeParser(text, next_id or itertools.count(1).__next__)
    kind = parser.type()
    parser.end()
    return kind


def is_json_spelling(text: str) -> bool:
    """Whether the declared type asks for JSON, which is stored as text."""
    return text.strip().lower() == "json"


def _spelling(kind: IcebergType, column: int) -> str:
    for row in _SCALARS:
        if isinstance(kind, row[0]):
            return str(row[column])
    raise invalid(f"The lake has no type {kind}.")


def _plain_or_quoted(name: str) -> str:
    return name if re.fullmatch(r"[a-z_][a-z0-9_]*", name) else quoted(name)


class _TypeParser:
    _TOKEN = re.compile(r'\s*(?:("(?:[^"]|"")*")|([(),<>:])|([^\s(),<>:"]+))')

    def __init__(self, text: str, next_id: Callable[[], int]) -> None:
        self._text = text
        self._next_id = next_id
        self._tokens: list[str] = []
        position = 0
        while position < len(text.rstrip()):
            match = self._TOKEN.match(text, position)
            if not match:
                raise self._failure()
            self._tokens.append(match[0].strip())
            position = match.end()
        self._at = 0

    def type(self) -> IcebergType:
        name = self._take().lower()
        if name in ("array", "list"):
            close = self._open()
            element_id = self._next_id()
            kind: IcebergType = ListType(element_id=element_id, element_type=self.type(), element_required=False)
            self._expect(close)
            return kind
        if name == "map":
            close = self._open()
            key_id, value_id = self._next_id(), self._next_id()
            key = self.type()
            self._expect(",")
            value = self.type()
            self._expect(close)
            return MapType(key_id=key_id, key_type=key, value_id=value_id, value_type=value, value_required=False)
        if name in ("row", "struct"):
            return self._struct()
        if name == "decimal":
            arguments = self._arguments()
            precision, scale = (arguments + [0])[:2] if arguments else (38, 0)
            if not (1 <= precision <= 38 and 0 <= scale <= precision):
                raise self._failure()
            return DecimalType(precision, scale)
        arguments = self._arguments()
        if name in ("time", "timestamp") and arguments and arguments[0] > 6:
            raise invalid(f"{self._text!r} is finer than a microsecond.", "Use a precision of 6.")
        if name == "timestamp" and self._peek() in ("with", "without"):
            zoned = self._take() == "with"
            if [self._take().lower(), self._take().lower()] != ["time", "zone"]:
                raise self._failure()
            return TimestamptzType() if zoned else TimestampType()
        if name not in _NAMES:
            raise self._failure()
        return _NAMES[name]

    def end(self) -> None:
        if self._at != len(self._tokens):
            raise self._failure()

    def _struct(self) -> StructType:
        close = self._open()
        fields: list[NestedField] = []
        while True:
            name = self._take()
            if name.startswith('"'):
                name = name[1:-1].replace('""', '"')
            if self._peek() == ":":
                self._take()
            field_id = self._next_id()
            fields.append(NestedField(field_id=field_id, name=name, field_type=self.type(), required=False))
            if self._peek() != ",":
                break
            self._take()
        self._expect(close)
        return StructType(*fields)

    def _arguments(self) -> list[int]:
        if self._peek() != "(":
            return []
        self._take()
        values: list[int] = []
        while True:
            token = self._take()
            if not token.isdigit():
                raise self._failure()
            values.append(int(token))
            if self._take_either(",", ")") == ")":
                return values

    def _open(self) -> str:
        return ")" if self._take_either("(", "<") == "(" else ">"

    def _take_either(self, *wanted: str) -> str:
        token = self._take()
        if token not in wanted:
            raise self._failure()
        return token

    def _expect(self, wanted: str) -> None:
        self._take_either(wanted)

    def _peek(self) -> str | None:
        return self._tokens[self._at].lower() if self._at < len(self._tokens) else None

    def _take(self) -> str:
        if self._at >= len(self._tokens):
            raise self._failure()
        self._at += 1
        return self._tokens[self._at - 1]

    def _failure(self) -> Exception:
        return invalid(f"{self._text!r} is not a type of the lake.", "Types are spelt as in Trino, for example bigint.")

"""The types of columns as the lake has them, and the SQL that reads them from JSON without a loss.

Every type has two sides in DuckDB: the wire type, as which the value is taken out of the JSON, and the strict
conversion from there, which raises an error where a plain cast would quietly round, cut or guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "boolean",
    "bigint",
    "double",
    "decimal",
    "varchar",
    "json",
    "date",
    "time",
    "timestamp",
    "timestamptz",
    "list",
    "struct",
]

_SCALARS: dict[str, tuple[str, str]] = {
    "boolean": ("BOOLEAN", "boolean"),
    "bigint": ("BIGINT", "bigint"),
    "double": ("DOUBLE", "double"),
    "varchar": ("VARCHAR", "varchar"),
    "json": ("VARCHAR", "varchar"),
    "date": ("DATE", "date"),
    "time": ("TIME", "time(6)"),
    "timestamp": ("TIMESTAMP", "timestamp(6)"),
    "timestamptz": ("TIMESTAMPTZ", "timestamp(6) with time zone"),
}
_WIRE: dict[str, str] = {**{kind: duckdb for kind, (duckdb, _) in _SCALARS.items()}, "json": "JSON"}
_WIRE |= {"bigint": "VARCHAR", "boolean": "VARCHAR", "date": "TIMESTAMP", "decimal": "VARCHAR"}
_FROM_LAKE: dict[str, Kind] = {
    "boolean": "boolean",
    "integer": "bigint",
    "bigint": "bigint",
    "real": "double",
    "double": "double",
    "varchar": "varchar",
    "date": "date",
    "time(6)": "time",
    "timestamp(6)": "timestamp",
    "timestamp(6) with time zone": "timestamptz",
}
BIG_NUMBER = (38, 9)


@dataclass(frozen=True)
class ColumnType:
    """A type of the lake. `precision` and `scale` belong to decimals, `fields` to structs, `item` to lists."""

    kind: Kind
    precision: int = 0
    scale: int = 0
    item: ColumnType | None = None
    fields: tuple[tuple[str, ColumnType], ...] = field(default=())

    @property
    def duckdb(self) -> str:
        """The spelling in DuckDB of what lands in the file."""
        if self.kind == "decimal":
            return f"DECIMAL({self.precision},{self.scale})"
        if self.kind == "list" and self.item:
            return f"{self.item.duckdb}[]"
        if self.kind == "struct":
            return "STRUCT(" + ", ".join(f"{quoted(name)} {kind.duckdb}" for name, kind in self.fields) + ")"
        return _SCALARS[self.kind][0]

    @property
    def trino(self) -> str:
        """The spelling in Trino, which is the lake's own."""
        if self.kind == "decimal":
            return f"decimal({self.precision},{self.scale})"
        if self.kind == "list" and self.item:
            return f"array({self.item.trino})"
        if self.kind == "struct":
            parts = (
                f"{name if re.fullmatch('[a-z_][a-z0-9_]*', name) else quoted(name)} {kind.trino}"
                for name, kind in self.fields
            )
            return "row(" + ", ".join(parts) + ")"
        return _SCALARS[self.kind][1]

    @property
    def declared(self) -> str:
        """The spelling in which a column is asked of the lake: JSON is stored as text and known to be JSON."""
        return "json" if self.kind == "json" else self.trino

    @property
    def wire(self) -> str:
        """The DuckDB type as which the value leaves the JSON."""
        if self.kind == "list" and self.item:
            return f"{self.item.wire}[]"
        if self.kind == "struct":
            return "STRUCT(" + ", ".join(f"{quoted(name)} {kind.wire}" for name, kind in self.fields) + ")"
        return _WIRE[self.kind]

    def strict(self, value: str) -> str:
        """SQL that turns the wire value `value` into this type, or raises a conversion error; NULL stays NULL."""
        if self.kind == "bigint":
            plain = " AND ".join(f"NOT contains({value}, '{sign}')" for sign in ".eE")
            whole = f"(({plain}) OR regexp_full_match({value}, '-?[0-9]+\\.0*'))"
            return checked(value, whole, f"CAST({value} AS BIGINT)", "BIGINT")
        if self.kind == "boolean":
            return checked(value, f"{value} IN ('true', 'false')", f"{value} = 'true'", "BOOLEAN")
        if self.kind == "date":
            return checked(value, f"{value} = CAST({value} AS DATE)", f"CAST({value} AS DATE)", "DATE")
        if self.kind == "decimal":
            exact = f"regexp_full_match({value}, '[+-]?[0-9]*(\\.[0-9]{{0,{self.scale}}}0*)?')"
            return checked(value, exact, f"CAST({value} AS {self.duckdb})", self.duckdb)
        if self.kind == "json":
            return f"nullif(CAST({value} AS VARCHAR), 'null')"
        if self.kind == "list" and self.item and self.item.wire != self.item.duckdb:
            return f"list_transform({value}, lambda v: {self.item.strict('v')})"
        if self.kind == "struct" and self.wire != self.duckdb:
            parts = ", ".join(
                f"{quoted(name)} := {kind.strict(f'{value}.{quoted(name)}')}" for name, kind in self.fields
            )
            return f"CASE WHEN {value} IS NULL THEN NULL ELSE struct_pack({parts}) END"
        return value

    def from_json(self, raw: str, depth: int = 0) -> str:
        """SQL that turns the JSON value `raw` into this type, or raises a conversion error; null becomes NULL.

        Slower than the wire and exact about rows: fields may be absent from them, but none may be there unasked.
        """
        text = f"json_extract_string({raw}, '$')"
        if self.kind == "json":
            return self.strict(raw)
        if self.kind == "double":
            return f"CAST({text} AS DOUBLE)"
        if self.kind == "list" and self.item:
            item = self.item.from_json(f"v{depth}", depth + 1)
            taken = f"list_transform(json_extract({raw}, '$[*]'), lambda v{depth}: {item})"
            return self._of_kind(raw, "json_type({raw}) = 'ARRAY'", taken)
        if self.kind == "struct":
            parts = (f"{quoted(name)} := {kind.from_json(member(raw, name), depth)}" for name, kind in self.fields)
            names = ", ".join(literal(name) for name, _ in self.fields)
            known = f"list_has_all([{names}], json_keys({raw}))"
            return self._of_kind(raw, f"json_type({{raw}}) = 'OBJECT' AND {known}", f"struct_pack({', '.join(parts)})")
        if self.wire == "VARCHAR":
            return self.strict(text)
        return self.strict(
            f"CAST(CASE WHEN json_type({raw}) = 'VARCHAR' THEN {text} ELSE '?' || {text} END AS {self.wire})"
        )

    def _of_kind(self, raw: str, condition: str, taken: str) -> str:
        failing = f"CAST('?' || CAST({raw} AS VARCHAR) AS {self.duckdb})"
        null = f"{raw} IS NULL OR json_type({raw}) = 'NULL'"
        return f"CASE WHEN {null} THEN NULL WHEN {condition.replace('{raw}', raw)} THEN {taken} ELSE {failing} END"

    @property
    def holds_rows(self) -> bool:
        """Whether a row with fields of its own stands in it somewhere."""
        return self.kind == "struct" or bool(self.item and self.item.holds_rows)


def checked(value: str, condition: str, result: str, wanted: str) -> str:
    """SQL for `result` where the condition holds; elsewhere a cast that fails, as error() may not stand in TRY."""
    failing = f"CAST('?' || CAST({value} AS VARCHAR) AS {wanted})"
    return f"CASE WHEN {value} IS NULL THEN NULL WHEN {condition} THEN {result} ELSE {failing} END"


def member(raw: str, key: str) -> str:
    """SQL for the value of a key of a JSON object."""
    return f"json_extract({raw}, {literal(pointer_to(key))})"


def pointer_to(key: str) -> str:
    """The JSON pointer of a key at the top of an object."""
    return "/" + key.replace("~", "~0").replace("/", "~1")


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


JSON = ColumnType("json")


def from_lake(spelling: str) -> ColumnType | None:
    """The column type of a scalar column of the lake; None for rows, arrays and what no connector writes."""
    decimal = re.fullmatch(r"decimal\((\d+), ?(\d+)\)", spelling)
    if decimal:
        return ColumnType("decimal", int(decimal.group(1)), int(decimal.group(2)))
    kind = _FROM_LAKE.get(spelling)
    return ColumnType(kind) if kind else None


def widens(before: str, after: str) -> bool:
    """Whether a column of the lake may be widened in place, as Iceberg allows."""
    if (before, after) in {("integer", "bigint"), ("real", "double")}:
        return True
    old, new = from_lake(before), from_lake(after)
    return bool(
        old and new and old.kind == new.kind == "decimal" and old.scale == new.scale and old.precision <= new.precision
    )


def holds(lake: str, declared: ColumnType) -> bool:
    """Whether a column of the lake takes every value of a declared type without a change of its schema."""
    if lake in (declared.trino, "varchar"):
        return True
    old = from_lake(lake)
    if old is None:
        return False
    if old.kind == "double" and declared.kind == "bigint":
        return True
    return (
        old.kind == declared.kind == "decimal"
        and old.scale >= declared.scale
        and (old.precision - old.scale >= declared.precision - declared.scale)
    )

"""What becomes of each type of PostgreSQL: the expression that is selected, the type in the lake, the JSON schema.

| PostgreSQL | lake | note |
|---|---|---|
| boolean | boolean | |
| smallint, integer | integer | |
| bigint | bigint | |
| oid, xid, cid, regclass's kin as oid | bigint, text | unsigned 32 bits fit; `reg*` as text |
| xid8 | decimal(20,0) | unsigned 64 bits |
| real, double precision | real, double | NaN and infinities stay |
| numeric(p,s), p <= 38 | decimal(p,s) | exact; negative and large scales are widened; NaN: `special_values` |
| numeric, or p > 38 | text | every digit and NaN stay; or double, where so configured |
| money | decimal(19,s) | s of the server's lc_monetary |
| text, varchar, char(n), name, citext, xml, ltree | text | char(n) without its padding |
| bytea | binary | |
| date, timestamp | date, timestamp(6) | `infinity`: `special_values` |
| timestamptz | timestamp(6) with time zone | UTC |
| time | time(6) | 24:00:00: `special_values` |
| timetz | text | |
| interval | text | ISO 8601, "P1Y2DT3H" |
| uuid | text | |
| json, jsonb | text | the document |
| T[] declared with one dimension | array(T) | lower bounds are lost; a value of more dimensions stops the sync |
| T[][] and more | text | JSON |
| enum, inet, cidr, macaddr, ranges, bit, varbit, tsvector, geometry, anything else | text | PostgreSQL's own text |
| hstore, composite | text | JSON |
| vector, halfvec (pgvector) | array(real) | |
| domain | as its base type | |
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import pyarrow as pa

Cursor = Literal["number", "numeric", "float", "time", "date", "text"]
#: How a batch's column becomes the lake's.
Decoding = Literal[
    "as_is", "cast", "decimal", "date", "timestamp", "time", "decimal_list", "date_list", "timestamp_list", "time_list"
]

TIMESTAMP = pa.timestamp("us")
TIMESTAMPTZ = pa.timestamp("us", tz="UTC")
TIME = pa.time64("us")


@dataclass(frozen=True)
class ColumnType:
    """`expression` holds {} where the quoted column goes; `json` is its JSON schema in the protocol's words."""

    expression: str
    arrow: pa.DataType
    json: dict[str, Any]
    decoding: Decoding = "as_is"
    cursor: Cursor | None = None
    #: The expression inside the object that the protocol's records are made of.
    json_expression: str = "{}"
    is_list: bool = False
    #: Whether its text is a JSON document.
    is_json: bool = False


def json_type(name: str, **more: Any) -> dict[str, Any]:
    return {"type": ["null", name], **more}


TEXT = json_type("string")
DATE_JSON = json_type("string", format="date", airbyte_type="date")
TIME_JSON = json_type("string", format="time", airbyte_type="time_without_timezone")
TIMETZ_JSON = json_type("string", format="time", airbyte_type="time_with_timezone")
TIMESTAMP_JSON = json_type("string", format="date-time", airbyte_type="timestamp_without_timezone")
TIMESTAMPTZ_JSON = json_type("string", format="date-time", airbyte_type="timestamp_with_timezone")
INTEGER = json_type("integer")
NUMBER = json_type("number")

AS_TEXT = ColumnType("{}::text", pa.string(), TEXT, json_expression="{}::text")
AS_JSON = ColumnType(
    "pg_catalog.to_jsonb({})::text", pa.string(), TEXT, json_expression="pg_catalog.to_jsonb({})::text", is_json=True
)

SCALARS: dict[str, ColumnType] = {
    "bool": ColumnType("{}", pa.bool_(), json_type("boolean")),
    "int2": ColumnType("{}", pa.int32(), INTEGER, "cast", "number"),
    "int4": ColumnType("{}", pa.int32(), INTEGER, cursor="number"),
    "int8": ColumnType("{}", pa.int64(), INTEGER, cursor="number"),
    "oid": ColumnType("{}::int8", pa.int64(), INTEGER, cursor="number"),
    "xid": ColumnType("{}::text::int8", pa.int64(), INTEGER, json_expression="{}::text::int8"),
    "cid": ColumnType("{}::text::int8", pa.int64(), INTEGER, json_expression="{}::text::int8"),
    "xid8": ColumnType("{}::text", pa.decimal128(20, 0), NUMBER, "decimal", json_expression="{}::text::numeric"),
    "float4": ColumnType("{}", pa.float32(), NUMBER, cursor="float"),
    "float8": ColumnType("{}", pa.float64(), NUMBER, cursor="float"),
    "text": ColumnType("{}", pa.string(), TEXT, cursor="text"),
    "varchar": ColumnType("{}", pa.string(), TEXT, cursor="text"),
    "bpchar": ColumnType("{}::text", pa.string(), TEXT, cursor="text", json_expression="{}::text"),
    "name": ColumnType("{}::text", pa.string(), TEXT, cursor="text"),
    "bytea": ColumnType(
        "{}",
        pa.binary(),
        json_type("string", contentEncoding="base64"),
        json_expression="pg_catalog.replace(pg_catalog.encode({}, 'base64'), E'\\n', '')",
    ),
    "date": ColumnType("{}", pa.date32(), DATE_JSON, "date", "date"),
    "time": ColumnType("{}", TIME, TIME_JSON, "time"),
    "timetz": ColumnType("{}::text", pa.string(), TIMETZ_JSON),
    "timestamp": ColumnType("{}", TIMESTAMP, TIMESTAMP_JSON, "timestamp", "time"),
    "timestamptz": ColumnType("{}", TIMESTAMPTZ, TIMESTAMPTZ_JSON, "timestamp", "time"),
    "uuid": ColumnType("{}::text", pa.string(), TEXT, cursor="text"),
    "json": ColumnType("{}::text", pa.string(), TEXT, json_expression="{}::text", is_json=True),
    "jsonb": ColumnType("{}::text", pa.string(), TEXT, json_expression="{}::text", is_json=True),
    "hstore": AS_JSON,
    "vector": ColumnType(
        "{}::real[]", pa.list_(pa.float32()), json_type("array", items=NUMBER), json_expression="{}::real[]"
    ),
    "halfvec": ColumnType(
        "{}::real[]", pa.list_(pa.float32()), json_type("array", items=NUMBER), json_expression="{}::real[]"
    ),
}

#: Elements of lists that come as they are; the others come as text.
PLAIN_ELEMENTS = (
    "bool",
    "int2",
    "int4",
    "int8",
    "float4",
    "float8",
    "text",
    "varchar",
    "date",
    "timestamp",
    "timestamptz",
    "bytea",
)


@dataclass(frozen=True)
class TypeFacts:
    """One column's type as the catalog tells it, a domain already resolved: `kind` is pg_type.typtype of the base."""

    name: str
    kind: str
    modifier: int
    dimensions: int
    element: str | None = None
    element_kind: str | None = None
    in_catalog: bool = True


def numeric_shape(modifier: int) -> tuple[int, int] | None:
    """(precision, scale) of a numeric's type modifier; None without one."""
    if modifier < 4:
        return None
    precision, scale = ((modifier - 4) >> 16) & 0xFFFF, (modifier - 4) & 0x7FF
    return precision, scale - 2048 if scale >= 1024 else scale


def decimal_of(modifier: int) -> pa.DataType | None:
    """The decimal that holds every finite value of numeric(p,s) exactly; None where 38 digits do not do."""
    shape = numeric_shape(modifier)
    if shape is None:
        return None
    precision, scale = shape
    precision, scale = (precision - scale, 0) if scale < 0 else (max(precision, scale), scale)
    return pa.decimal128(precision, scale) if precision <= 38 else None


def column_type(facts: TypeFacts, *, money_scale: int, numeric_without_precision: str, arrays: str) -> ColumnType:
    """What becomes of a column of this type."""
    if facts.element is not None:
        return list_type(facts, arrays, numeric_without_precision)
    if facts.kind == "c":
        return AS_JSON
    if facts.name == "numeric":
        return numeric_type(facts.modifier, numeric_without_precision)
    if facts.name == "money":
        decimal = f"{{}}::numeric::numeric(19,{money_scale})::text"
        return ColumnType(decimal, pa.decimal128(19, money_scale), NUMBER, "decimal", json_expression="{}::numeric")
    return SCALARS.get(facts.name, AS_TEXT)


def numeric_type(modifier: int, without_precision: str) -> ColumnType:
    decimal = decimal_of(modifier)
    if decimal is not None:
        return ColumnType("{}::text", decimal, NUMBER, "decimal", "numeric")
    if without_precision == "double":
        return ColumnType("{}::float8", pa.float64(), NUMBER, cursor="float")
    return ColumnType("{}::text", pa.string(), NUMBER, cursor="numeric")


def list_type(facts: TypeFacts, arrays: str, numeric_without_precision: str) -> ColumnType:
    """A list of one dimension; JSON text for more, or where so configured."""
    if facts.dimensions > 1 or arrays == "json":
        return AS_JSON
    element = facts.element or ""
    json_items = SCALARS[element].json if element in SCALARS else TEXT
    as_json = json_type("array", items=json_items)
    if element in PLAIN_ELEMENTS:
        scalar = SCALARS[element]
        decoding = {"date": "date_list", "timestamp": "timestamp_list"}.get(scalar.decoding, "cast")
        return ColumnType("{}", pa.list_(scalar.arrow), as_json, decoding, is_list=True)
    if element == "numeric":
        decimal = decimal_of(facts.modifier)
        if decimal is not None:
            return ColumnType(
                "{}::text[]", pa.list_(decimal), json_type("array", items=NUMBER), "decimal_list", is_list=True
            )
        if numeric_without_precision == "double":
            floats = pa.list_(pa.float64())
            return ColumnType("{}::float8[]", floats, json_type("array", items=NUMBER), "cast", is_list=True)
    texts = json_type("array", items=TEXT)
    return ColumnType("{}::text[]", pa.list_(pa.string()), texts, "cast", json_expression="{}::text[]", is_list=True)


def lake_type(arrow: pa.DataType) -> str:
    """Trino's word for a type of the lake."""
    if pa.types.is_list(arrow):
        return f"array({lake_type(arrow.value_type)})"
    if pa.types.is_decimal(arrow):
        return f"decimal({arrow.precision},{arrow.scale})"
    words = {
        pa.bool_(): "boolean",
        pa.int32(): "integer",
        pa.int64(): "bigint",
        pa.float32(): "real",
        pa.float64(): "double",
        pa.string(): "varchar",
        pa.binary(): "varbinary",
        pa.date32(): "date",
        TIME: "time(6)",
        TIMESTAMP: "timestamp(6)",
        TIMESTAMPTZ: "timestamp(6) with time zone",
    }
    return words[arrow]

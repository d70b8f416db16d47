"""What a JSON schema says of a column, as a type of the lake."""

from __future__ import annotations

from typing import Any

from ..column_types import BIG_NUMBER, JSON, ColumnType


def from_json_schema(schema: Any) -> ColumnType:
    """The column type of one property of a stream's JSON schema.

    An object becomes a row only where the schema closes it (`additionalProperties: false`) and describes each field;
    else it stays JSON text, so that no field of it is lost. A property of several types is JSON text too.
    """
    if not isinstance(schema, dict):
        return JSON
    for choice in ("oneOf", "anyOf"):
        if isinstance(schema.get(choice), list):
            kinds = {from_json_schema(option) for option in schema[choice] if not _is_null(option)}
            return kinds.pop() if len(kinds) == 1 else JSON
    declared = schema.get("type")
    types = {name for name in (declared if isinstance(declared, list) else [declared]) if name not in (None, "null")}
    if types == {"integer", "number"}:
        types = {"number"}
    if len(types) != 1:
        return JSON
    name = types.pop()
    airbyte = schema.get("airbyte_type")
    if name == "string":
        return _of_string(schema.get("format"), airbyte)
    if name == "integer" or (name == "number" and airbyte == "integer"):
        return ColumnType("decimal", 38, 0) if airbyte == "big_integer" else ColumnType("bigint")
    if name == "number":
        return ColumnType("double")
    if name == "boolean":
        return ColumnType("boolean")
    if name == "array":
        return _of_array(schema.get("items"))
    if name == "object":
        return _of_object(schema)
    return JSON


def _is_null(schema: Any) -> bool:
    return isinstance(schema, dict) and schema.get("type") in ("null", ["null"])


def _of_string(format_name: Any, airbyte: Any) -> ColumnType:
    if airbyte == "big_number":
        return ColumnType("decimal", *BIG_NUMBER)
    if airbyte == "big_integer":
        return ColumnType("decimal", 38, 0)
    if airbyte == "timestamp_with_timezone":
        return ColumnType("timestamptz")
    if airbyte == "timestamp_without_timezone":
        return ColumnType("timestamp")
    if airbyte == "time_without_timezone":
        return ColumnType("time")
    if airbyte == "time_with_timezone":
        return ColumnType("varchar")
    if format_name == "date-time":
        return ColumnType("timestamptz")
    if format_name == "date":
        return ColumnType("date")
    if format_name == "time":
        return ColumnType("time")
    return ColumnType("varchar")


def _of_array(items: Any) -> ColumnType:
    item = from_json_schema(items) if isinstance(items, dict) and items else JSON
    return JSON if item.kind == "json" else ColumnType("list", item=item)


def _of_object(schema: dict[str, Any]) -> ColumnType:
    properties = schema.get("properties")
    if not properties or schema.get("additionalProperties") is not False:
        return JSON
    fields = tuple((name, from_json_schema(part)) for name, part in properties.items())
    distinct = {name.casefold() for name, _ in fields}
    if len(distinct) < len(fields) or any(kind.kind == "json" for _, kind in fields):
        return JSON
    return ColumnType("struct", fields=fields)

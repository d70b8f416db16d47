from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal

import pytest

from workbench_sync.airbyte.json_schema_types import from_json_schema

COMPLETE = {
    "type": "TRACE",
    "trace": {
        "type": "STREAM_STATUS",
        "emitted_at": 1,
        "stream_status": {"stream_descriptor": {"name": "orders"}, "status": "COMPLETE"},
    },
}
UTC = dt.UTC
CLOSED = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"n": {"type": "integer"}, "s": {"type": ["null", "string"]}},
}


@pytest.mark.parametrize(
    ("schema", "spelling"),
    [
        ({"type": "integer"}, "bigint"),
        ({"type": ["null", "integer"]}, "bigint"),
        ({"type": "number", "airbyte_type": "integer"}, "bigint"),
        ({"type": "integer", "airbyte_type": "big_integer"}, "decimal(38,0)"),
        ({"type": "string", "airbyte_type": "big_number"}, "decimal(38,9)"),
        ({"type": ["integer", "number"]}, "double"),
        ({"type": "string", "format": "date"}, "date"),
        ({"type": "string", "format": "date-time"}, "timestamp(6) with time zone"),
        ({"type": "string", "format": "date-time", "airbyte_type": "timestamp_without_timezone"}, "timestamp(6)"),
        ({"type": "string", "airbyte_type": "time_without_timezone"}, "time(6)"),
        ({"type": ["string", "integer"]}, "json"),
        ({"oneOf": [{"type": "null"}, {"type": "boolean"}]}, "boolean"),
        ({"type": "array", "items": {"type": "integer"}}, "array(bigint)"),
        ({"type": "array"}, "json"),
        ({"type": "object", "properties": {"a": {"type": "string"}}}, "json"),
        (CLOSED, "row(n bigint, s varchar)"),
        ({}, "json"),
        (True, "json"),
    ],
)
def test_a_schema_has_a_type_of_the_lake(schema, spelling):
    assert from_json_schema(schema).declared == spelling


@pytest.mark.parametrize("careful", [False, True], ids=["in one pass", "value by value"])
@pytest.mark.parametrize(
    ("schema", "value", "wanted"),
    [
        ({"type": "integer"}, 2**63 - 1, 2**63 - 1),
        ({"type": "integer"}, 5.0, 5),
        ({"type": "integer"}, "17", 17),
        ({"type": "number"}, 0.1, 0.1),
        ({"type": "number"}, 3, 3.0),
        (
            {"type": "string", "airbyte_type": "big_number"},
            "12345678901234567890.123456789",
            Decimal("12345678901234567890.123456789"),
        ),
        ({"type": "boolean"}, False, False),
        ({"type": "string"}, 'a "quoted" ünïcode\n☃', 'a "quoted" ünïcode\n☃'),
        ({"type": "string"}, "", ""),
        ({"type": "string"}, "null", "null"),
        ({"type": "string", "format": "date"}, "2024-02-29", dt.date(2024, 2, 29)),
        (
            {"type": "string", "format": "date-time"},
            "2024-01-01T10:00:00+02:00",
            dt.datetime(2024, 1, 1, 8, tzinfo=UTC),
        ),
        (
            {"type": "string", "format": "date-time"},
            "2024-01-01T10:00:00.000001Z",
            dt.datetime(2024, 1, 1, 10, 0, 0, 1, UTC),
        ),
        (
            {"type": "string", "airbyte_type": "timestamp_without_timezone"},
            "2024-01-01T10:00:00",
            dt.datetime(2024, 1, 1, 10),
        ),
        ({"type": "string", "airbyte_type": "time_without_timezone"}, "10:11:12.5", dt.time(10, 11, 12, 500000)),
        ({"type": "object"}, {"b": [1, None], "a": {}}, '{"b":[1,null],"a":{}}'),
        ({"type": "object"}, None, None),
        ({"type": "array", "items": {"type": "integer"}}, [1, None, 3], [1, None, 3]),
        (CLOSED, {"n": 1, "s": None}, {"n": 1, "s": None}),
        (CLOSED, {"n": 1}, {"n": 1, "s": None}),
        (
            {"type": "array", "items": CLOSED},
            [{"n": 1, "s": "x"}, {"s": "y"}],
            [{"n": 1, "s": "x"}, {"n": None, "s": "y"}],
        ),
    ],
)
def test_a_value_arrives_as_what_it_is(world, record, schema, value, wanted, careful):
    properties = {"id": {"type": "integer"}, "v": schema}
    steps = [record(id=1, v=value), *([record(id=2, surprise=1)] if careful else []), COMPLETE]
    world.run({"properties": properties, "steps": steps}, stream={"sync_mode": "full_refresh"})
    assert world.rows("id, v")[0] == (1, wanted)


def test_not_a_number_and_infinity_stay(world):
    line = '{"type":"RECORD","record":{"stream":"orders","data":{"id":%d,"v":%s},"emitted_at":1}}\n'
    steps = [{"do": "raw", "text": line % (1, "NaN")}, {"do": "raw", "text": line % (2, "-Infinity")}, COMPLETE]
    properties = {"id": {"type": "integer"}, "v": {"type": "number"}}
    world.run({"properties": properties, "steps": steps}, stream={"sync_mode": "full_refresh"})
    (_, first), (_, second) = world.rows("id, v")
    assert math.isnan(first)
    assert second == -math.inf


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "integer"}, 1.5),
        ({"type": "integer"}, True),
        ({"type": "integer"}, "1e-3"),
        ({"type": "boolean"}, 1),
        ({"type": "string", "format": "date"}, "2024-01-01T10:00:00"),
        ({"type": "string", "format": "date"}, "2024-02-30"),
        ({"type": "string", "format": "date-time"}, 1_700_000_000),
        ({"type": "string", "format": "date-time"}, ""),
        ({"type": "string", "airbyte_type": "big_number"}, "0.00000000001"),
        ({"type": "array", "items": {"type": "integer"}}, [1, 2.5]),
        (CLOSED, {"n": 1, "s": "x", "more": 1}),
    ],
)
def test_a_value_that_would_be_bent_is_refused_instead(world, record, schema, value):
    properties = {"id": {"type": "integer"}, "v": schema}
    script = {"properties": properties, "steps": [record(id=1, v=value), record(id=2, v=None), COMPLETE]}
    result = world.run(script, stream={"sync_mode": "full_refresh"}, on_schema_change="quarantine")
    assert world.rows("id") == [(2,)]
    assert result["quarantined_rows"] == 1


def test_a_very_long_line_and_lines_of_varying_keys_pass(world, record):
    properties = {"id": {"type": "integer"}, "v": {"type": "string"}}
    steps = [record(id=1, v="x" * 5_000_000), record(id=2), record(v="short", id=3), COMPLETE]
    world.run({"properties": properties, "steps": steps}, stream={"sync_mode": "full_refresh"})
    assert world.rows("id, strlen(v)") == [(1, 5_000_000), (2, None), (3, 5)]

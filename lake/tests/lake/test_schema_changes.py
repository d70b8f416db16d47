"""Schemas: changes, their history, and old files read under new columns."""

from __future__ import annotations

from decimal import Decimal

import pytest
from lake_under_test import TABLE, WORKSPACE, LakeUnderTest

from workbench_lake.failures import LakeFailure


def change(lake: LakeUnderTest, *changes: dict, expected: int | None = None) -> dict:
    return lake.writer.change_schema(WORKSPACE, TABLE, list(changes), expected)


def test_old_and_new_files_read_alike_after_every_change(lake: LakeUnderTest) -> None:
    lake.commit("SELECT 1::INTEGER AS id, 'a' AS name, 1.5::DECIMAL(5,2) AS price, 2::FLOAT AS f, true AS old")
    change(
        lake,
        {"add": {"name": "tags", "type": "array(varchar)", "doc": "labels"}},
        {"drop": "old"},
        {"rename": {"from": "name", "to": "title"}},
        {"widen": {"name": "id", "type": "bigint"}},
        {"widen": {"name": "price", "type": "decimal(12,2)"}},
        {"widen": {"name": "f", "type": "double"}},
    )
    lake.commit(
        "SELECT 5000000000::BIGINT AS id, 'b' AS title, 123456.25::DECIMAL(12,2) AS price, 3::DOUBLE AS f, "
        "['x'] AS tags"
    )
    assert lake.rows() == [
        (1, "a", Decimal("1.50"), 2.0, None),
        (5000000000, "b", Decimal("123456.25"), 3.0, ("x",)),
    ]
    lake.commit(
        "SELECT 1::BIGINT AS id, 'c' AS title, 0::DECIMAL(12,2) AS price, 0::DOUBLE AS f, NULL::VARCHAR[] AS tags",
        mode="merge",
        key=["id"],
    )
    assert [row[1] for row in lake.rows()] == ["c", "b"]
    assert lake.table()["key"] == ["id"]


def test_a_name_that_was_dropped_starts_anew(lake: LakeUnderTest) -> None:
    lake.commit("SELECT 1 AS id, 'old' AS v")
    change(lake, {"drop": "v"})
    change(lake, {"add": {"name": "v", "type": "bigint"}})
    lake.commit("SELECT 2 AS id, 7::BIGINT AS v")
    assert lake.rows() == [(1, None), (2, 7)]


def test_names_may_be_exchanged(lake: LakeUnderTest) -> None:
    lake.commit("SELECT 1 AS a, 2 AS b")
    change(
        lake,
        {"rename": {"from": "a", "to": "t"}},
        {"rename": {"from": "b", "to": "a"}},
        {"rename": {"from": "t", "to": "b"}},
    )
    lake.commit("SELECT 10 AS b, 20 AS a")
    assert lake.rows() == [(1, 2), (10, 20)]


def test_nested_parts_are_added(lake: LakeUnderTest) -> None:
    lake.commit("SELECT 1 AS id, {'a': 1} AS s, [{'a': 1}] AS l")
    change(
        lake,
        {"widen": {"name": "s", "type": "row(a bigint, b varchar)"}},
        {"widen": {"name": "l", "type": "array(row(a integer, b varchar))"}},
    )
    lake.commit("SELECT 2 AS id, {'b': 'x', 'a': 5::BIGINT} AS s, [{'b': 'y', 'a': 2}] AS l")
    found = lake.iceberg().scan().to_arrow().sort_by("id").to_pylist()
    assert found[0] == {"id": 1, "s": {"a": 1, "b": None}, "l": [{"a": 1, "b": None}]}
    assert found[1] == {"id": 2, "s": {"a": 5, "b": "x"}, "l": [{"a": 2, "b": "y"}]}
    lake.commit(
        "SELECT 1 AS id, {'a': 9::BIGINT, 'b': 'n'} AS s, []::STRUCT(a INTEGER, b VARCHAR)[] AS l",
        mode="merge",
        key=["id"],
    )
    found = lake.iceberg().scan().to_arrow().sort_by("id").to_pylist()
    assert found[0] == {"id": 1, "s": {"a": 9, "b": "n"}, "l": []}
    assert found[1] == {"id": 2, "s": {"a": 5, "b": "x"}, "l": [{"a": 2, "b": "y"}]}


def test_the_history_says_what_changed(lake: LakeUnderTest) -> None:
    lake.commit("SELECT 1::INTEGER AS id, 'a' AS name")
    change(lake, {"widen": {"name": "id", "type": "bigint"}}, {"add": {"name": "at", "type": "date", "after": "id"}})
    answer = change(lake, {"rename": {"from": "name", "to": "title"}}, {"set_doc": {"name": "at", "doc": "the day"}})
    lake.commit("SELECT 2::BIGINT AS id")
    history = lake.table()["schemas"]
    assert [one["name"] for one in history[1]["columns"]] == ["id", "at", "name"]
    assert [(one["kind"], one["name"]) for one in history[1]["changes"]] == [("widened", "id"), ("added", "at")]
    assert history[1]["changes"][0]["from"] == "integer"
    assert [(one["kind"], one["name"]) for one in history[2]["changes"]] == [("described", "at"), ("renamed", "title")]
    assert answer["schema_id"] == history[2]["schema_id"]
    assert history[0]["at"] is not None
    assert history[2]["at"] is not None


@pytest.mark.parametrize(
    ("one", "code"),
    [
        ({"add": {"name": "id", "type": "bigint"}}, "conflict"),
        ({"add": {"name": "ID", "type": "bigint"}}, "invalid_input"),
        ({"add": {"name": "x", "type": "nonsense"}}, "invalid_input"),
        ({"drop": "nope"}, "invalid_input"),
        ({"rename": {"from": "id", "to": "v"}}, "conflict"),
        ({"widen": {"name": "id", "type": "integer"}}, "invalid_input"),
        ({"widen": {"name": "v", "type": "bigint"}}, "invalid_input"),
        ({"set_required": {"name": "v", "required": True}}, "invalid_input"),
        ({"explode": "v"}, "invalid_input"),
        ({"add": {"name": "x"}}, "invalid_input"),
        ("nonsense", "invalid_input"),
    ],
)
def test_changes_that_cannot_be_are_refused(lake: LakeUnderTest, one: dict, code: str) -> None:
    lake.commit("SELECT 1::BIGINT AS id, 'a' AS v")
    before = lake.table()["metadata_location"]
    with pytest.raises(LakeFailure) as caught:
        change(lake, one)
    assert caught.value.code == code
    assert lake.table()["metadata_location"] == before


def test_a_change_of_an_older_schema_is_refused(lake: LakeUnderTest) -> None:
    lake.commit("SELECT 1 AS id")
    seen = lake.table()["schema_id"]
    change(lake, {"add": {"name": "a", "type": "bigint"}}, expected=seen)
    with pytest.raises(LakeFailure) as caught:
        change(lake, {"add": {"name": "b", "type": "bigint"}}, expected=seen)
    assert caught.value.code == "conflict"

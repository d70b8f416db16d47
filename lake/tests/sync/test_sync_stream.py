from __future__ import annotations

from typing import Any

import duckdb
import pytest

from workbench_sync.airbyte.record_staging import Stager

STATE_2 = {
    "type": "STATE",
    "state": {"type": "STREAM", "stream": {"stream_descriptor": {"name": "orders"}, "stream_state": {"id": 2}}},
}
COMPLETE = {
    "type": "TRACE",
    "trace": {
        "type": "STREAM_STATUS",
        "emitted_at": 1,
        "stream_status": {"stream_descriptor": {"name": "orders"}, "status": "COMPLETE"},
    },
}
INCOMPLETE = {
    **COMPLETE,
    "trace": {**COMPLETE["trace"], "stream_status": {**COMPLETE["trace"]["stream_status"], "status": "INCOMPLETE"}},
}
FULL = {"stream": {"sync_mode": "full_refresh"}}


def state_of(world: Any) -> Any:
    messages = world.lake.describe("lake.shop.orders")["sync_state"]["messages"]
    return messages[0]["stream"]["stream_state"]["id"]


def test_an_incremental_sync_lands_its_rows_and_its_state_together(world):
    result = world.run({"count": 10, "every": 4})
    assert result["rows"] == 10
    assert [row[0] for row in world.rows("id")] == list(range(1, 11))
    assert state_of(world) == 10
    assert world.named("committed")[-1]["state"] == world.lake.describe("lake.shop.orders")["sync_state"]


def test_the_next_sync_reads_on_from_the_state_of_the_lake(world):
    world.run({"count": 10, "every": 4})
    result = world.run({"count": 15, "every": 4}, sync_id="s2")
    assert result["rows"] == 5
    assert [row[0] for row in world.rows("id")] == list(range(1, 16))


def test_a_checkpoint_is_committed_once_it_is_large_enough(world):
    result = world.run({"count": 10, "every": 2}, checkpoint={"rows": 4})
    assert [event["rows"] for event in world.named("committed")] == [4, 4, 2]
    assert result["checkpoints"] == 3


def test_the_lake_keeps_what_each_commit_told(world):
    world.run({"count": 10, "every": 2}, checkpoint={"rows": 4})
    told = [(str(event["rows"]), str(event["bytes"])) for event in world.named("committed")]
    kept = [item["summary"] for item in world.writer.snapshots("w1", "lake.shop.orders")["items"]]
    assert [(each["rows"], each["bytes"]) for each in kept if "sync-id" in each] == told[::-1]
    assert min(int(size) for _rows, size in told) > 0


def test_a_crash_keeps_what_the_last_state_covers_and_the_retry_brings_the_rest(world):
    failure = world.fail({"count": 10, "every": 4, "crash_at": 6, "password": "s3cr3t-value"})
    assert (failure.code, failure.retryable) == ("engine_failed", True)
    assert "status 3" in failure.message
    assert [row[0] for row in world.rows("id")] == [1, 2, 3, 4]
    assert state_of(world) == 4
    world.run({"count": 10, "every": 4}, attempt=2)
    assert [row[0] for row in world.rows("id")] == list(range(1, 11))


def test_no_secret_shows_in_any_event(world):
    world.fail({"count": 10, "every": 4, "crash_at": 6, "password": "s3cr3t-value"})
    assert "s3cr3t-value" not in str(world.events)
    assert "it broke with ******" in str(world.events)


def test_a_full_refresh_swaps_all_rows_at_its_end(world, record):
    world.run({"steps": [record(id=1), record(id=2), COMPLETE]}, **FULL)
    world.run({"steps": [record(id=3), COMPLETE]}, sync_id="s2", **FULL)
    assert world.rows("id") == [(3,)]


def test_a_full_refresh_that_fails_leaves_the_table_as_it_was(world, record):
    world.run({"steps": [record(id=1), COMPLETE]}, **FULL)
    world.fail({"steps": [record(id=2), {"do": "crash"}]}, sync_id="s2", **FULL)
    assert world.rows("id") == [(1,)]


def test_a_full_refresh_of_an_empty_stream_empties_the_table(world, record):
    world.run({"steps": [record(id=1), COMPLETE]}, **FULL)
    world.run({"steps": [COMPLETE]}, sync_id="s2", **FULL)
    assert world.rows("id") == []


def test_a_refresh_reads_anew_and_takes_the_new_state(world):
    world.run({"count": 10, "every": 5})
    result = world.run({"count": 4, "every": 2}, sync_id="s2", refresh=True)
    assert result["rows"] == 4
    assert [row[0] for row in world.rows("id")] == [1, 2, 3, 4]
    assert state_of(world) == 4


def test_rows_in_a_table_without_a_state_are_swapped_not_doubled(world, record):
    world.run({"steps": [record(id=1), COMPLETE]}, **FULL)
    result = world.run({"count": 3, "every": 1}, sync_id="s2")
    assert [row[0] for row in world.rows("id")] == [1, 2, 3]
    assert "read anew" in result["warnings"][0]


def test_a_repeated_attempt_of_a_finished_sync_does_nothing(world):
    world.run({"count": 3, "every": 1})
    result = world.run({"count": 5, "every": 1}, attempt=2)
    assert result["rows"] == 0
    assert len(world.rows("id")) == 3


def test_the_last_write_of_a_key_wins_by_the_cursor(world, record):
    properties = {"id": {"type": "integer"}, "at": {"type": "integer"}, "name": {"type": "string"}}
    script = {
        "properties": properties,
        "steps": [
            record(id=1, at=5, name="late"),
            record(id=1, at=3, name="early"),
            record(id=2, at=1, name="a"),
            record(id=2, at=1, name="b"),
            STATE_2,
            COMPLETE,
        ],
    }
    world.run(
        script,
        stream={"cursor_field": "at"},
        transformation={"deduplication": {"key": ["id"]}, "schema_mapping": {"id": "order_id"}},
    )
    assert world.rows("order_id, name") == [(1, "late"), (2, "b")]


def test_a_key_that_the_stream_lacks_is_told_and_every_row_is_kept(world, record):
    script = {"steps": [record(id=1), record(id=1), COMPLETE]}
    result = world.run(script, transformation={"deduplication": {"key": ["id", "page"]}}, **FULL)
    assert len(world.rows("id")) == 2
    assert "page" in result["warnings"][0]


def test_it_ends_with_the_stream_not_with_a_connector_that_lingers(world, record):
    world.run({"steps": [record(id=1), COMPLETE, {"do": "hang", "seconds": 120}]}, **FULL)
    assert world.rows("id") == [(1,)]


@pytest.mark.parametrize(
    ("last", "words"),
    [
        ([INCOMPLETE], "not read the stream to its end"),
        ([{"do": "exit", "status": 7}], "status 7"),
        ([{"do": "killed"}], "out of memory"),
    ],
)
def test_a_stream_that_did_not_end_well_fails(world, record, last, words):
    failure = world.fail({"steps": [record(id=1), *last]})
    assert words in failure.message
    assert world.lake.describe("lake.shop.orders") is None


def test_a_silent_connector_is_ended(world, record):
    failure = world.fail({"steps": [record(id=1), {"do": "hang"}]}, limits={"idle_seconds": 0.6})
    assert (failure.code, failure.retryable) == ("timed_out", True)


def test_a_greedy_connector_is_ended(world):
    failure = world.fail({"steps": [{"do": "eat", "mib": 200}]}, limits={"memory_bytes": 100 * 1024**2})
    assert failure.code == "resource_exhausted"
    assert "100 MiB" in failure.message


def test_garbage_between_messages_goes_to_the_log(world, record):
    world.run(
        {"steps": [{"do": "raw", "text": "Hello!\n"}, record(id=1), {"do": "raw", "text": "\x00\x01\n"}, COMPLETE]},
        **FULL,
    )
    assert world.rows("id") == [(1,)]
    assert "Hello!" in [event["text"] for event in world.named("log")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"type":"RECORD","record":{"stream":"orders","data":{"id":1}\n', "not valid JSON"),
        ('{"type":"RECORD","record":{"stream":"orders","emitted_at":1}}\n', "'data' is a required property"),
        ('{"type":"RECORD","record":{"stream":"orders","data":[1],"emitted_at":1}}\n', "not of type 'object'"),
        ('{"type":"STATE","state":{"type":"STREAM"}}\n', "'stream' is a required property"),
        ('{"type":"WEATHER"}\n', "no message type 'WEATHER'"),
    ],
)
def test_an_invalid_message_is_quoted(world, record, text, words):
    failure = world.fail({"steps": [record(id=1), {"do": "raw", "text": text}, COMPLETE]})
    assert failure.code == "engine_failed"
    assert words in failure.message
    assert text[:18] in failure.message


def test_a_trace_error_is_told_in_the_connectors_words(world):
    error = {"message": "The key expired", "internal_message": "401", "failure_type": "config_error"}
    trace = {"type": "TRACE", "trace": {"type": "ERROR", "emitted_at": 1, "error": error}}
    failure = world.fail({"steps": [trace, {"do": "exit", "status": 1}]})
    assert (failure.code, failure.retryable, failure.internal) == ("invalid_input", False, "401")
    assert "The key expired" in failure.message


def test_a_stream_that_is_gone_is_named(world):
    failure = world.fail({"stream": "invoices", "steps": []})
    assert failure.code == "not_found"
    assert "invoices" in (failure.hint or "")


def test_a_cursor_that_is_not_there_is_named(world):
    failure = world.fail({"steps": []}, stream={"cursor_field": "changed"})
    assert failure.code == "invalid_input"
    assert "'changed'" in failure.message


def test_a_table_of_another_stream_is_not_touched(world, record):
    world.run({"steps": [record(id=1), COMPLETE]}, **FULL)
    other = {"stream": {"sync_mode": "full_refresh", "name": "refunds"}}
    failure = world.fail({"stream": "refunds", "steps": [COMPLETE]}, sync_id="s2", **other)
    assert failure.code == "conflict"
    assert world.rows("id") == [(1,)]


def test_a_full_disk_is_told_and_the_last_good_rows_stay(world, record, monkeypatch):
    world.run({"steps": [record(id=1), COMPLETE]}, **FULL)

    def full(*_: Any) -> int:
        raise duckdb.IOException("Could not write file: No space left on device")

    monkeypatch.setattr(Stager, "_write", full)
    failure = world.fail({"steps": [record(id=2), COMPLETE]}, sync_id="s2", **FULL)
    assert (failure.code, failure.message) == ("resource_exhausted", "The disk is full.")
    assert world.rows("id") == [(1,)]


def test_another_attempt_that_committed_meanwhile_is_not_overrun(world, monkeypatch):
    committing = world.lake.commit

    def twice(table: str, body: dict[str, Any]) -> dict[str, Any]:
        other = {**body, "files": [], "state": {**body["state"], "messages": [{"type": "LEGACY", "data": {"id": 99}}]}}
        committing(table, other)
        return committing(table, body)

    monkeypatch.setattr(world.lake, "commit", twice)
    failure = world.fail({"count": 3, "every": 1})
    assert (failure.code, failure.retryable) == ("conflict", True)
    assert world.rows("id") == []

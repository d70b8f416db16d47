from __future__ import annotations


def test_an_incremental_sync_lands_its_rows_and_its_state_together(world):
    result = world.run({"count": 10, "every": 4})
    assert result["rows"] == 10
    assert [row[0] for row in world.rows("id")] == list(range(1, 11))
    state = world.lake.describe("lake.shop.orders")["sync_state"]
    assert state["messages"][0]["stream"]["stream_state"] == {"id": 10}
    assert world.named("committed")[-1]["state"] == state


def test_the_next_sync_reads_on_from_the_state_of_the_lake(world):
    world.run({"count": 10, "every": 4})
    result = world.run({"count": 15, "every": 4}, sync_id="s2")
    assert result["rows"] == 5
    assert [row[0] for row in world.rows("id")] == list(range(1, 16))

from __future__ import annotations

import json
import os
import random
from collections import Counter

import pytest
from scripted_world import sync_in_folder
from victims import survives

TABLE, QUARANTINE = "lake.shop.orders", "lake.shop.orders__quarantine"
ROWS, EVERY, BAD_EVERY = 60, 5, 7
POINTS = [
    *((point, 9) for point in ("after_chunk", "after_state", "after_stage")),
    *((point, 6) for point in ("before_commit", "after_commit", "before_quarantine", "after_quarantine")),
]
LAKE_POINTS = [
    (point, 12)
    for point in ("before-files", "after-file", "after-files", "before-manifest-list", "before-metadata", "before-swap")
] + [("after-swap", 12), ("after-cleanup", 12)]
SEEDS = range(50) if os.environ.get("BENCHWRIGHT_FULL_TESTS") else range(2)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("mode", ["append", "merge"])
def test_killed_anywhere_a_sync_loses_and_doubles_nothing(world, seed, mode):
    chance = random.Random(f"{mode}/{seed}")
    request = {"checkpoint": {"rows": 10}, "on_schema_change": "quarantine"}
    if mode == "merge":
        request["transformation"] = {"deduplication": {"key": ["id"]}}
    script = {"count": ROWS, "every": EVERY, "bad_every": BAD_EVERY}
    for attempt in range(1, 4):
        ours = chance.random() < 0.5
        name, last = chance.choice(POINTS if ours else LAKE_POINTS)
        variable = "BENCHWRIGHT_FAIL_POINT" if ours else "LAKE_FAIL_POINT"
        call = (str(world.folder), script, {**request, "attempt": attempt})
        lived = survives(sync_in_folder, *call, environment={variable: f"{name}:{chance.randint(1, last)}"})
        assert_state_is_not_ahead(world)
        if lived:
            break
    else:
        world.run(script, attempt=9, **request)
    good = [number for number in range(1, ROWS + 1) if number % BAD_EVERY]
    bad = [number for number in range(1, ROWS + 1) if number % BAD_EVERY == 0]
    assert Counter(row[0] for row in world.rows("id")) == Counter(good)
    kept = [json.loads(row[0])["id"] for row in world.rows("_record", QUARANTINE)]
    assert Counter(kept) == Counter(bad)


def assert_state_is_not_ahead(world):
    described = world.lake.describe(TABLE)
    if described is None:
        return
    state = described["sync_state"]["messages"][0]["stream"]["stream_state"]["id"]
    landed = {row[0] for row in world.rows("id")}
    quarantined = (
        {json.loads(row[0])["id"] for row in world.rows("_record", QUARANTINE)} if state >= BAD_EVERY else set()
    )
    assert set(range(1, state + 1)) <= landed | quarantined
    assert max(landed) <= state

"""Merges against a model: a dictionary from key to the row that wins."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lake_under_test import TABLE, WORKSPACE, LakeUnderTest, arrow_rows

from workbench_lake.lake_context import LakeOptions
from workbench_lake.lake_writer import LakeWriter

EXAMPLES = 200 if os.environ.get("BENCHWRIGHT_FULL_TESTS") else 12

SCHEMA = pa.schema(
    [
        ("k", pa.int64()),
        ("part", pa.string()),
        ("ts", pa.int64()),
        ("seq", pa.int64()),
        ("v", pa.int64()),
        ("gone", pa.bool_()),
    ]
)
KEYS = st.tuples(st.one_of(st.none(), st.integers(0, 5)), st.sampled_from(["a", "b", None]))
CURSOR = st.one_of(st.none(), st.integers(0, 3))
ROW = st.tuples(KEYS, CURSOR, CURSOR, st.integers(0, 10**6), st.booleans())
COMMIT = st.lists(st.lists(ROW, max_size=6), min_size=1, max_size=3)

Model = dict[tuple, tuple]


def rank(cursor: int | None) -> int:
    return -1 if cursor is None else cursor


def apply_to(model: Model, files: list[list[tuple]]) -> None:
    """The rule in its plainest form."""
    winners: dict[tuple, tuple] = {}
    for file in files:
        for key, ts, seq, value, gone in file:
            order = (rank(ts), rank(seq))
            if key not in winners or order >= winners[key][0]:
                winners[key] = (order, (ts, seq, value), gone)
    for key, (order, row, gone) in winners.items():
        stored = model.get(key)
        if stored is not None and (rank(stored[0]), rank(stored[1])) > order:
            continue
        if gone:
            model.pop(key, None)
        else:
            model[key] = row


def arrow(file: list[tuple]) -> pa.Table:
    rows = [{"k": k, "part": p, "ts": ts, "seq": seq, "v": v, "gone": gone} for (k, p), ts, seq, v, gone in file]
    return pa.Table.from_pylist(rows, SCHEMA)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(COMMIT, min_size=1, max_size=4), st.booleans())
def test_merges_end_as_the_model_says(commits: list[list[list[tuple]]], partitioned: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        options = LakeOptions(f"sqlite:///{folder}/c.db", f"{folder}/lake", temp_folder=Path(folder) / "temp")
        writer = LakeWriter(options)
        lake = LakeUnderTest(writer)
        model: Model = {}
        columns = [{"name": name, "type": kind} for name, kind in (("k", "bigint"), ("part", "varchar"))]
        columns += [{"name": name, "type": "bigint"} for name in ("ts", "seq", "v")]
        create = {"key": ["k", "part"], "partition_by": ["part"] if partitioned else []}
        try:
            for files in commits:
                apply_to(model, files)
                lake.commit(
                    *map(arrow, files),
                    mode="merge",
                    columns=columns,
                    create=create,
                    order_by=["ts", "seq"],
                    delete_marker="gone",
                )
                expected = [(*key, *row) for key, row in model.items()]
                found = arrow_rows(lake.iceberg().scan().to_arrow())
                assert found == sorted(expected, key=repr)
                assert writer.table(WORKSPACE, TABLE)["row_count"] == len(model)
        finally:
            writer.close()

"""Airbyte record lines to typed Parquet, in MB/s per core, beside bare read_json: `python bench_json_lines.py`.

Prints one JSON object. A megabyte is 10^6 bytes of lines; per core means divided by the CPU seconds of this process.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from workbench_sync.airbyte.json_schema_types import from_json_schema
from workbench_sync.airbyte.record_staging import Stager, connect
from workbench_sync.airbyte.routing import Records, Router
from workbench_sync.airbyte.stream_reader import CHUNK_BYTES
from workbench_sync.schema_policy import make_plan

TIMESTAMP = {"type": "string", "format": "date-time", "airbyte_type": "timestamp_with_timezone"}
PROPERTIES = {
    "id": {"type": "integer"},
    "user_id": {"type": "integer"},
    "name": {"type": ["null", "string"]},
    "email": {"type": "string"},
    "price": {"type": "number"},
    "active": {"type": "boolean"},
    "created_at": TIMESTAMP,
    "birthday": {"type": "string", "format": "date"},
    "note": {"type": ["null", "string"]},
    "address": {"type": "object", "additionalProperties": True},
}
BLOCK_BYTES = 256 * 1024


def write_lines(path: Path, rows: int) -> None:
    """Record lines of about 400 bytes, the same for every run."""
    chance = random.Random(7)
    with path.open("w") as file:
        for number in range(rows):
            data = {
                "id": number,
                "user_id": chance.randrange(10**6),
                "name": f"Name {number % 9973}" if number % 10 else None,
                "email": f"user{number}@example.com",
                "price": round(chance.random() * 1000, 2),
                "active": number % 3 == 0,
                "created_at": f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}T{number % 24:02d}:15:30.123456Z",
                "birthday": f"19{number % 90 + 10}-02-{number % 28 + 1:02d}",
                "note": "lorem ipsum dolor sit amet consectetur "[: number % 40],
                "address": {"city": f"City {number % 500}", "zip": f"{number % 99999:05d}", "country": "DE"},
            }
            record = {"stream": "users", "data": data, "emitted_at": 1_700_000_000_000 + number}
            file.write(json.dumps({"type": "RECORD", "record": record}, separators=(",", ":")) + "\n")


def stage(lines: Path, folder: Path) -> int:
    """The whole way of a sync short of the commit: routing, chunks on disk, typed Parquet with every check."""
    plan = make_plan({name: from_json_schema(part) for name, part in PROPERTIES.items()}, None, "evolve", {}, {})
    stager = Stager(connect(folder), "users", plan, str(folder), "bench")
    router, rows, blocks, size, chunks = Router(), 0, [], 0, 0

    def flush() -> int:
        nonlocal chunks, blocks, size
        chunks += 1
        raw = folder / f"{chunks}.jsonl"
        with raw.open("wb") as file:
            file.writelines(blocks)
        staged = stager.stage(raw, 0, max(len(block) for block in blocks))
        raw.unlink()
        blocks, size = [], 0
        return staged.landed_rows

    with lines.open("rb", buffering=0) as source:
        while block := source.read(BLOCK_BYTES):
            for item in router.feed(block):
                assert isinstance(item, Records)
                blocks.append(item.data)
                size += len(item.data)
            if size >= CHUNK_BYTES:
                rows += flush()
    rows += flush() if blocks else 0
    assert stager.careful_chunks == 0
    return rows


def bare(lines: Path, folder: Path) -> int:
    """DuckDB's read_json with the types given, to Parquet: no routing, no check of names or values."""
    types = {name: from_json_schema(part).duckdb for name, part in PROPERTIES.items()} | {"address": "JSON"}
    data = "STRUCT(" + ", ".join(f"{name} {kind}" for name, kind in types.items()) + ")"
    con = connect(folder)
    query = (
        f"SELECT unnest(record.data), make_timestamptz(record.emitted_at * 1000) FROM read_json('{lines}',"
        f" format='newline_delimited', columns={{'record': 'STRUCT(data {data}, emitted_at BIGINT)'}})"
    )
    row = con.execute(f"COPY ({query}) TO '{folder}/bare.parquet' (COMPRESSION zstd, COMPRESSION_LEVEL 1)").fetchone()
    return int(row[0])


def measured(act: Callable[[Path, Path], int], lines: Path, rows: int, runs: int) -> dict[str, float]:
    size = lines.stat().st_size / 1e6
    per_core, wall = [], []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            cpu, clock = time.process_time(), time.perf_counter()
            assert act(lines, Path(folder)) == rows
            per_core.append(size / (time.process_time() - cpu))
            wall.append(size / (time.perf_counter() - clock))
    return {
        "mb_per_second_per_core": round(statistics.median(per_core)),
        "mb_per_second": round(statistics.median(wall)),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=800_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "lines.jsonl"
        write_lines(lines, options.rows)
        result = {
            "bench": "airbyte_json_lines_to_parquet",
            "rows": options.rows,
            "bytes_per_line": round(lines.stat().st_size / options.rows),
            "machine": platform.machine(),
            "staged": measured(stage, lines, options.rows, options.runs),
            "bare_read_json": measured(bare, lines, options.rows, options.runs),
            "goal_mb_per_second_per_core": 150,
        }
    print(json.dumps(result))


if __name__ == "__main__":
    main()

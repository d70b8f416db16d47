"""One side of the measure postgres-to-lake, in a process of its own.

`postgres_to_lake.py <side> <database-url> <rows> <folder>`; the sides: `make` makes the table, `copy` writes it to a
file by a bare binary COPY, `lake` syncs it in full into a lake of its own as the product does, `dlt` loads it into
Parquet files by dlt with connectorx, its fastest back-end. Prints {"seconds", "cpuSeconds", "rows", "peakBytes"}; the
time begins after the imports, the peak is the process's own memory.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

TABLE = """
CREATE UNLOGGED TABLE measured AS
SELECT i::int8 AS id, (i % 1000)::int4 AS store, (random() * 1000)::numeric(12,2) AS price, random() AS score,
  md5(i::text) AS code, ('category ' || i % 20)::varchar(20) AS category,
  '2024-01-01'::timestamptz + i * interval '1 second' AS sold_at, '2024-01-01'::date + (i % 1000)::int AS day,
  i % 3 = 0 AS returned, (i % 200)::int2 AS quantity
FROM generate_series(1, {rows}) i
"""


def make(url: str, rows: int) -> int:
    import psycopg2

    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS measured")
        cursor.execute(TABLE.format(rows=rows))
        cursor.execute("VACUUM ANALYZE measured")
    return rows


def copy(url: str, rows: int, folder: Path) -> int:
    import psycopg2

    connection = psycopg2.connect(url)
    with connection.cursor() as cursor, (folder / "measured.bin").open("wb") as file:
        cursor.copy_expert("COPY measured TO STDOUT (FORMAT binary)", file, size=1 << 20)
        return cursor.rowcount


def lake(url: str, rows: int, folder: Path) -> int:
    parts = urlsplit(url)
    config = {
        "host": parts.hostname,
        "port": parts.port,
        "database": parts.path.lstrip("/"),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
    }
    stream = {"name": "measured", "sync_mode": "full_refresh", "destination": "lake.bench.measured"}
    options = LakeOptions(database_url=f"sqlite:///{folder}/catalog.db", warehouse=str(folder / "warehouse"))
    writer = LakeWriter(options)
    events = Events(lambda line: None)
    result = native.sync({"sync_id": "bench", "stream": stream, "config": config}, Lake(writer, "bench"), events)
    committed = writer.table("bench", "lake.bench.measured")["row_count"]
    writer.close()
    assert committed == result["committed_rows"]
    return committed


def dlt_load(url: str, rows: int, folder: Path) -> int:
    by_driver = url.replace("postgresql://", "postgresql+psycopg2://", 1)
    source = sql_table(
        credentials=by_driver,
        table="measured",
        backend="connectorx",
        backend_kwargs={"conn": url, "return_type": "arrow"},
        reflection_level="full",
    )
    target = dlt.destinations.filesystem(bucket_url=f"file://{folder}/loaded")
    pipeline = dlt.pipeline("bench", destination=target, dataset_name="bench", pipelines_dir=str(folder / "state"))
    pipeline.run(source, loader_file_format="parquet").raise_on_failed_jobs()
    return pipeline.last_trace.last_normalize_info.row_counts["measured"]


def main() -> None:
    side, url, rows, folder = sys.argv[1], sys.argv[2], int(sys.argv[3]), Path(sys.argv[4])
    began, cpu = time.perf_counter(), time.process_time()
    act = {"make": lambda: make(url, rows), "copy": lambda: copy(url, rows, folder)}
    act |= {"lake": lambda: lake(url, rows, folder), "dlt": lambda: dlt_load(url, rows, folder)}
    found = act[side]()
    assert found == rows, f"{found} rows in place of {rows}"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    seconds = time.perf_counter() - began
    print(json.dumps({"seconds": seconds, "cpuSeconds": time.process_time() - cpu, "rows": found, "peakBytes": peak}))


if __name__ == "__main__":
    if sys.argv[1] == "lake":
        sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lake"))
        from workbench_lake.lake_context import LakeOptions
        from workbench_lake.lake_writer import LakeWriter
        from workbench_sync.events import Events
        from workbench_sync.lake_table import Lake
        from workbench_sync.postgres import native
    if sys.argv[1] == "dlt":
        os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
        os.environ["RUNTIME__LOG_LEVEL"] = "ERROR"
        import dlt
        from dlt.sources.sql_database import sql_table
    main()

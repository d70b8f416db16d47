"""What the engine refuses even where a statement was not checked before: a second wall behind the first."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files that nobody may read: beside the table's folder, and in it behind a link."""
    folder = tmp_path_factory.mktemp("world")
    (folder / "secret.csv").write_text("word\nhidden\n")
    (folder / "secret.json").write_text('{"word": "hidden"}')
    (folder / "table").mkdir()
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"word": ["hidden"]}), folder / "secret.parquet")
    pq.write_table(pa.table({"word": ["shown"]}), folder / "table" / "one.parquet")
    return folder


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[int, list[object]]]:
    """A port that counts who knocks."""
    knocks: list[object] = []
    server = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        while True:
            try:
                connection, address = server.accept()
            except OSError:
                return
            knocks.append(address)
            connection.close()

    threading.Thread(target=accept, daemon=True).start()
    yield server.getsockname()[1], knocks
    server.close()


FILES = [
    "SELECT * FROM '{0}/secret.csv'",
    "SELECT * FROM '{0}/secret.json'",
    "SELECT * FROM '{0}/secret.parquet'",
    'SELECT * FROM "{0}/secret.parquet"',
    "SELECT * FROM '{0}/*.parquet'",
    "SELECT * FROM '{0}/table/../secret.parquet'",
    "SELECT * FROM 'file://{0}/secret.parquet'",
    "SELECT * FROM read_csv('{0}/secret.csv')",
    "SELECT * FROM read_csv_auto('{0}/secret.csv')",
    "SELECT * FROM sniff_csv('{0}/secret.csv')",
    "SELECT * FROM read_json('{0}/secret.json')",
    "SELECT * FROM read_ndjson_objects('{0}/secret.json')",
    "SELECT * FROM read_text('{0}/secret.csv')",
    "SELECT * FROM read_blob('{0}/secret.csv')",
    "SELECT * FROM read_parquet('{0}/secret.parquet')",
    "SELECT * FROM parquet_scan(['{0}/table/one.parquet', '{0}/secret.parquet'])",
    "SELECT * FROM parquet_metadata('{0}/secret.parquet')",
    "SELECT * FROM parquet_schema('{0}/secret.parquet')",
    "SELECT * FROM parquet_kv_metadata('{0}/secret.parquet')",
    "SELECT * FROM parquet_file_metadata('{0}/secret.parquet')",
    "SELECT * FROM query('SELECT * FROM ''{0}/secret.csv''')",
    "SELECT * FROM query_table('{0}/secret.csv')",
    "SELECT * FROM histogram_values('{0}/secret.parquet', word)",
    "SUMMARIZE '{0}/secret.csv'",
    "DESCRIBE '{0}/secret.parquet'",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_text('/proc/self/environ')",
    "SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT * FROM read_text(''/etc/passwd'')'))",
    "SELECT * FROM iceberg_scan('{0}')",
    "SELECT * FROM iceberg_metadata('{0}')",
    "COPY (SELECT 1) TO '{0}/out.csv'",
    "COPY (SELECT 1) TO '{0}/table/out.parquet'",
    "EXPORT DATABASE '{0}/out'",
    "ATTACH '{0}/out.duckdb' AS other",
    "IMPORT DATABASE '{0}'",
    "LOAD '{0}/secret.csv'",
    "INSTALL spatial",
    "FORCE INSTALL httpfs FROM '{0}'",
    "SET enable_external_access = true",
    "SET allowed_directories = ['/']",
    "SET lock_configuration = false",
    "RESET memory_limit",
    "PRAGMA temp_directory='{0}'",
    "CREATE SECRET mine (TYPE s3, KEY_ID 'a', SECRET 'b')",
    "CREATE TABLE memory.main.t AS SELECT 1",
    "CREATE MACRO f() AS TABLE SELECT * FROM read_text('/etc/passwd')",
    "SELECT 1; SELECT * FROM read_text('/etc/passwd')",
    "SELECT getenv('HOME')",
]


@pytest.mark.parametrize("sql", FILES)
def test_reaches_no_file(worker: Any, world: Path, sql: str) -> None:
    tables = [{"name": "lake.shop.words", "uris": [str(world / "table" / "one.parquet")]}]
    failure = worker.refusal(sql.replace("{0}", str(world)), tables=tables)
    assert "hidden" not in str(failure)
    assert str(world) not in str(failure).replace(sql.replace("{0}", str(world)), "")
    assert sorted(file.name for file in world.iterdir()) == ["secret.csv", "secret.json", "secret.parquet", "table"]
    assert [file.name for file in (world / "table").iterdir()] == ["one.parquet"]


def test_still_reads_the_table(worker: Any, world: Path) -> None:
    tables = [{"name": "lake.shop.words", "uris": [str(world / "table" / "one.parquet")]}]
    assert worker.rows("SELECT * FROM lake.shop.words", tables=tables) == [("shown",)]
    assert worker.rows("SELECT * FROM shop.words", tables=tables) == [("shown",)]


NETWORK = [
    "SELECT * FROM 'http://127.0.0.1:{0}/x.parquet'",
    "SELECT * FROM read_csv('http://127.0.0.1:{0}/x.csv')",
    "SELECT * FROM read_parquet('s3://bucket/x.parquet')",
    "SELECT * FROM postgres_scan('host=127.0.0.1 port={0}', 'public', 't')",
    "ATTACH 'host=127.0.0.1 port={0}' AS other (TYPE postgres)",
    "INSTALL httpfs FROM 'http://127.0.0.1:{0}'",
]


@pytest.mark.parametrize("sql", NETWORK)
def test_reaches_no_network(worker: Any, listener: tuple[int, list[object]], sql: str) -> None:
    port, knocks = listener
    worker.refusal(sql.replace("{0}", str(port)))
    assert knocks == []


def test_sees_none_of_the_parents_variables_nor_of_the_programs(worker: Any) -> None:
    for name in ("message", "request", "connection", "settings", "rows"):
        assert worker.refusal(f"SELECT * FROM {name}")["code"] == "invalid_input"

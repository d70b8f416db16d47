"""The catalog in PostgreSQL: the tables that Trino's JDBC catalog reads, and racing processes."""

from __future__ import annotations

import os
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest
from lake_under_test import TABLE, WORKSPACE, LakeUnderTest

from workbench_lake.lake_context import LakeOptions
from workbench_lake.lake_writer import LakeWriter

URL = os.environ.get("CONTRACT_DATABASE_URL")

pytestmark = pytest.mark.skipif(not URL, reason="set CONTRACT_DATABASE_URL to run against PostgreSQL")


@pytest.fixture
def database() -> Iterator[str]:
    name = f"lake_{uuid.uuid4().hex}"
    admin = psycopg2.connect(URL)
    admin.autocommit = True
    with admin.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    yield urlunsplit(urlsplit(URL)._replace(path=f"/{name}"))
    with admin.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    admin.close()


def test_commits_of_two_processes_all_get_through(database: str, tmp_path: Path) -> None:
    writers = [
        LakeWriter(LakeOptions(database, f"{tmp_path}/lake", temp_folder=tmp_path / f"temp{number}"))
        for number in range(2)
    ]
    lakes = [LakeUnderTest(writer) for writer in writers]
    failures: list[BaseException] = []

    def write(lake: LakeUnderTest, who: int) -> None:
        try:
            for number in range(6):
                query = f"SELECT {number}::BIGINT AS id, {who} AS who"
                lake.commit(query, mode="merge", idempotency_key=f"{who}-{number}", create={"key": ["id", "who"]})
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(lake, who)) for who, lake in enumerate(lakes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    try:
        assert failures == []
        assert len(lakes[0].rows()) == 12
        assert lakes[0].table()["metadata_location"] == lakes[1].table()["metadata_location"]
        with psycopg2.connect(database) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT catalog_name, table_namespace, table_name, iceberg_type FROM iceberg_tables")
            assert cursor.fetchall() == [("lake_ws_1", "shop", "orders", "TABLE")]
        writers[0].check()
        assert writers[1].table(WORKSPACE, TABLE)["snapshot_count"] == 12
    finally:
        for writer in writers:
            writer.close()

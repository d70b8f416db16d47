"""A lake on PostgreSQL with a catalog of Trino's on the same tables, for who gives both servers."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

import psycopg2
import pytest
from lake_of_three import LakeOfThree
from three_readers import Trino

from workbench_lake.lake_context import LakeOptions
from workbench_lake.lake_writer import LakeWriter


class Source:
    """A database of one test with the connection's configuration of the source that reads it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.connection = psycopg2.connect(url)
        self.connection.autocommit = True

    def run(self, statement: str) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(statement)

    def config(self) -> dict[str, object]:
        parts = urlsplit(self.url)
        return {
            "host": parts.hostname,
            "port": parts.port or 5432,
            "database": parts.path.lstrip("/"),
            "username": unquote(parts.username or "postgres"),
            "password": unquote(parts.password or ""),
            "schemas": ["public"],
            "ssl_mode": {"mode": "disable"},
            "replication_method": {"method": "standard"},
        }


@pytest.fixture(scope="session")
def make_database() -> Iterator[object]:
    """Makes databases that go away at the end."""
    made: list[str] = []
    admin = psycopg2.connect(os.environ["CONTRACT_DATABASE_URL"])
    admin.autocommit = True

    def make() -> str:
        name = f"proof_{uuid.uuid4().hex}"
        with admin.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
        made.append(name)
        return urlunsplit(urlsplit(os.environ["CONTRACT_DATABASE_URL"])._replace(path=f"/{name}"))

    yield make
    with admin.cursor() as cursor:
        for name in made:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    admin.close()


@pytest.fixture(scope="session")
def catalog_database(make_database) -> str:
    return make_database()


@pytest.fixture
def source(make_database) -> Iterator[Source]:
    source = Source(make_database())
    yield source
    source.connection.close()


@pytest.fixture(scope="session")
def trino_catalog(catalog_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Trino, str, Path]]:
    """Trino, the name of its catalog on the lake's tables, and the folder where the lake keeps them."""
    trino = Trino(os.environ["CONTRACT_TRINO_URL"])
    warehouse = tmp_path_factory.mktemp("lake")
    name = f"proof_{uuid.uuid4().hex}"
    url = urlsplit(catalog_database)
    settings = {
        "iceberg.catalog.type": "jdbc",
        "iceberg.jdbc-catalog.driver-class": "org.postgresql.Driver",
        "iceberg.jdbc-catalog.connection-url": f"jdbc:postgresql://{url.hostname}:{url.port or 5432}{url.path}",
        "iceberg.jdbc-catalog.connection-user": unquote(url.username or ""),
        "iceberg.jdbc-catalog.connection-password": unquote(url.password or ""),
        "iceberg.jdbc-catalog.catalog-name": "lake_w1",
        "iceberg.jdbc-catalog.default-warehouse-dir": f"file://{warehouse}",
        "iceberg.jdbc-catalog.schema-version": "V1",
        "fs.hadoop.enabled": "true",
    }
    with_clause = ", ".join(f"\"{key}\" = '{value.replace(chr(39), chr(39) * 2)}'" for key, value in settings.items())
    trino.run(f"CREATE CATALOG {name} USING iceberg WITH ({with_clause})")
    yield trino, name, warehouse
    trino.run(f"DROP CATALOG {name}")


@pytest.fixture
def lake(catalog_database: str, trino_catalog: tuple[Trino, str, Path]) -> Iterator[LakeOfThree]:
    trino, name, warehouse = trino_catalog
    writer = LakeWriter(LakeOptions(catalog_database, str(warehouse), temp_folder=warehouse / "temp"))
    yield LakeOfThree(writer, trino, name)
    for table in writer.tables("w1"):
        writer.drop_table("w1", table["name"], purge=True)
    writer.close()

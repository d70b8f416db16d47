from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

import psycopg2
import pytest
from postgres_server import PostgresServer

_numbers = itertools.count()


class GivenServer:
    """The server of CONTRACT_DATABASE_URL, in place of one of our own."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.host, self.port = parts.hostname or "127.0.0.1", parts.port or 5432
        self.user, self.password = unquote(parts.username or "postgres"), unquote(parts.password or "")
        self.database = parts.path.lstrip("/") or "postgres"

    def connect(self, database: str) -> psycopg2.extensions.connection:
        name = self.database if database == "postgres" else database
        connection = psycopg2.connect(
            host=self.host, port=self.port, user=self.user, password=self.password, dbname=name
        )
        connection.autocommit = True
        return connection

    def config(self, database: str, **more: object) -> dict[str, object]:
        given = {"host": self.host, "port": self.port, "database": database, "username": self.user}
        return given | {"password": self.password, "replication_method": {"method": "standard"}} | more

    def stop(self) -> None: ...


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresServer | GivenServer]:
    url = os.environ.get("CONTRACT_DATABASE_URL")
    running = GivenServer(url) if url else PostgresServer().start()
    yield running
    running.stop()


class TestDatabase:
    """A database of one test."""

    __test__ = False

    def __init__(self, server: PostgresServer | GivenServer, name: str) -> None:
        self.server, self.name = server, name
        self.connection = server.connect(name)

    def run(self, statement: str, values: object = None) -> list[tuple]:
        with self.connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def config(self, **more: object) -> dict[str, object]:
        return self.server.config(self.name, **more)


@pytest.fixture
def database(server: PostgresServer | GivenServer) -> Iterator[TestDatabase]:
    name = f"source_{os.getpid()}_{next(_numbers)}"
    admin = server.connect("postgres")
    with admin.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    made = TestDatabase(server, name)
    yield made
    made.connection.close()
    with admin.cursor() as cursor:
        cursor.execute(
            "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = %s AND NOT active",
            (name,),
        )
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    admin.close()

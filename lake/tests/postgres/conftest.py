from __future__ import annotations

import itertools
import os
from collections.abc import Iterator

import pytest
from postgres_server import PostgresServer

_numbers = itertools.count()


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresServer]:
    """A server that nobody else writes to: rows of a sync wait while any older transaction of the server is open."""
    running = PostgresServer().start()
    yield running
    running.stop()


class TestDatabase:
    """A database of one test."""

    __test__ = False

    def __init__(self, server: PostgresServer, name: str) -> None:
        self.server, self.name = server, name
        self.connection = server.connect(name)

    def run(self, statement: str, values: object = None) -> list[tuple]:
        with self.connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def config(self, **more: object) -> dict[str, object]:
        return self.server.config(self.name, **more)


@pytest.fixture
def database(server: PostgresServer) -> Iterator[TestDatabase]:
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

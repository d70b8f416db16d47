"""What goes wrong between here and a database, in words that say what to change."""

from __future__ import annotations

import socket
import threading
from typing import Any

import pytest
from read_stream import read_stream

from workbench_sync.failure import SyncFailure
from workbench_sync.postgres.check import check_source
from workbench_sync.postgres.settings import settings_of


def failure_of_check(config: dict[str, Any]) -> SyncFailure:
    with pytest.raises(SyncFailure) as caught:
        check_source(settings_of(config))
    return caught.value


def test_each_way_in_that_is_closed_is_told_apart(database) -> None:
    config = database.config()
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        refused = failure_of_check(config | {"port": unused.getsockname()[1]})
    assert (refused.code, refused.retryable) == ("engine_unavailable", True)
    assert "refused" in refused.message
    unknown = failure_of_check(config | {"host": "no-such-host.invalid"})
    assert unknown.message == "No host is called no-such-host.invalid."
    wrong = failure_of_check(config | {"password": "not-it"})
    assert (wrong.code, wrong.retryable) == ("unauthenticated", False)
    assert "not-it" not in f"{wrong.message}{wrong.hint}{wrong.internal}"
    missing = failure_of_check(config | {"database": "nowhere"})
    assert (missing.code, "no database nowhere" in missing.message) == ("not_found", True)
    schema = failure_of_check(config | {"schemas": ["public", "Publik"]})
    assert (schema.code, "no schema Publik" in schema.message) == ("not_found", True)
    tls = failure_of_check(config | {"ssl_mode": {"mode": "require"}})
    assert "does not offer TLS" in tls.message
    certificate = failure_of_check(config | {"ssl_mode": {"mode": "verify-full", "ca_certificate": "no certificate"}})
    assert certificate.code == "engine_unavailable"


def test_a_schema_that_is_closed_to_the_user_is_named(database) -> None:
    database.run("CREATE SCHEMA vault")
    database.run("DROP ROLE IF EXISTS reader_of_tests")
    database.run("CREATE ROLE reader_of_tests LOGIN PASSWORD 'x'")
    try:
        config = database.config(username="reader_of_tests", password="x", schemas=["vault"])
        failure = failure_of_check(config)
        assert (failure.code, "schema vault" in failure.message) == ("forbidden", True)
    finally:
        database.run("DROP ROLE reader_of_tests")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"hosts": "x"}, "no field hosts"),
        ({"port": 70000}, "port: 70000"),
        ({"port": None}, "port"),
        ({"schemas": []}, "schemas"),
        ({"replication_method": {"method": "guess"}}, "replication_method.method is 'guess'"),
        ({"replication_method": {"method": "cdc"}}, "replication_slot"),
        ({"replication_method": {"method": "standard", "lookback_seconds": -1}}, "lookback_seconds"),
        ({"ssl_mode": {"mode": "maybe"}}, "ssl_mode.mode is 'maybe'"),
        ({"ssl_mode": {"mode": "verify-ca"}}, "ca_certificate"),
        ({"jdbc_url_params": "prepareThreshold=0"}, "prepareThreshold has no meaning"),
        ({"jdbc_url_params": "connectTimeout=soon"}, "number of seconds"),
        ({"tunnel_method": {"tunnel_method": "SSH_KEY_AUTH"}}, "SSH tunnels"),
        ({"arrays": "tuple"}, "arrays"),
    ],
)
def test_a_configuration_with_a_mistake_is_refused_by_the_field(change: dict[str, Any], words: str) -> None:
    with pytest.raises(SyncFailure) as caught:
        settings_of({"host": "h", "port": 1, "database": "d"} | change)
    assert caught.value.code == "invalid_input"
    assert words in caught.value.message


def test_the_seeds_document_needs_no_user_and_older_spellings_are_taken() -> None:
    seed = {
        "host": "h",
        "port": 5432,
        "database": "inventory",
        "schemas": ["public"],
        "replication_method": {"method": "standard"},
    }
    settings = settings_of(seed)
    assert "user" not in settings.parameters
    assert "password" not in settings.parameters
    older = settings_of(
        seed
        | {"port": "5433", "replication_method": {"method": "Xmin"}, "jdbc_url_params": "ssl=true&connectTimeout=3"}
    )
    assert (older.parameters["port"], older.method) == ("5433", "xmin")
    assert (older.parameters["sslmode"], older.parameters["connect_timeout"]) == ("require", "3")


def test_a_connection_that_is_lost_in_the_middle_is_a_failure_to_try_again(database) -> None:
    database.run(
        "CREATE TABLE long (id int, filler text); "
        "INSERT INTO long SELECT i, repeat('x', 500) FROM generate_series(1, 200000) i"
    )
    killed = threading.Event()

    def kill(rows: int, size: int) -> None:
        if not killed.is_set():
            killed.set()
            database.run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

    with pytest.raises(SyncFailure) as caught:
        read_stream(database.config(), {"name": "long"}, on_rows=kill)
    assert killed.is_set()
    assert (caught.value.code, caught.value.retryable) == ("engine_unavailable", True)
    assert "connection to the database was lost" in caught.value.message


def test_a_table_cannot_be_dropped_while_it_is_read(database, server) -> None:
    database.run("CREATE TABLE held (id int); INSERT INTO held SELECT generate_series(1, 50000)")
    tried: list[str] = []

    def drop(rows: int, size: int) -> None:
        if tried:
            return
        connection = server.connect(database.name)
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '50ms'")
                try:
                    cursor.execute("DROP TABLE held")
                    tried.append("dropped")
                except Exception as error:
                    tried.append(type(error).__name__)
        finally:
            connection.close()

    table, _, _ = read_stream(database.config(), {"name": "held"}, on_rows=drop)
    assert set(tried) == {"LockNotAvailable"}
    assert table.num_rows == 50000


def test_a_cancelled_read_ends_at_once(database) -> None:
    database.run("CREATE TABLE c (id int); INSERT INTO c SELECT generate_series(1, 100000)")
    cancelled = threading.Event()
    with pytest.raises(SyncFailure, match="cancelled"):
        read_stream(
            database.config(), {"name": "c"}, on_rows=lambda rows, size: cancelled.set(), is_cancelled=lambda: True
        )

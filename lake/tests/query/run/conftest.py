from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from typing import Any

import duckdb
import pytest
from postgres_server import PASSWORD, PostgresServer

LAKE = Path(__file__).resolve().parents[3]


def extensions_folder() -> str | None:
    """Where the extensions lie: the folder that is set, or one made of links to what the packages bring."""
    return os.environ.get("DUCKDB_EXTENSIONS_DIR") or None


@pytest.fixture(scope="session")
def extensions(tmp_path_factory: pytest.TempPathFactory) -> str:
    given = extensions_folder()
    if given:
        return given
    folder = tmp_path_factory.mktemp("extensions")
    for package in Path(duckdb.__file__).parent.parent.glob("duckdb_extension_*"):
        for file in package.glob("extensions/*/*.duckdb_extension"):
            (folder / file.name).symlink_to(file)
    return str(folder)


class Worker:
    """A worker process and what it says."""

    def __init__(self, folder: Path, extensions: str, memory: int = 512 * 1024**2) -> None:
        self.folder = folder
        self.settings: dict[str, Any] = {
            "limits": {
                "memoryLimitBytes": memory,
                "threads": 2,
                "tempDir": str(folder / "tmp"),
                "tempLimitBytes": 1024**3,
            },
            "extensions": {"dir": extensions, "cacheDir": str(folder / "cache")},
            "s3": None,
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "workbench_query", "run"],
            cwd=LAKE,
            env={"PATH": "/usr/bin:/bin", "TZ": "UTC", "MALLOC_ARENA_MAX": "2"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._ids = 0
        self._answers: dict[int, Queue[dict[str, Any]]] = {}
        threading.Thread(target=self._listen, daemon=True).start()

    def begin(self, kind: str, **fields: Any) -> int:
        self._ids += 1
        self._answers[self._ids] = Queue()
        message = {"id": self._ids, "kind": kind, "tables": [], "databases": [], "settings": self.settings, **fields}
        self._write(message)
        return self._ids

    def cancel(self, request: int) -> None:
        self._write({"id": request, "cancel": True})

    def next(self, request: int, seconds: float = 60) -> dict[str, Any]:
        return self._answers[request].get(timeout=seconds)

    def end(self, request: int, seconds: float = 60) -> dict[str, Any]:
        while True:
            message = self.next(request, seconds)
            if "event" not in message:
                return message

    def ask(self, kind: str, **fields: Any) -> dict[str, Any]:
        return self.end(self.begin(kind, **fields))

    def run(self, sql: str, **fields: Any) -> dict[str, Any]:
        """Run a statement; its rows are in `folder / <id>`."""
        return self.ask("run", sql=sql, folder=str(self.folder / "results" / str(self._ids + 1)), **fields)

    def rows(self, sql: str, **fields: Any) -> list[tuple[Any, ...]]:
        """The rows of a statement as Python values."""
        import pyarrow as pa

        answer = self.run(sql, **fields)
        assert "result" in answer, answer
        with pa.ipc.open_stream(self.folder / "results" / str(self._ids) / "result.arrows") as stream:
            return [tuple(row.values()) for row in stream.read_all().to_pylist()]

    def refusal(self, sql: str, **fields: Any) -> dict[str, Any]:
        """The failure of a statement that must not run."""
        answer = self.run(sql, **fields)
        assert "failure" in answer, (sql, answer)
        assert not (self.folder / "results" / str(self._ids)).exists()
        return answer["failure"]

    def close(self) -> None:
        if self.process.stdin is not None and not self.process.stdin.closed:
            self.process.stdin.close()
        self.process.wait(timeout=30)

    def _write(self, message: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(message).encode() + b"\n")
        self.process.stdin.flush()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            message = json.loads(line)
            if "id" in message:
                self._answers[message["id"]].put(message)


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory, extensions: str) -> Iterator[Worker]:
    made = Worker(tmp_path_factory.mktemp("worker"), extensions)
    yield made
    made.close()


@pytest.fixture
def own_worker(tmp_path: Path, extensions: str) -> Iterator[Worker]:
    made = Worker(tmp_path, extensions)
    yield made
    if made.process.poll() is None:
        made.close()


class Shop:
    """A database with one table, owned by one role and read by another."""

    def __init__(self, server: PostgresServer) -> None:
        self.server = server
        connection = server.connect("postgres")
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("CREATE DATABASE shop")
            for role in ("reader", "owner", "maker", "files"):
                cursor.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'it''s \\ secret'")
            cursor.execute("ALTER ROLE maker CREATEROLE")
            cursor.execute("GRANT pg_read_server_files TO files")
        connection.close()
        self.sql = server.connect("shop")
        self.sql.autocommit = True
        with self.sql.cursor() as cursor:
            cursor.execute("CREATE SCHEMA sales; GRANT USAGE ON SCHEMA sales TO reader, owner, maker, files")
            cursor.execute("CREATE TABLE sales.orders (id bigint, price numeric(12,2), sold timestamptz, note text)")
            cursor.execute(
                "INSERT INTO sales.orders SELECT n, n / 4.0, '2024-01-01 00:00+00' FROM generate_series(1, 1000) n"
            )
            cursor.execute("CREATE TABLE sales.secrets (word text); INSERT INTO sales.secrets VALUES ('hidden')")
            cursor.execute("ALTER TABLE sales.secrets OWNER TO owner")
            cursor.execute("GRANT SELECT ON sales.orders TO reader, maker, files")

    def attached(self, user: str = "reader", **changes: Any) -> dict[str, Any]:
        password = PASSWORD if user == "postgres" else "it's \\ secret"
        return {
            "catalog": "shop",
            "kind": "postgres",
            "host": "127.0.0.1",
            "port": self.server.port,
            "database": "shop",
            "user": user,
            "password": password,
            "ssl": "prefer",
        } | changes


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    server = PostgresServer().start()
    made = Shop(server)
    yield made
    made.sql.close()
    server.stop()

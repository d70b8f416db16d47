from __future__ import annotations

import collections
import contextlib
import fcntl
import json
import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..events import Events
from ..failure import SyncFailure
from ..work_folders import FOLDER_PREFIX, private_base, remove_left_folders

BLOCK_BYTES = 256 * 1024
PASSED_ON = (
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
)
PASSED_ON += ("REQUESTS_CA_BUNDLE", "TZ")
LINGER_SECONDS = 0.5
TICK_SECONDS = 0.5
LAST_LINES = 40


@dataclass(frozen=True)
class Limits:
    """`memory_bytes`: resident memory of the connector and its children; `idle_seconds`: the longest silence."""

    memory_bytes: int = 2 * 1024**3
    idle_seconds: float = 600.0
    open_files: int = 4096


class ConnectorProcess:
    """A connector as a child process in a session of its own, with a folder of its own that goes with it.

    Its output comes by `blocks`; what it says on stderr becomes log events. Use it as a context manager: leaving ends
    the whole group.
    """

    def __init__(self, command: list[str], verb: str, files: Mapping[str, Any], limits: Limits, events: Events) -> None:
        """`files` are handed over as `--<name> <path>`, texts as they are, others as JSON, for this user alone."""
        self._limits = limits
        self._events = events
        self._name = Path(command[0]).name
        self.last_lines: collections.deque[str] = collections.deque(maxlen=LAST_LINES)
        self._quiet_until = 0.0
        self._ended = False
        self._lock = threading.Lock()
        remove_left_folders()
        self._private = Path(tempfile.mkdtemp(prefix=f"{FOLDER_PREFIX}{os.getpid()}-", dir=private_base()))
        self._folder = Path(tempfile.mkdtemp(prefix=f"{FOLDER_PREFIX}{os.getpid()}-"))
        try:
            arguments = [verb]
            for name, value in files.items():
                arguments += [f"--{name}", self._write(name, value)]
            limit_text = json.dumps({"open_files": limits.open_files, "address_space": 8 * limits.memory_bytes})
            launcher = [sys.executable, "-I", "-S", str(Path(__file__).with_name("launch_connector.py"))]
            self._process = subprocess.Popen(
                [*launcher, limit_text, str(os.getpid()), *command, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=self._folder,
                env=self._environment(command),
                start_new_session=True,
            )
        except BaseException:
            self._remove_folders()
            raise
        assert self._process.stdout is not None
        self._out = self._process.stdout.fileno()
        with contextlib.suppress(OSError, AttributeError):
            fcntl.fcntl(self._out, fcntl.F_SETPIPE_SZ, 4 * BLOCK_BYTES)
        self._errors = threading.Thread(target=self._log_errors, daemon=True)
        self._errors.start()
        events.on_cancel(self.kill)

    def __enter__(self) -> ConnectorProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def blocks(self) -> Iterator[bytes]:
        """The output until its end. Fails when the connector is silent, greedy or cancelled."""
        waited = 0.0
        with selectors.DefaultSelector() as selector:
            selector.register(self._out, selectors.EVENT_READ)
            while True:
                before = time.monotonic()
                ready = selector.select(TICK_SECONDS)
                now = time.monotonic()
                self._events.raise_if_cancelled()
                self._watch_memory(now)
                if ready:
                    waited = 0.0
                    block = os.read(self._out, BLOCK_BYTES)
                    if not block:
                        return
                    yield block
                    continue
                waited += now - before
                if self._process.poll() is not None:
                    # What it said after the look at its output and before its end is still in the pipe.
                    while selector.select(0) and (block := os.read(self._out, BLOCK_BYTES)):
                        yield block
                    return
                if waited > self._limits.idle_seconds and now > self._quiet_until:
                    self.kill()
                    raise SyncFailure(
                        "timed_out",
                        f"The connector said nothing for {self._limits.idle_seconds:.0f} s and was ended.",
                        hint="The source may hang; try again, or raise the idle limit of this connection.",
                        retryable=True,
                    )

    def expect_quiet(self, until: float) -> None:
        """Lets the connector be silent until this time of the monotonic clock, as it waits for its source's quota."""
        self._quiet_until = until

    def wait(self, seconds: float | None = None) -> int | None:
        """The exit status (negative: the signal that ended it), or None where it still runs after `seconds`."""
        try:
            status = self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None
        self._errors.join(LINGER_SECONDS)
        return status

    def kill(self) -> None:
        """Ends the whole group at once; harmless when it has ended."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> None:
        """Ends the group, gently first, and removes its folders."""
        with self._lock:
            if self._ended:
                return
            self._ended = True
        if self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(LINGER_SECONDS)
        self.kill()
        self._process.wait()
        self._errors.join(LINGER_SECONDS)
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._remove_folders()

    def failure_of_status(self, status: int) -> SyncFailure:
        """Why a connector ended with this status, where it gave no reason itself."""
        tail = "\n".join(self.last_lines)
        if "MemoryError" in tail or status == -signal.SIGKILL:
            return out_of_memory(self._limits.memory_bytes, tail)
        if "No space left on device" in tail:
            return SyncFailure(
                "resource_exhausted", "The disk is full.", hint="Free some space and try again.", internal=tail
            )
        how = f"was ended by {signal.Signals(-status).name}" if status < 0 else f"ended with status {status}"
        last = next((line for line in reversed(self.last_lines) if line.strip()), "")
        words = f" Its last words: {last[:300]}" if last else " It gave no reason."
        return SyncFailure(
            "engine_failed",
            f"The connector {how} before it was done.{words}",
            hint="The log of this sync has all that it said.",
            retryable=True,
            internal=tail or None,
        )

    def _environment(self, command: list[str]) -> dict[str, str]:
        kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        folder = str(self._folder)
        path = os.pathsep.join([str(Path(command[0]).parent), "/usr/local/bin", "/usr/bin", "/bin"])
        return {**kept, "PATH": path, "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8", "PYTHONIOENCODING": "utf-8"}

    def _write(self, name: str, value: Any) -> str:
        path = self._private / f"{name}.json"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(value if isinstance(value, str) else json.dumps(value))
        return str(path)

    def _log_errors(self) -> None:
        assert self._process.stderr is not None
        with self._process.stderr as errors:
            for line in iter(lambda: errors.readline(64 * 1024), b""):
                text = line.decode("utf-8", "replace").rstrip()
                if text:
                    self.last_lines.append(self._events.mask(text))
                    self._events.log("warn", text)

    def _watch_memory(self, now: float) -> None:
        if now < getattr(self, "_next_watch", 0.0):
            return
        self._next_watch = now + TICK_SECONDS
        if group_memory(self._process.pid) > self._limits.memory_bytes:
            self.kill()
            raise out_of_memory(self._limits.memory_bytes, "\n".join(self.last_lines))

    def _remove_folders(self) -> None:
        shutil.rmtree(self._private, ignore_errors=True)
        shutil.rmtree(self._folder, ignore_errors=True)


def out_of_memory(limit: int, tail: str) -> SyncFailure:
    return SyncFailure(
        "resource_exhausted",
        f"The connector ran out of memory; it may have {limit // 2**20} MiB.",
        hint="Raise the memory limit of connectors, or let the connection read less at a time.",
        internal=tail or None,
    )


def group_memory(group: int) -> int:
    """Resident bytes of all processes of a process group; 0 where the system does not tell."""
    total = 0
    page = os.sysconf("SC_PAGE_SIZE")
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(fields[2]) == group:
                total += int(fields[21]) * page
    return total

"""Reads a connector's output: records into chunks on disk, states and statuses into what they mean."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..fail_points import fail_point
from ..failure import SyncFailure
from .connector_client import items_of, note
from .connector_process import ConnectorProcess
from .routing import Message, Records

if TYPE_CHECKING:
    from .sync_stream import StreamSync

CHUNK_BYTES = 32 * 1024**2


@dataclass(frozen=True)
class Chunk:
    path: Path
    rows: int
    longest_line: int


@dataclass(frozen=True)
class Mark:
    """All chunks before this belong to a state; `due` says that they are to be committed now."""

    messages: list[dict[str, Any]]
    due: bool


class StreamReader:
    """Reads the connector and cuts its records into chunks, none of which spans a state."""

    def __init__(self, sync: StreamSync) -> None:
        self.sync = sync
        request, stream = sync.request, sync.stream
        configured = {
            "stream": stream,
            "sync_mode": request.sync_mode,
            "destination_sync_mode": "overwrite" if sync.swap else "append_dedup" if request.key else "append",
            "cursor_field": [sync.cursor] if sync.cursor else [],
            "primary_key": stream.get("source_defined_primary_key") or [[one] for one in request.primary_key],
        }
        files = {**sync.client.files(), "catalog": {"streams": [configured]}}
        if request.sync_mode == "incremental" and sync.start:
            files["state"] = state_for(sync.start)
        self.process = ConnectorProcess(sync.client.command, "read", files, sync.client.limits, sync.events)
        self.blocks: list[bytes] = []
        self.block_rows = self.block_bytes = self.chunks = 0
        self.confirmed_blocks = 0
        self.unmarked: list[dict[str, Any]] | None = None
        self.states: dict[str, dict[str, Any]] = {}
        self.since = time.monotonic()
        self.since_rows = self.since_bytes = 0
        self.status: str | None = None
        self.failure: SyncFailure | None = None

    def read(self) -> bool:
        """Reads to the end; True where the stream ended well. Raises the failure where it did not."""
        try:
            for item in items_of(self.process):
                if isinstance(item, Records):
                    self._take(item)
                elif isinstance(item, Message):
                    if self._hear(item.body):
                        break
                else:
                    note(item, self.sync.client.name, self.sync.events)
                self.sync.progress()
            self._check_end()
        except (SyncFailure, OSError):
            if not self.sync.swap:
                self._flush_confirmed()
            raise
        self._flush_confirmed()
        self._flush_all()
        return True

    def close(self) -> None:
        self.process.end()

    def _check_end(self) -> None:
        if self.status == "COMPLETE":
            return
        status = self.process.wait(self.sync.client.limits.idle_seconds)
        if self.failure is not None:
            raise self.failure
        if status is None or status != 0:
            self.failure = self.process.failure_of_status(status if status is not None else 1)
        elif self.status is not None:
            self.failure = SyncFailure(
                "engine_failed",
                "The connector says that it did not read the stream to its end.",
                hint="The log of this sync has its reasons.",
                retryable=True,
            )
        if self.failure is not None:
            raise self.failure

    def _take(self, records: Records) -> None:
        self.blocks.append(records.data)
        self.block_rows += records.rows
        self.block_bytes += len(records.data)
        self.since_rows += records.rows
        self.since_bytes += len(records.data)
        self.sync.rows += records.rows
        self.sync.bytes += len(records.data)
        if self.block_bytes >= CHUNK_BYTES:
            self._flush_confirmed()
            if self.block_bytes >= CHUNK_BYTES:
                self._flush_all()

    def _hear(self, message: dict[str, Any]) -> bool:
        """True where the stream is complete, so that nothing more needs to be waited for."""
        kind = message["type"]
        if kind == "STATE":
            self._state(message["state"])
        elif kind == "TRACE" and message["trace"]["type"] == "STREAM_STATUS":
            return self._stream_status(message["trace"]["stream_status"])
        elif kind == "TRACE" and message["trace"]["type"] == "ESTIMATE":
            estimate = message["trace"]["estimate"]
            if estimate["name"] == self.sync.request.name and estimate.get("row_estimate"):
                self.sync.estimate = int(estimate["row_estimate"])
        else:
            self.failure = note(Message(message), self.sync.client.name, self.sync.events) or self.failure
        return False

    def _stream_status(self, status: dict[str, Any]) -> bool:
        if status["stream_descriptor"]["name"] != self.sync.request.name:
            return False
        self.status = status["status"]
        for reason in status.get("reasons") or []:
            if reason.get("type") == "RATE_LIMITED":
                until = (reason.get("rate_limited") or {}).get("quota_reset")
                wait = max(0.0, until / 1000 - time.time()) if until else 60.0
                self.process.expect_quiet(time.monotonic() + wait)
                told = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + wait))
                self.sync.events.log("info", f"The source limits the rate of requests until about {told}.")
                self.sync.progress(rate_limited_until=told)
        return self.status == "COMPLETE"

    def _state(self, state: dict[str, Any]) -> None:
        request = self.sync.request
        if request.sync_mode != "incremental":
            return
        stream = state.get("stream") or {}
        if stream and stream["stream_descriptor"]["name"] != request.name:
            return
        self._check_count(state)
        self.states[state.get("type") or "LEGACY"] = state
        self.unmarked = list(self.states.values())
        self.confirmed_blocks = len(self.blocks)
        limit, now = request.checkpoint, time.monotonic()
        due = (
            self.since_rows >= limit.rows
            or self.since_bytes >= limit.bytes
            or (now - self.since >= limit.seconds and self.since_rows > 0)
        )
        if due and not self.sync.swap:
            self._flush_confirmed(due=True)
            self.since, self.since_rows, self.since_bytes = now, 0, 0

    def _check_count(self, state: dict[str, Any]) -> None:
        counted = (state.get("sourceStats") or {}).get("recordCount")
        read = self.sync.rows - getattr(self, "_counted_rows", 0)
        self._counted_rows = self.sync.rows
        if counted is not None and int(counted) != read:
            self.sync.events.log("warn", f"The connector counts {int(counted)} records before its state; {read} came.")

    def _flush_confirmed(self, *, due: bool = False) -> None:
        """Hands over the records up to the last state, and that state."""
        if self.unmarked is None:
            return
        self._hand_over(self.confirmed_blocks)
        self.sync.put(Mark(self.unmarked, due))
        fail_point("after_state")
        self.unmarked, self.confirmed_blocks = None, 0

    def _flush_all(self) -> None:
        self._hand_over(len(self.blocks))

    def _hand_over(self, count: int) -> None:
        if count == 0:
            return
        blocks, self.blocks = self.blocks[:count], self.blocks[count:]
        self.chunks += 1
        path = self.sync.work / f"chunk-{self.chunks:06d}.jsonl"
        with path.open("wb") as file:
            file.writelines(blocks)
        rows = sum(block.count(b"\n") for block in blocks)
        self.block_bytes = sum(len(block) for block in self.blocks)
        fail_point("after_chunk")
        self.sync.put(Chunk(path, rows, longest_line(blocks)))


def longest_line(blocks: list[bytes]) -> int:
    """An upper bound of the longest line in bytes: exact for blocks of one line, else the largest block."""
    return max((len(block) for block in blocks), default=0)


def state_for(messages: list[dict[str, Any]]) -> Any:
    """The state as a connector takes it: a list of messages, or the plain object of connectors that know no other."""
    if len(messages) == 1 and (messages[0].get("type") or "LEGACY") == "LEGACY":
        return messages[0].get("data") or {}
    return messages

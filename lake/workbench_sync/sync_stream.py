"""One sync of one stream: the connector's lines in, commits of data and state out."""

from __future__ import annotations

import os
import queue
import shutil
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from .checkpoints import Committer
from .column_types import ColumnType, from_json_schema
from .connector_client import ConnectorClient, items_of, note
from .connector_process import FOLDER_PREFIX, ConnectorProcess
from .events import Events
from .fail_points import fail_point
from .failure import SyncFailure
from .lake_table import Lake, StagingFolder, column_types
from .mapping import merge_key
from .routing import Message, Records
from .schema_policy import Plan, make_plan
from .staging import Staged, Stager, connect
from .stream_request import StreamRequest

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


def sync_stream(request: StreamRequest, client: ConnectorClient, lake: Lake, events: Events) -> dict[str, Any]:
    """Runs the sync to its end and gives the fields of its result. Raises SyncFailure; what was committed stays."""
    described = lake.describe(request.table)
    before = (described or {}).get("sync_state") or {}
    if before.get("sync_id") == request.sync_id and before.get("complete"):
        events.log("info", "An earlier attempt of this sync had committed everything.")
        return {"rows": 0, "bytes": 0, "committed_rows": 0, "checkpoints": 0, "state": before, "warnings": []}
    if before.get("stream") not in (None, request.name):
        raise SyncFailure(
            "conflict",
            f"The table {request.table} is fed by the stream {before['stream']!r}.",
            hint=f"Give the stream {request.name!r} another destination.",
        )
    events.progress("connecting")
    stream = find_stream(client.discover(), request)
    return _Sync(request, client, lake, events, stream, described, before).run()


class _Sync:
    def __init__(
        self,
        request: StreamRequest,
        client: ConnectorClient,
        lake: Lake,
        events: Events,
        stream: dict[str, Any],
        described: dict[str, Any] | None,
        before: dict[str, Any],
    ) -> None:
        self.request, self.client, self.lake, self.events, self.stream = request, client, lake, events, stream
        self.warnings: list[str] = []
        declared = {
            name: from_json_schema(part) for name, part in (stream["json_schema"].get("properties") or {}).items()
        }
        self.cursor = cursor_of(stream, request, declared)
        self.start = before.get("messages") if request.sync_mode == "incremental" and not request.refresh else None
        holds_rows = bool(described and described.get("row_count"))
        self.swap = request.sync_mode == "full_refresh" or request.refresh or (holds_rows and not self.start)
        if self.swap and request.sync_mode == "incremental" and not request.refresh:
            self._warn(
                "The table holds rows and no state says which; everything is read anew and swapped in at the end."
            )
        lake_columns = column_types(described) if described else None
        self.plan: Plan = make_plan(
            declared,
            lake_columns,
            request.policy,
            request.schema_mapping,
            before.get("declared") or {},
            replaces=self.swap,
        )
        known = {**{column.key: column for column in self.plan.columns}}
        source_key = [path[0] for path in stream.get("source_defined_primary_key") or [] if len(path) == 1]
        key, warning = merge_key(request.key, list(known), source_key)
        if warning:
            self._warn(warning)
        order = [known[self.cursor].name] if key and self.cursor in known else []
        self.work = Path(tempfile.mkdtemp(prefix=f"{FOLDER_PREFIX}{os.getpid()}-"))
        self.con = connect(self.work)
        place = lake.stage(request.table, f"{request.sync_id}/{request.attempt}", self.plan.file_columns())
        self.folder = StagingFolder(place["folder"], self.work / "parquet")
        field_ids = place.get("field_ids") or {}
        self.stager = Stager(self.con, request.name, self.plan, str(self.folder.local), request.sync_id, field_ids)
        self.committer = Committer(
            lake,
            request,
            self.plan,
            self.folder,
            events,
            key=[known[one].name for one in key],
            order_by=order,
            start=self.start,
            declared={name: kind.trino for name, kind in declared.items()},
        )
        self.queue: queue.Queue[Chunk | Mark | None] = queue.Queue(maxsize=3)
        self.worker_failure: BaseException | None = None
        self.confirmed: list[Staged] = []
        self.pending: list[Staged] = []
        self.messages: list[dict[str, Any]] | None = None
        self.rows = self.bytes = 0
        self.estimate: int | None = None
        self.stopped = threading.Event()

    def run(self) -> dict[str, Any]:
        worker = threading.Thread(target=self._work, daemon=True)
        worker.start()
        reader = _Reader(self)
        failure: BaseException | None = None
        try:
            self.committer.show_changes()
            try:
                complete = reader.read()
            except (SyncFailure, OSError) as error:
                failure, complete = error, False
            self._finish_worker(worker)
            failure = self.worker_failure or failure
            if not self.events.cancelled:
                try:
                    self._last_commit(complete and failure is None)
                except SyncFailure as error:
                    failure = failure or error
            elif failure is None:
                failure = SyncFailure("cancelled", "The sync was cancelled.")
            if failure is not None:
                raise as_failure(failure) from failure
            return self._result()
        finally:
            self.stopped.set()
            reader.close()
            self.con.interrupt()
            self.con.close()
            self.folder.remove()
            shutil.rmtree(self.work, ignore_errors=True)

    def progress(self, phase: Any = "reading", **more: Any) -> None:
        self.events.progress(
            phase, self.rows, self.bytes, self.committer.totals.checkpoints, estimated_rows=self.estimate, **more
        )

    def put(self, item: Chunk | Mark) -> None:
        """Hands work over; waits while the stager is behind, and fails where it has failed."""
        while True:
            if self.worker_failure is not None:
                raise as_failure(self.worker_failure)
            self.events.raise_if_cancelled()
            try:
                self.queue.put(item, timeout=0.5)
                return
            except queue.Full:
                self.progress("staging")

    def _work(self) -> None:
        while True:
            item = self.queue.get()
            if item is None:
                return
            if self.worker_failure is not None or self.stopped.is_set():
                continue
            try:
                if isinstance(item, Chunk):
                    self.pending.append(self.stager.stage(item.path, item.rows, item.longest_line))
                    item.path.unlink(missing_ok=True)
                    self.committer.show_changes()
                else:
                    self.confirmed += self.pending
                    self.pending = []
                    self.messages = item.messages
                    if item.due and not self.swap:
                        self._commit_confirmed(complete=False)
            except BaseException as error:  # noqa: BLE001 - told to the reader, which fails with it
                self.worker_failure = error

    def _finish_worker(self, worker: threading.Thread) -> None:
        while worker.is_alive():
            try:
                self.queue.put(None, timeout=0.5)
                break
            except queue.Full:
                self.progress("staging")
        while worker.is_alive():
            worker.join(0.5)
            self.progress("staging")

    def _commit_confirmed(self, *, complete: bool) -> None:
        self.progress("committing")
        batch, self.confirmed = self.confirmed, []
        self.committer.commit(batch, self.messages, overwrite=False, complete=complete)

    def _last_commit(self, complete: bool) -> None:
        """At the end: everything where the stream ended well, else what the last state covers."""
        if complete:
            self.confirmed += self.pending
            self.pending = []
            self.progress("committing")
            keeps_state = self.request.sync_mode == "incremental"
            messages = (self.messages or self.start) if keeps_state else None
            batch, self.confirmed = self.confirmed, []
            if self.swap or batch or messages != self.committer.start or not self.plan.exists:
                self.committer.commit(batch, messages, overwrite=self.swap, complete=True)
        elif not self.swap and self.messages is not None and (self.confirmed or self.messages != self.start):
            self._commit_confirmed(complete=False)

    def _result(self) -> dict[str, Any]:
        totals = self.committer.totals
        if self.stager.foreign_rows:
            self._warn(f"{self.stager.foreign_rows} records of other streams came unasked and were left out.")
        return {
            "rows": self.rows,
            "bytes": self.bytes,
            "committed_rows": totals.committed_rows,
            "checkpoints": totals.checkpoints,
            "rejected_rows": totals.rejected_rows,
            "quarantined_rows": totals.quarantined_rows,
            "snapshot_id": totals.snapshot_id,
            "warnings": self.warnings,
        }

    def _warn(self, text: str) -> None:
        self.warnings.append(text)
        self.events.log("warn", text)


class _Reader:
    """Reads the connector and cuts its records into chunks, none of which spans a state."""

    def __init__(self, sync: _Sync) -> None:
        self.sync = sync
        request, stream = sync.request, sync.stream
        configured = {
            "stream": stream,
            "sync_mode": request.sync_mode,
            "destination_sync_mode": "overwrite" if sync.swap else "append_dedup" if request.key else "append",
            "cursor_field": [sync.cursor] if sync.cursor else [],
            "primary_key": stream.get("source_defined_primary_key") or [[one] for one in request.primary_key],
        }
        files: dict[str, Any] = {"config": sync.client.config, "catalog": {"streams": [configured]}}
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
        if state.get("type") == "STREAM" or (state.get("type") is None and state.get("stream")):
            if state["stream"]["stream_descriptor"]["name"] != request.name:
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


def find_stream(catalog: dict[str, Any], request: StreamRequest) -> dict[str, Any]:
    named = [stream for stream in catalog["streams"] if stream["name"] == request.name]
    found = [stream for stream in named if request.namespace in (None, stream.get("namespace"))]
    if len(found) == 1:
        stream = found[0]
        modes = stream.get("supported_sync_modes") or ["full_refresh"]
        if request.sync_mode not in modes:
            raise SyncFailure(
                "invalid_input",
                f"The stream {request.name!r} cannot be read in the mode {request.sync_mode}.",
                hint=f"It offers {' and '.join(modes)}.",
            )
        return stream
    if found:
        spaces = ", ".join(repr(stream.get("namespace")) for stream in found)
        raise SyncFailure(
            "invalid_input", f"There are several streams {request.name!r}, in {spaces}.", hint="Name its namespace."
        )
    names = ", ".join(sorted(stream["name"] for stream in catalog["streams"])[:30])
    raise SyncFailure(
        "not_found",
        f"The source has no stream {request.name!r} any more.",
        hint=f"It has: {names}." if names else "It has no stream at all.",
    )


def cursor_of(stream: dict[str, Any], request: StreamRequest, declared: dict[str, ColumnType]) -> str | None:
    """The cursor's source key; None in a full refresh without one. Raises where the named one does not exist."""
    defaults = stream.get("default_cursor_field") or []
    cursor = request.cursor_field or (defaults[0] if defaults else None)
    if request.cursor_field and declared and request.cursor_field not in declared:
        raise SyncFailure(
            "invalid_input",
            f"The stream {request.name!r} has no field {request.cursor_field!r} to be its cursor.",
            hint=f"Its fields are {', '.join(list(declared)[:30])}.",
        )
    if (
        stream.get("source_defined_cursor")
        and defaults
        and request.cursor_field
        and request.cursor_field != defaults[0]
    ):
        return defaults[0]
    if request.sync_mode == "incremental" and cursor is None and not stream.get("source_defined_cursor"):
        raise SyncFailure(
            "invalid_input", f"The stream {request.name!r} needs a cursor field.", hint="Set cursor_field for it."
        )
    return cursor


def state_for(messages: list[dict[str, Any]]) -> Any:
    """The state as a connector takes it: a list of messages, or the plain object of connectors that know no other."""
    if len(messages) == 1 and (messages[0].get("type") or "LEGACY") == "LEGACY":
        return messages[0].get("data") or {}
    return messages


def as_failure(error: BaseException) -> SyncFailure:
    """Any error of the machine in words for its user."""
    if isinstance(error, SyncFailure):
        return error
    text = str(error)
    if "No space left on device" in text:
        hint = "Free some space and try again."
        return SyncFailure("resource_exhausted", "The disk is full.", hint=hint, retryable=True)
    if isinstance(error, (MemoryError, duckdb.OutOfMemoryException)):
        return SyncFailure("resource_exhausted", "The sync ran out of memory.", retryable=True, internal=text)
    said = f"{type(error).__name__}: {text}"
    return SyncFailure("engine_failed", "The sync failed by a fault of its own.", internal=said)

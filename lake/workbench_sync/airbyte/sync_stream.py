"""One sync of one stream: the connector's lines in, commits of data and state out."""

from __future__ import annotations

import os
import queue
import shutil
import tempfile
import threading
from pathlib import Path
from typing import Any

from ..checkpoints import Committer
from ..events import Events
from ..failure import SyncFailure, as_failure
from ..lake_table import Lake, StagingFolder, column_types
from ..mapping import merge_key
from ..schema_policy import Plan, make_plan
from ..staging import Staged
from ..stream_request import StreamRequest
from ..work_folders import FOLDER_PREFIX
from .connector_client import ConnectorClient
from .json_schema_types import from_json_schema
from .record_staging import Stager, connect
from .stream_choice import cursor_of, find_stream
from .stream_reader import Chunk, Mark, StreamReader


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
    return StreamSync(request, client, lake, events, stream, described, before).run()


class StreamSync:
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
        if request.attempt > 1:
            left = lake.stage(request.table, f"{request.sync_id}/{request.attempt - 1}")["folder"]
            StagingFolder(left, self.work / "left").remove()
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
        reader = StreamReader(self)
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

"""One sync of one native stream: its checkpoints become commits of data and state."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .checkpoints import Committer
from .events import Events
from .failure import SyncFailure
from .lake_table import Lake, StagingFolder, column_types
from .mapping import merge_key
from .native_batches import NativeBatches
from .native_columns import NativePlan, plan_columns
from .native_source import Checkpoint, NativeStream, ReadPlan
from .staging import Staged
from .stream_request import StreamRequest
from .work_folders import FOLDER_PREFIX

STATE_TYPE = "STREAM"

#: Opens the stream of a request from a state, None being the start.
OpenStream = Callable[[StreamRequest, dict[str, Any] | None], NativeStream]


def sync_native(request: StreamRequest, open_stream: OpenStream, lake: Lake, events: Events) -> dict[str, Any]:
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
    start = before.get("messages") if request.sync_mode == "incremental" and not request.refresh else None
    events.progress("connecting")
    stream = open_stream(request, state_in(start))
    try:
        return _NativeSync(request, stream, lake, events, described, before, start).run()
    finally:
        stream.close()


def state_in(messages: list[dict[str, Any]] | None) -> dict[str, Any] | None:
    """The stream's own state within the messages that the lake keeps, which are those of the protocol."""
    for message in messages or []:
        state = (message.get("stream") or {}).get("stream_state")
        if state is not None:
            return state
    return None


class _NativeSync:
    def __init__(
        self,
        request: StreamRequest,
        stream: NativeStream,
        lake: Lake,
        events: Events,
        described: dict[str, Any] | None,
        before: dict[str, Any],
        start: list[dict[str, Any]] | None,
    ) -> None:
        self.request, self.stream, self.events, self.start = request, stream, events, start
        self.warnings: list[str] = []
        holds_rows = bool(described and described.get("row_count"))
        self.swap = request.sync_mode == "full_refresh" or request.refresh or (holds_rows and not start)
        if self.swap and request.sync_mode == "incremental" and not request.refresh:
            self._warn(
                "The table holds rows and no state says which; everything is read anew and swapped in at the end."
            )
        self.columns: NativePlan = plan_columns(
            stream.schema,
            column_types(described) if described else None,
            request.policy,
            request.schema_mapping,
            before.get("declared") or {},
            replaces=self.swap,
        )
        self.work = Path(tempfile.mkdtemp(prefix=f"{FOLDER_PREFIX}{os.getpid()}-"))
        plan = self.columns.plan
        place = lake.stage(request.table, f"{request.sync_id}/{request.attempt}", plan.file_columns())
        self.folder = StagingFolder(place["folder"], self.work / "parquet")
        self.key, warning = merge_key(
            stream.primary_key if stream.needs_key else request.key, list(self.columns.landed), stream.primary_key
        )
        if warning:
            self._warn(warning)
        self.batches = NativeBatches(self.columns, request, place.get("field_ids") or {})
        self.marker = MarkedLake(lake)
        self.committer = Committer(
            self.marker,  # type: ignore[arg-type]
            request,
            plan,
            self.folder,
            events,
            key=self._key(),
            order_by=self._order(),
            start=start,
            declared=self.columns.types,
        )
        self.rows = self.bytes = 0
        self.counting = threading.Lock()

    def _key(self) -> list[str]:
        """The lake's key columns, none where no two rows of this read can share a key."""
        if self._has_unique_key and (self.swap or not self.start):
            return []
        return [self.columns.landed[one] for one in self.key]

    def _order(self) -> list[str]:
        """Which of two rows of a key is the later one: by the cursor, unless the source holds one row for a key only;
        then it is the one that was read later, whatever its cursor says."""
        cursor = self.request.cursor_field
        return [self.columns.landed[cursor]] if cursor in self.columns.landed and not self._has_unique_key else []

    @property
    def _has_unique_key(self) -> bool:
        primary = set(self.stream.primary_key)
        return self.stream.key_is_unique and bool(primary) and set(self.key) >= primary

    def run(self) -> dict[str, Any]:
        plan = ReadPlan(
            columns=self.columns.read,
            stage=lambda number: self.folder.local,
            casts=self.columns.casts,
            on_batch=self.batches,
            on_rows=self._count,
            log=self.events.log,
            is_cancelled=lambda: self.events.cancelled,
            read_ahead=1 if self.batches.refuses else 3,
        )
        try:
            self.committer.show_changes()
            self._progress("reading")
            waiting: list[Staged] = []
            last: dict[str, Any] | None = None
            for checkpoint in self.stream.read(plan):
                self.events.raise_if_cancelled()
                waiting.append(self._staged(checkpoint))
                last = checkpoint.state or last
                self.marker.read_of(checkpoint)
                is_due = checkpoint.is_needed or not self.columns.plan.exists
                if not self.swap and checkpoint.state is not None and is_due:
                    self._commit(waiting, last, complete=checkpoint.is_last, overwrite=checkpoint.mode == "overwrite")
                    waiting = []
            self.events.raise_if_cancelled()
            if self.swap:
                self._commit(waiting, last, complete=True, overwrite=True)
            return self._result(last)
        finally:
            self.folder.remove()
            shutil.rmtree(self.work, ignore_errors=True)

    def _commit(self, batch: list[Staged], state: dict[str, Any] | None, *, complete: bool, overwrite: bool) -> None:
        self._progress("committing")
        messages = self._messages(state) if self.request.sync_mode == "incremental" and state is not None else None
        self.committer.commit(batch, messages, overwrite=overwrite, complete=complete)
        self._progress("reading")

    def _messages(self, state: dict[str, Any]) -> list[dict[str, Any]]:
        descriptor = {"name": self.request.name}
        if self.request.namespace:
            descriptor["namespace"] = self.request.namespace
        return [{"type": STATE_TYPE, "stream": {"stream_descriptor": descriptor, "stream_state": state}}]

    def _staged(self, checkpoint: Checkpoint) -> Staged:
        rejected, quarantined = self.batches.take()
        return Staged(
            files=[file.path for file in checkpoint.files],
            rows=checkpoint.rows + rejected,
            bytes=checkpoint.bytes,
            landed_rows=checkpoint.rows,
            rejected_rows=rejected,
            quarantined=quarantined,
        )

    def _count(self, rows: int, size: int) -> None:
        with self.counting:
            self.rows += rows
            self.bytes += size
        self._progress("reading")

    def _progress(self, phase: Any) -> None:
        totals = self.committer.totals
        self.events.progress(
            phase, self.rows, self.bytes, totals.checkpoints, estimated_rows=self.stream.estimated_rows
        )

    def _warn(self, text: str) -> None:
        self.warnings.append(text)
        self.events.log("warn", text)

    def _result(self, state: dict[str, Any] | None) -> dict[str, Any]:
        totals = self.committer.totals
        return {
            "rows": self.rows,
            "bytes": self.bytes,
            "committed_rows": totals.committed_rows,
            "checkpoints": totals.checkpoints,
            "snapshot_id": totals.snapshot_id,
            "state": state,
            "rejected_rows": totals.rejected_rows,
            "quarantined_rows": totals.quarantined_rows,
            "warnings": [*self.warnings, *self.stream.warnings],
        }


class MarkedLake:
    """The lake, which a commit is told more about than the one who commits knows: what marks a row as deleted."""

    def __init__(self, lake: Lake) -> None:
        self._lake = lake
        self._more: dict[str, Any] = {}

    def read_of(self, checkpoint: Checkpoint) -> None:
        self._more = {"delete_marker": checkpoint.delete_marker} if checkpoint.delete_marker else {}

    def commit(self, table: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._lake.commit(table, body | self._more if "state" in body else body)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._lake, name)

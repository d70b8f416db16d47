"""The one who commits: staged files, quarantined rows and the state after them, batch by batch."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .events import Events
from .fail_points import fail_point
from .failure import SyncFailure
from .lake_table import Lake, StagingFolder
from .mapping import EXTRACTED_AT
from .schema_policy import Plan
from .staging import Staged, identify, write_quarantine
from .stream_request import StreamRequest

QUARANTINE_COLUMNS = [
    {"name": "_quarantine_id", "type": "varchar"},
    {"name": "_record", "type": "json"},
    {"name": "_reason", "type": "varchar"},
    {"name": "_stream", "type": "varchar"},
    {"name": "_sync_id", "type": "varchar"},
    {"name": EXTRACTED_AT, "type": "timestamp(6) with time zone"},
]


@dataclass
class Totals:
    committed_rows: int = 0
    rejected_rows: int = 0
    quarantined_rows: int = 0
    checkpoints: int = 0
    snapshot_id: Any = None


class Committer:
    """Commits the batches of one sync of one stream.

    Each commit's key holds the sync, the number of the batch and the state from which it starts, so a repeated
    attempt finds its own commit again instead of doubling it.
    """

    def __init__(
        self,
        lake: Lake,
        request: StreamRequest,
        plan: Plan,
        folder: StagingFolder,
        events: Events,
        *,
        key: list[str],
        order_by: list[str],
        start: Any,
        declared: dict[str, str],
    ) -> None:
        self._lake, self._request, self._plan, self._folder, self._events = lake, request, plan, folder, events
        self._key, self._order_by, self._declared = key, order_by, declared
        self.start = start
        self.totals = Totals()

    def origin(self) -> str:
        """Names the batch that is gathered now: the same for every attempt that starts from the same state."""
        text = json.dumps(self.start, sort_keys=True, separators=(",", ":"))
        return f"{self._request.table}/{hashlib.sha256(text.encode()).hexdigest()[:24]}"

    def commit(
        self, batch: list[Staged], messages: list[dict[str, Any]] | None, *, overwrite: bool, complete: bool
    ) -> None:
        """Makes a batch and the state after it visible at once. `overwrite` puts it in the place of all rows."""
        request, totals = self._request, self.totals
        self._quarantine(batch)
        files = [{"path": self._folder.deliver(path)} for staged in batch for path in staged.files]
        rows, size = sum(staged.landed_rows for staged in batch), sum(staged.bytes for staged in batch)
        state = {
            "version": 1,
            "stream": request.name,
            "namespace": request.namespace,
            "sync_id": request.sync_id,
            "checkpoint": totals.checkpoints + 1,
            "sync_mode": request.sync_mode,
            "complete": complete,
            "messages": messages,
            "declared": self._declared,
        }
        self.show_changes()
        if self._plan.lake_changes and not overwrite:
            described = self._lake.describe(request.table) or {}
            present = {column["name"] for column in described.get("columns", [])}
            changes = [
                change
                for change in self._plan.lake_changes
                if "add" not in change or change["add"]["name"] not in present
            ]
            if changes:
                self._lake.change_schema(request.table, changes)
        self._plan.lake_changes.clear()
        body: dict[str, Any] = {
            "idempotency_key": f"{request.sync_id}/{totals.checkpoints + 1}/{self.origin()}"
            + ("/swap" if overwrite else ""),
            "mode": "overwrite" if overwrite else "merge" if self._key else "append",
            "files": files,
            "written_by": request.written_by,
            "kind": "sync",
            "state": state,
            "branch": request.branch,
            "summary": {"sync-id": request.sync_id, "stream": request.name, "rows": str(rows), "bytes": str(size)},
        }
        if overwrite or not self._plan.exists:
            body["columns"] = self._plan.file_columns()
        if self._key:
            body |= {"key": self._key, "order_by": self._order_by}
        fail_point("before_commit")
        answer = self._lake.commit(request.table, body)
        fail_point("after_commit")
        if answer.get("replayed") and not overwrite:
            self._check_replay(state)
        self._plan.exists = True
        self.start = state["messages"]
        totals.checkpoints += 1
        totals.committed_rows += rows
        totals.snapshot_id = answer.get("snapshot_id")
        self._events.committed(rows, size, totals.snapshot_id, state)
        for staged in batch:
            for path in staged.files:
                Path(path).unlink(missing_ok=True)

    def show_changes(self) -> None:
        if self._plan.events:
            self._events.schema_change(self._plan.policy, self._plan.events)
            self._plan.events = []

    def _check_replay(self, state: dict[str, Any]) -> None:
        described = self._lake.describe(self._request.table) or {}
        if described.get("sync_state") != state:
            raise SyncFailure(
                "conflict",
                "Another attempt of this sync has committed meanwhile; the next one goes on from there.",
                retryable=True,
            )

    def _quarantine(self, batch: list[Staged]) -> None:
        self.totals.rejected_rows += sum(staged.rejected_rows for staged in batch)
        rows = [row for staged in batch for row in staged.quarantined]
        if not rows:
            return
        request = self._request
        identify(rows, self.origin())
        table = f"{request.table}__quarantine"
        identities = "".join(sorted(row["_quarantine_id"] for row in rows))
        key = f"{request.sync_id}/quarantine/{hashlib.sha256(identities.encode()).hexdigest()[:32]}"
        place = StagingFolder(self._lake.stage(table, key)["folder"], self._folder.local / "quarantine")
        path = write_quarantine(rows, str(place.local / f"rows-{self.totals.checkpoints + 1:06d}.parquet"))
        fail_point("before_quarantine")
        self._lake.commit(
            table,
            {
                "idempotency_key": key,
                "mode": "merge",
                "key": ["_quarantine_id"],
                "files": [{"path": place.deliver(path)}],
                "columns": QUARANTINE_COLUMNS,
                "written_by": request.written_by,
                "kind": "sync",
            },
        )
        fail_point("after_quarantine")
        place.remove()
        self.totals.quarantined_rows += len(rows)
        for staged in batch:
            staged.quarantined = []

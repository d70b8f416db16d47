"""The history of a table: snapshots page by page, and going back to one."""

from __future__ import annotations

import uuid
from typing import Any

from pyiceberg.exceptions import CommitFailedException
from pyiceberg.table.metadata import TableMetadata
from pyiceberg.table.snapshots import Operation, Snapshot

from ..commits.commits import CommitResult, committed_result
from ..commits.snapshot_writes import TableWrite
from ..commits.summaries import (
    ADDED_ROWS,
    COMMIT_KEY,
    DELETED_ROWS,
    KIND,
    NOTE_PREFIX,
    ROLLBACK_TO,
    SYNC_STATE,
    WRITTEN_BY,
    count,
    summary_of,
)
from ..failures import conflicting, missing
from ..lake_context import LakeContext
from ..table_names import TableName
from .table_descriptions import iso_time, snapshot_at

_ATTEMPTS = 20


def snapshots_page(metadata: TableMetadata, ref: str | None, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of snapshots, newest first: those of a ref's history, or all. Reads nothing but the metadata."""
    refs_of: dict[int, list[str]] = {}
    for name, one in metadata.refs.items():
        refs_of.setdefault(one.snapshot_id, []).append(name)
    if ref is None:
        history = sorted(metadata.snapshots, key=lambda one: one.sequence_number or 0, reverse=True)
    else:
        history = list(_ancestors(metadata, snapshot_at(metadata, None, ref)))
    start = 0
    if cursor:
        places = {str(one.snapshot_id): index for index, one in enumerate(history)}
        if cursor not in places:
            raise missing("The page's place is gone.", "Start again from the first page.")
        start = places[cursor] + 1
    page = history[start : start + limit]
    items = [snapshot_item(one, sorted(refs_of.get(one.snapshot_id, []))) for one in page]
    more = start + limit < len(history)
    return {"items": items, "nextCursor": str(page[-1].snapshot_id) if more and page else None, "total": len(history)}


def snapshot_item(snapshot: Snapshot, refs: list[str]) -> dict[str, Any]:
    """One snapshot of the history."""
    summary = summary_of(snapshot)
    return {
        "snapshot_id": snapshot.snapshot_id,
        "parent_id": snapshot.parent_snapshot_id,
        "sequence": snapshot.sequence_number,
        "committed_at": iso_time(snapshot.timestamp_ms),
        "operation": snapshot.summary.operation.value if snapshot.summary else None,
        "written_by": summary.get(WRITTEN_BY),
        "kind": summary.get(KIND),
        "added_rows": int(summary.get(ADDED_ROWS) or summary.get("added-records") or 0),
        "deleted_rows": int(summary.get(DELETED_ROWS) or summary.get("deleted-records") or 0),
        "total_rows": count(snapshot, "total-records"),
        "added_files": count(snapshot, "added-data-files"),
        "removed_files": count(snapshot, "deleted-data-files"),
        "bytes": count(snapshot, "total-files-size"),
        "schema_id": snapshot.schema_id,
        "refs": refs,
        "commit_key": summary.get(COMMIT_KEY),
        "rollback_to": int(summary[ROLLBACK_TO]) if ROLLBACK_TO in summary else None,
        "summary": {
            key.removeprefix(NOTE_PREFIX): text for key, text in summary.items() if key.startswith(NOTE_PREFIX)
        },
    }


def rollback(
    context: LakeContext, workspace_id: str, name: TableName, snapshot_id: int, written_by: str, branch: str = "main"
) -> CommitResult:
    """Add a snapshot that holds what an older one held, its sync state too, so that data and state stay one.

    The history grows; going forward again is a rollback to the snapshot that was left. The schema stays as it is.
    """
    with context.table_lock(workspace_id, name):
        for _ in range(_ATTEMPTS):
            table = context.table(workspace_id, name)
            target = snapshot_at(table.metadata, snapshot_id, None)
            head = snapshot_at(table.metadata, None, branch)
            assert target is not None
            if head is not None and head.snapshot_id == snapshot_id:
                return committed_result(head, replayed=True)
            write = TableWrite(context.catalog(workspace_id, name), table)
            state = summary_of(target).get(SYNC_STATE)
            new_id = write.add_snapshot(
                added=[],
                removed=set(),
                properties={
                    COMMIT_KEY: f"rollback-{uuid.uuid4()}",
                    WRITTEN_BY: written_by,
                    KIND: "rollback",
                    ROLLBACK_TO: str(snapshot_id),
                    **({SYNC_STATE: state} if state is not None else {}),
                },
                branch=branch,
                operation=Operation.OVERWRITE,
                restore=target,
            )
            try:
                committed = write.commit()
            except CommitFailedException:
                continue
            return committed_result(committed.metadata.snapshot_by_id(new_id), replayed=False)
    raise conflicting("Other writers were faster every time.", retryable=True)


def _ancestors(metadata: TableMetadata, snapshot: Snapshot | None) -> list[Snapshot]:
    by_id = {one.snapshot_id: one for one in metadata.snapshots}
    found = []
    while snapshot is not None:
        found.append(snapshot)
        snapshot = by_id.get(snapshot.parent_snapshot_id) if snapshot.parent_snapshot_id is not None else None
    return found

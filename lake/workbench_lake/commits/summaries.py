"""What the lake writes into the summary of a snapshot, beside Iceberg's own figures."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pyiceberg.table.metadata import TableMetadata
from pyiceberg.table.snapshots import Snapshot

COMMIT_KEY = "benchwright.commit-key"
WRITTEN_BY = "benchwright.written-by"
KIND = "benchwright.kind"
SYNC_STATE = "benchwright.sync-state"
ADDED_ROWS = "benchwright.added-rows"
DELETED_ROWS = "benchwright.deleted-rows"
ROLLBACK_TO = "benchwright.rollback-to"
NOTE_PREFIX = "benchwright.note."

KEY_PROPERTY = "benchwright.key"
JSON_PROPERTY = "benchwright.json-fields"
DOC_PROPERTY = "comment"
REFS_LOG_PROPERTY = "benchwright.refs-log"
EXPIRED_KEYS_PROPERTY = "benchwright.expired-commit-keys"


def summary_of(snapshot: Snapshot | None) -> Mapping[str, str]:
    """The summary's entries, empty where there is none."""
    if snapshot is None or snapshot.summary is None:
        return {}
    return snapshot.summary.additional_properties


def lineage(metadata: TableMetadata, snapshot: Snapshot | None) -> Iterator[Snapshot]:
    """The snapshots whose commits a snapshot holds, newest first. A rollback leads to what was rolled back to."""
    by_id = {one.snapshot_id: one for one in metadata.snapshots}
    while snapshot is not None:
        yield snapshot
        back = summary_of(snapshot).get(ROLLBACK_TO)
        parent = int(back) if back else snapshot.parent_snapshot_id
        snapshot = by_id.get(parent) if parent is not None else None


def committed_before(metadata: TableMetadata, head: Snapshot | None, key: str) -> Snapshot | None:
    """The snapshot that a commit with this key made, if what the head holds includes it."""
    return next((one for one in lineage(metadata, head) if summary_of(one).get(COMMIT_KEY) == key), None)


def sync_state(snapshot: Snapshot | None) -> Any:
    """The state that travels with the data of a snapshot; None where there is none."""
    text = summary_of(snapshot).get(SYNC_STATE)
    return json.loads(text) if text is not None else None


def count(snapshot: Snapshot | None, name: str) -> int:
    """A figure of the summary, 0 where it is absent."""
    return int(summary_of(snapshot).get(name) or 0)

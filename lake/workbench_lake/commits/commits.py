"""Commits: staged files and the sync's state become one snapshot, once per idempotency key."""

from __future__ import annotations

import itertools
import json
import random
import time
from dataclasses import dataclass

from pyiceberg.exceptions import CommitFailedException
from pyiceberg.manifest import DataFile
from pyiceberg.table import Table
from pyiceberg.table.metadata import TableMetadata
from pyiceberg.table.snapshots import Snapshot
from pyiceberg.table.update import (
    SetPropertiesUpdate,
    SetSnapshotRefUpdate,
)

from ..fail_points import fail_point
from ..failures import OutcomeUnknown, conflicting, from_system, missing
from ..files.data_files import DataFileWriter
from ..files.live_files import live_files
from ..files.parquet_files import ParquetFile, read_parquet_file
from ..lake_context import LakeContext
from ..schemas.table_schemas import key_columns, replace_columns
from ..table_names import TableName, staging_location
from .commit_requests import CommitRequest
from .merge import MergeOrder, MergeResult, merge_files
from .new_tables import new_table
from .snapshot_writes import ALL_FILES, TableWrite
from .summaries import (
    ADDED_ROWS,
    COMMIT_KEY,
    DELETED_ROWS,
    EXPIRED_KEYS_PROPERTY,
    KEY_PROPERTY,
    KIND,
    NOTE_PREFIX,
    SYNC_STATE,
    WRITTEN_BY,
    committed_before,
    count,
    summary_of,
)

_ATTEMPTS = 40


@dataclass(frozen=True)
class CommitResult:
    """What a commit made. `replayed` is true where an equal commit had been made before."""

    snapshot_id: int
    sequence: int
    row_count: int
    added_rows: int
    deleted_rows: int
    bytes: int
    replayed: bool


def commit(context: LakeContext, workspace_id: str, name: TableName, request: CommitRequest) -> CommitResult:
    """Commit staged files. Either the whole commit is visible afterwards, with its state, or nothing of it."""
    fail_point("before-files")
    with context.table_lock(workspace_id, name):
        for attempt in itertools.count(1):
            work = _CommitWork(context, workspace_id, name, request)
            try:
                return work.run()
            except CommitFailedException as error:
                work.discard()
                if attempt == _ATTEMPTS:
                    raise conflicting("Other writers were faster every time.", retryable=True) from error
                time.sleep(random.uniform(0, min(0.02 * attempt, 0.5)))
            except OutcomeUnknown:
                raise
            except OSError as error:
                work.discard()
                raise from_system(error) from error
            except BaseException:
                work.discard()
                raise
    raise AssertionError("unreachable")


def committed_result(snapshot: Snapshot, replayed: bool) -> CommitResult:
    """The answer for a snapshot."""
    summary = summary_of(snapshot)
    return CommitResult(
        snapshot_id=snapshot.snapshot_id,
        sequence=snapshot.sequence_number or 0,
        row_count=count(snapshot, "total-records"),
        added_rows=int(summary.get(ADDED_ROWS) or summary.get("added-records") or 0),
        deleted_rows=int(summary.get(DELETED_ROWS) or summary.get("deleted-records") or 0),
        bytes=count(snapshot, "total-files-size"),
        replayed=replayed,
    )


def carried_state(head: Snapshot | None) -> dict[str, str]:
    """The state of a branch's head, for a commit that brings none of its own."""
    text = summary_of(head).get(SYNC_STATE)
    return {SYNC_STATE: text} if text is not None else {}


class _CommitWork:
    """One attempt at one commit."""

    def __init__(self, context: LakeContext, workspace_id: str, name: TableName, request: CommitRequest) -> None:
        self._context = context
        self._workspace_id = workspace_id
        self._name = name
        self._request = request
        self._files: DataFileWriter | None = None

    def run(self) -> CommitResult:
        request = self._request
        table = self._context.load(self._workspace_id, self._name)
        if table is not None:
            replayed = self._replayed(table.metadata)
            if replayed:
                self._clean_staging()
                return replayed
        staged = self._staged_files()
        write = (
            self._existing(table)
            if table is not None
            else new_table(self._context, self._workspace_id, self._name, self._request, staged)
        )
        head = self._branch_head(write, created=table is None)
        if request.mode == "overwrite" and table is not None:
            replace_columns(write, request, staged)
        self._remember_key(write)
        self._files = DataFileWriter(self._context.storage, self._context.engine, write.metadata)
        changes = self._changes(write, staged, head)
        fail_point("after-files")
        snapshot_id = write.add_snapshot(
            added=changes.added,
            removed=ALL_FILES if request.mode == "overwrite" and head is not None else changes.removed,
            properties=self._properties(head, changes),
            branch=request.branch,
        )
        committed = write.commit()
        snapshot = committed.metadata.snapshot_by_id(snapshot_id)
        self._clean_staging()
        fail_point("after-cleanup")
        return committed_result(snapshot, replayed=False)

    def discard(self) -> None:
        """Delete what an attempt wrote that did not succeed."""
        if self._files is not None:
            self._files.discard()

    def _replayed(self, metadata: TableMetadata) -> CommitResult | None:
        key = self._request.idempotency_key
        head = metadata.snapshot_by_name(self._request.branch)
        snapshot = committed_before(metadata, head, key)
        if snapshot is not None:
            return committed_result(snapshot, replayed=True)
        expired = json.loads(metadata.properties.get(EXPIRED_KEYS_PROPERTY) or "{}")
        if key in expired and head is not None:
            return CommitResult(expired[key], 0, count(head, "total-records"), 0, 0, 0, True)
        return None

    def _staged_files(self) -> list[ParquetFile]:
        root = f"{self._context.storage.warehouse}/{self._workspace_id}/staging"
        storage = self._context.storage
        return [
            read_parquet_file(storage.io, storage.inside(root, self._full_path(path))) for path in self._request.files
        ]

    def _full_path(self, path: str) -> str:
        if "://" in path or path.startswith("/"):
            return path
        return f"{self._staging_folder()}/{path}"

    def _staging_folder(self) -> str:
        warehouse = self._context.storage.warehouse
        return staging_location(warehouse, self._workspace_id, self._name, self._request.idempotency_key)

    def _existing(self, table: Table) -> TableWrite:
        return TableWrite(self._context.catalog(self._workspace_id, self._name), table)

    def _branch_head(self, write: TableWrite, created: bool) -> Snapshot | None:
        branch = self._request.branch
        if branch == "main":
            return write.metadata.current_snapshot()
        if created:
            properties = {WRITTEN_BY: self._request.written_by, KIND: "created"}
            first = write.add_snapshot(added=[], removed=set(), properties=properties, branch="main")
            write.stage((SetSnapshotRefUpdate(ref_name=branch, type="branch", snapshot_id=first),))
        ref = write.metadata.refs.get(branch)
        if ref is None:
            raise missing(f"The table {self._name} has no branch {branch!r}.", "Make the branch first.")
        if ref.snapshot_ref_type.value != "branch":
            raise conflicting(f"{branch!r} is a tag, and a tag does not move.")
        return write.metadata.snapshot_by_id(ref.snapshot_id)

    def _remember_key(self, write: TableWrite) -> None:
        by_name = {one.name: one.field_id for one in write.metadata.schema().fields}
        ids = [by_name[one] for one in self._request.key if one in by_name]
        if ids and self._request.mode == "merge" and not key_columns(write.metadata):
            write.stage((SetPropertiesUpdate(updates={KEY_PROPERTY: json.dumps(ids)}),))

    def _changes(self, write: TableWrite, staged: list[ParquetFile], head: Snapshot | None) -> MergeResult:
        request, files = self._request, self._files
        assert files is not None
        if request.mode == "append":
            added = files.take_over(staged)
            return MergeResult(added=added, added_rows=sum(one.record_count for one in added))
        if request.mode == "overwrite":
            key = request.key
            if key:
                stored: list[DataFile] = []
                order = MergeOrder(key, request.order_by, request.delete_marker)
                result = self._merged(staged, stored, order)
            else:
                added = files.take_over(staged)
                result = MergeResult(added=added, added_rows=sum(one.record_count for one in added))
            result.deleted_rows = count(head, "total-records")
            return result
        key = request.key or key_columns(write.metadata)
        deletes = request.mode == "delete_where_key"
        order = MergeOrder(
            key, () if deletes else request.order_by, None if deletes else request.delete_marker, deletes
        )
        return self._merged(staged, live_files(self._context, head), order)

    def _merged(self, staged: list[ParquetFile], stored: list[DataFile], order: MergeOrder) -> MergeResult:
        assert self._files is not None
        return merge_files(staged, stored, order, self._files, self._context.engine, self._context.storage)

    def _properties(self, head: Snapshot | None, changes: MergeResult) -> dict[str, str]:
        request = self._request
        state = carried_state(head) if request.state_text is None else {SYNC_STATE: request.state_text}
        return {
            COMMIT_KEY: request.idempotency_key,
            WRITTEN_BY: request.written_by,
            KIND: request.kind,
            ADDED_ROWS: str(changes.added_rows),
            DELETED_ROWS: str(changes.deleted_rows),
            **{NOTE_PREFIX + key: value for key, value in request.summary.items()},
            **state,
        }

    def _clean_staging(self) -> None:
        try:
            self._context.storage.delete_folder(self._staging_folder())
        except OSError:
            return

"""Commits: staged files and the sync's state become one snapshot, once per idempotency key."""

from __future__ import annotations

import itertools
import json
import random
import time
from dataclasses import dataclass
from typing import Any

from pyiceberg.exceptions import CommitFailedException
from pyiceberg.manifest import DataFile
from pyiceberg.schema import Schema
from pyiceberg.table import Table
from pyiceberg.table.metadata import TableMetadata
from pyiceberg.table.snapshots import Snapshot
from pyiceberg.table.update import (
    AddSchemaUpdate,
    AssertCurrentSchemaId,
    AssertLastAssignedFieldId,
    SetCurrentSchemaUpdate,
    SetPropertiesUpdate,
    SetSnapshotRefUpdate,
)

from .commit_requests import CommitRequest
from .data_files import DataFileWriter
from .fail_points import fail_point
from .failures import LakeFailure, OutcomeUnknown, conflicting, from_system, invalid, missing
from .lake_context import LakeContext
from .merge import MergeOrder, MergeResult, merge_files
from .parquet_files import ParquetFile, read_parquet_file
from .partitions import parse_partitioning
from .schema_changes import NewSchema, declared_schema, inferred_schema, replaced_schema
from .snapshot_writes import ALL_FILES, TableWrite
from .summaries import (
    ADDED_ROWS,
    COMMIT_KEY,
    DELETED_ROWS,
    DOC_PROPERTY,
    EXPIRED_KEYS_PROPERTY,
    JSON_PROPERTY,
    KEY_PROPERTY,
    KIND,
    NOTE_PREFIX,
    SYNC_STATE,
    WRITTEN_BY,
    committed_before,
    count,
    summary_of,
)
from .table_names import TableName, new_table_location, staging_location

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


def set_schema(write: TableWrite, new: NewSchema) -> None:
    """Make a schema the table's current one, within the write's commit."""
    metadata = write.metadata
    requirements = (
        AssertCurrentSchemaId(current_schema_id=metadata.current_schema_id),
        AssertLastAssignedFieldId(last_assigned_field_id=metadata.last_column_id),
    )
    numbered = Schema(
        *new.schema.fields,
        schema_id=metadata.current_schema_id + 1,
        identifier_field_ids=metadata.schema().identifier_field_ids,
    )
    updates: tuple[Any, ...] = (AddSchemaUpdate(schema=numbered), SetCurrentSchemaUpdate(schema_id=-1))
    if sorted(new.json_fields) != sorted(json_fields(metadata)):
        updates += (SetPropertiesUpdate(updates={JSON_PROPERTY: json.dumps(sorted(new.json_fields))}),)
    write.stage(updates, () if write.creates else requirements)


def json_fields(metadata: TableMetadata) -> frozenset[int]:
    """The ids of the text columns that hold JSON."""
    return frozenset(json.loads(metadata.properties.get(JSON_PROPERTY) or "[]"))


def key_columns(metadata: TableMetadata) -> tuple[str, ...]:
    """The names of the columns that tell the table's rows apart; empty where none do."""
    ids = json.loads(metadata.properties.get(KEY_PROPERTY) or "[]") or metadata.schema().identifier_field_ids
    by_id = {one.field_id: one.name for one in metadata.schema().fields}
    return tuple(by_id[field_id] for field_id in ids if field_id in by_id)


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
        write = self._existing(table) if table is not None else self._new_table(staged)
        head = self._branch_head(write, created=table is None)
        if request.mode == "overwrite" and table is not None:
            self._replace_columns(write, staged)
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

    def _new_table(self, staged: list[ParquetFile]) -> TableWrite:
        request = self._request
        if request.mode == "delete_where_key":
            raise missing(f"There is no table {self._name}.")
        hidden = {request.delete_marker} if request.delete_marker else set()
        new = declared_schema(list(request.columns)) if request.columns else inferred_schema(staged, hidden)
        by_name = {one.name: one.field_id for one in new.schema.fields}
        key = request.create.key or request.key
        unknown = [one for one in key if one not in by_name]
        if unknown:
            raise invalid(f"The key names columns that the table lacks: {', '.join(map(repr, unknown))}.")
        spec = parse_partitioning(list(request.create.partition_by), new.schema)
        properties = {
            "format-version": "2",
            "write.format.default": "parquet",
            "write.parquet.compression-codec": "zstd",
            "write.metadata.previous-versions-max": "100",
            KEY_PROPERTY: json.dumps([by_name[one] for one in key]),
            JSON_PROPERTY: json.dumps(sorted(new.json_fields)),
        }
        if request.create.doc:
            properties[DOC_PROPERTY] = request.create.doc
        catalog = self._context.catalog(self._workspace_id, self._name)
        catalog.ensure_schema(self._name.schema)
        location = new_table_location(self._context.storage.warehouse, self._workspace_id, self._name)
        staged_table = catalog._create_staged_table(
            (self._name.schema, self._name.table), new.schema, location, spec, properties=properties
        )
        return TableWrite(catalog, staged_table)

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

    def _replace_columns(self, write: TableWrite, staged: list[ParquetFile]) -> None:
        """All rows are replaced, so the columns may be, too: by the declared ones, else by those of the files."""
        request, metadata = self._request, write.metadata
        if request.columns:
            wanted = declared_schema(list(request.columns))
        elif staged:
            wanted = inferred_schema(staged, {request.delete_marker} if request.delete_marker else set())
        else:
            return
        lost = {one.source_id for one in metadata.spec().fields} - {
            one.field_id for one in metadata.schema().fields if one.name in {f.name for f in wanted.schema.fields}
        }
        if lost:
            raise invalid("The table is partitioned by a column that the new data lack.")
        new = replaced_schema(metadata.schema(), metadata.last_column_id, wanted, json_fields(metadata))
        if new.schema.as_struct() != metadata.schema().as_struct() or new.json_fields != json_fields(metadata):
            set_schema(write, new)

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


def live_files(context: LakeContext, snapshot: Snapshot | None) -> list[DataFile]:
    """The data files of a snapshot. Raises conflict if it has delete files, which this writer never makes."""
    if snapshot is None:
        return []
    result = []
    for manifest in snapshot.manifests(context.storage.io):
        for entry in manifest.fetch_manifest_entry(context.storage.io):
            if entry.data_file.content.value != 0:
                raise LakeFailure(
                    "conflict", "The table has delete files of another engine.", "Compact it there first."
                )
            result.append(entry.data_file)
    return result

"""Compaction: many small files become few large ones, with the same rows. A writer always wins."""

from __future__ import annotations

import itertools
import json

import duckdb
from pyiceberg.exceptions import CommitFailedException
from pyiceberg.manifest import DataFile
from pyiceberg.table import Table
from pyiceberg.table.snapshots import Operation

from ..commits.commits import CommitResult, carried_state, committed_result
from ..commits.snapshot_writes import TableWrite
from ..commits.summaries import ADDED_ROWS, DELETED_ROWS, KIND, WRITTEN_BY
from ..failures import LakeFailure, OutcomeUnknown, conflicting
from ..files.data_files import TARGET_FILE_BYTES, DataFileWriter
from ..files.file_reads import rows_sql
from ..files.live_files import live_files
from ..files.parquet_files import read_parquet_file
from ..lake_context import LakeContext
from ..table_names import TableName
from ..trino_types import quoted
from .maintenance_plans import MaintenancePlan, number_option

_SMALL_SHARE = 0.75
_ATTEMPTS = 40


def plan_compaction(context: LakeContext, table: Table, options: dict) -> MaintenancePlan:
    """Which files of main become one file each.

    Options: `target_bytes` (of a new file), `min_files` (that are worth becoming one). Files of at least three quarters
    of the target are left alone; files of different partitions are never joined.
    """
    target = int(number_option(options, "target_bytes", TARGET_FILE_BYTES, 1024))
    least = int(number_option(options, "min_files", 2, 2))
    head = table.metadata.current_snapshot()
    plan = MaintenancePlan("compact", head.snapshot_id if head else None, dict(options))
    files = live_files(context, head)
    small = [one for one in files if one.file_size_in_bytes < target * _SMALL_SHARE]
    partitions = set()
    for _, members in itertools.groupby(sorted(small, key=_partition_key), key=_partition_key):
        for group in _bins(list(members), target):
            if len(group) < least:
                continue
            partitions.add(_partition_key(group[0]))
            size = sum(one.file_size_in_bytes for one in group)
            plan.groups.append([one.file_path for one in group])
            plan.files_in += len(group)
            plan.bytes_in += size
            plan.bytes_out += size
            plan.files_out += 1
    plan.partitions = len(partitions)
    plan.scan_saving_share = round((plan.files_in - plan.files_out) / len(files), 4) if files else 0.0
    return plan


def execute_compaction(
    context: LakeContext, workspace_id: str, name: TableName, plan: MaintenancePlan, written_by: str
) -> tuple[CommitResult | None, int, int]:
    """Rewrite the groups and commit those whose files are all still there.

    Gives the commit (None where every group had to yield), the files that were replaced, and the groups that yielded to
    a writer. No lock is held while files are rewritten. Raises engine_failed if the rows of a new file are not exactly
    those of the old ones; nothing is changed then.
    """
    table = context.table(workspace_id, name)
    stored = {one.file_path: one for one in live_files(context, table.metadata.current_snapshot())}
    writer = DataFileWriter(context.storage, context.maintenance_engine, table.metadata, context.in_flight)
    try:
        done: list[tuple[set[str], list[DataFile]]] = []
        for group in plan.groups:
            if all(path in stored for path in group):
                done.append((set(group), _rewrite(context, writer, group)))
        committed, replaced = _commit_groups(
            context, workspace_id, name, done, written_by, str(table.metadata.table_uuid)
        )
    except OutcomeUnknown:
        raise
    except BaseException:
        writer.discard()
        raise
    kept = {one.file_path for group, files in done if group <= replaced for one in files}
    context.storage.delete([path for path in writer.made if path not in kept])
    context.in_flight.difference_update(writer.made)
    yielded = len(plan.groups) - sum(1 for group, _ in done if group <= replaced)
    return committed, len(replaced), yielded


def _rewrite(context: LakeContext, writer: DataFileWriter, group: list[str]) -> list[DataFile]:
    files = [read_parquet_file(context.storage.io, path) for path in group]
    with context.maintenance_engine.connection() as connection:
        query = rows_sql(files, writer.schema.fields, by_field_id=True)
        written = writer.write(connection, query)
        new = [read_parquet_file(context.storage.io, one.file_path) for one in written]
        columns = ", ".join(quoted(one.name) for one in writer.schema.fields)
        before = _fingerprint(connection, query, columns)
        after = _fingerprint(connection, rows_sql(new, writer.schema.fields, by_field_id=True), columns)
    if before != after:
        raise LakeFailure(
            "engine_failed", "The new files do not hold the rows of the old ones.", "Nothing was changed."
        )
    return written


def _fingerprint(connection: duckdb.DuckDBPyConnection, query: str, columns: str) -> tuple[int, int]:
    """The number of rows and a hash of all values that does not depend on the rows' order."""
    sql = f"SELECT count(*), coalesce(sum(hash({columns})::HUGEINT), 0) FROM ({query})"
    return connection.execute(sql).fetchone()


def _commit_groups(
    context: LakeContext,
    workspace_id: str,
    name: TableName,
    done: list[tuple[set[str], list[DataFile]]],
    written_by: str,
    table_uuid: str,
) -> tuple[CommitResult | None, set[str]]:
    with context.table_lock(workspace_id, name):
        for _ in range(_ATTEMPTS):
            table = context.table(workspace_id, name)
            if str(table.metadata.table_uuid) != table_uuid:
                return None, set()
            head = table.metadata.current_snapshot()
            live = {one.file_path for one in live_files(context, head)}
            kept = [(paths, files) for paths, files in done if paths <= live]
            if not kept:
                return None, set()
            removed = set().union(*(paths for paths, _ in kept))
            write = TableWrite(context.catalog(workspace_id, name), table)
            snapshot_id = write.add_snapshot(
                added=[one for _, files in kept for one in files],
                removed=removed,
                properties={
                    KIND: "compaction",
                    WRITTEN_BY: written_by,
                    ADDED_ROWS: "0",
                    DELETED_ROWS: "0",
                    **carried_state(head),
                },
                branch="main",
                operation=Operation.REPLACE,
            )
            try:
                committed = write.commit()
            except CommitFailedException:
                continue
            return committed_result(committed.metadata.snapshot_by_id(snapshot_id), replayed=False), removed
    raise conflicting("Other writers were faster every time.", retryable=True)


def _partition_key(one: DataFile) -> str:
    return json.dumps([one.spec_id, [str(value) for value in one.partition._data]])


def _bins(files: list[DataFile], target: int) -> list[list[DataFile]]:
    """Neighbours in the table's order joined until they fill a file of the target size."""
    bins: list[list[DataFile]] = [[]]
    size = 0
    for one in files:
        if bins[-1] and size + one.file_size_in_bytes > target:
            bins.append([])
            size = 0
        bins[-1].append(one)
        size += one.file_size_in_bytes
    return bins

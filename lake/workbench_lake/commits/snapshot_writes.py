"""Snapshots: one transaction, one snapshot with exactly the files that the caller names."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from pyiceberg.exceptions import CommitFailedException
from pyiceberg.manifest import DataFile, ManifestContent, ManifestEntry, ManifestEntryStatus, ManifestFile
from pyiceberg.table import CreateTableTransaction, StagedTable, Table, Transaction
from pyiceberg.table.metadata import TableMetadata
from pyiceberg.table.snapshots import Operation, Snapshot, Summary
from pyiceberg.table.update import (
    AssertCreate,
    AssertTableUUID,
    TableRequirement,
    TableUpdate,
    update_table_metadata,
)
from pyiceberg.table.update.snapshot import _ManifestMergeManager, _SnapshotProducer

from ..fail_points import fail_point
from ..warehouse.catalogs import LakeCatalog

ALL_FILES = "all files"
_MANIFEST_BYTES = 8 * 1024 * 1024
_MANIFESTS_TO_MERGE = 100


class TableWrite:
    """The changes of one commit to one table, which exists or is made by it."""

    def __init__(self, catalog: LakeCatalog, table: Table) -> None:
        self._catalog = catalog
        self.table = table
        self.creates = isinstance(table, StagedTable)
        self.transaction = _CreateTransaction(table) if self.creates else _CachedTransaction(table)

    @property
    def metadata(self) -> TableMetadata:
        """The table's metadata with the changes so far."""
        return self.transaction.table_metadata

    @property
    def changed(self) -> bool:
        """Whether there is anything to commit."""
        return bool(self.transaction._updates)

    def stage(self, updates: tuple[TableUpdate, ...], requirements: tuple[TableRequirement, ...] = ()) -> None:
        """Add changes, and what must hold for them."""
        self.transaction._stage(updates, requirements)

    def add_snapshot(
        self,
        *,
        added: list[DataFile],
        removed: set[str] | str,
        properties: Mapping[str, str],
        branch: str,
        operation: Operation | None = None,
        restore: Snapshot | None = None,
    ) -> int:
        """Add a snapshot to a branch and give its id.

        `removed` are paths of files that the branch's head holds, or ALL_FILES. `restore` makes the new snapshot hold
        what an older one held. Raises CommitFailedException if a file to remove is not there.
        """
        head = self.metadata.snapshot_by_name(branch)
        if operation is None:
            operation = Operation.OVERWRITE if removed and head is not None else Operation.APPEND
        producer = _FileSetProducer(self, operation, added, removed, dict(properties), branch, restore)
        self.stage(*producer._commit())
        fail_point("before-metadata")
        return producer.snapshot_id

    def commit(self) -> Table:
        """Commit everything at once and give the table as it is now."""
        requirements = (AssertCreate(),) if self.creates else self.transaction._requirements
        if not self.creates:
            requirements = (AssertTableUUID(uuid=self.table.metadata.table_uuid), *requirements)
        response = self._catalog.commit_table(self.table, requirements, self.transaction._updates)
        return Table(
            identifier=self.table.name(),
            metadata=response.metadata,
            metadata_location=response.metadata_location,
            io=self.table.io,
            catalog=self._catalog,
        )


class _CachedMetadata:
    """The metadata with the staged updates, computed once per update: PyIceberg copies it deeply at every look."""

    _seen: tuple[int, TableMetadata] | None = None

    @property
    def table_metadata(self) -> TableMetadata:
        count = len(self._updates)
        if count == 0:
            return self._table.metadata
        if self._seen is None or self._seen[0] != count:
            self._seen = (count, update_table_metadata(self._table.metadata, self._updates))
        return self._seen[1]


class _CachedTransaction(_CachedMetadata, Transaction):
    pass


class _CreateTransaction(_CachedMetadata, CreateTableTransaction):
    pass


class _FileSetProducer(_SnapshotProducer["_FileSetProducer"]):
    """A snapshot with the parent's files, less some, plus some."""

    def __init__(
        self,
        write: TableWrite,
        operation: Operation,
        added: list[DataFile],
        removed: set[str] | str,
        properties: dict[str, str],
        branch: str,
        restore: Snapshot | None,
    ) -> None:
        super().__init__(operation, write.transaction, write.table.io, None, properties, branch)
        self._snapshot_id = _new_snapshot_id(self._transaction.table_metadata)
        self._removed = removed
        self._restore = restore
        self._base = self._transaction.table_metadata.snapshot_by_name(branch)
        self._target_size_bytes = _MANIFEST_BYTES
        self._min_count_to_merge = _MANIFESTS_TO_MERGE
        for data_file in added:
            self.append_data_file(data_file)

    def _existing_manifests(self) -> list[ManifestFile]:
        raise NotImplementedError

    def _deleted_entries(self) -> list[ManifestEntry]:
        raise NotImplementedError

    def _manifests(self) -> list[ManifestFile]:
        if self._restore is not None:
            return self._restored_manifests()
        written = self._added_manifests()
        kept: list[ManifestFile] = []
        deleted: dict[int, list[ManifestEntry]] = {}
        for manifest in self._base.manifests(self._io) if self._base else []:
            if not (manifest.has_added_files() or manifest.has_existing_files()):
                continue
            if not self._removed:
                kept.append(manifest)
                continue
            entries = manifest.fetch_manifest_entry(self._io, discard_deleted=True)
            gone = [entry for entry in entries if self._is_removed(entry)]
            if not gone:
                kept.append(manifest)
                continue
            deleted.setdefault(manifest.partition_spec_id, []).extend(gone)
            stay = [entry for entry in entries if not self._is_removed(entry)]
            if stay:
                kept.append(self._write(manifest.partition_spec_id, stay, ManifestEntryStatus.EXISTING))
        for spec_id, entries in deleted.items():
            self._deleted_data_files.update(entry.data_file for entry in entries)
            written.append(self._write(spec_id, entries, ManifestEntryStatus.DELETED))
        if isinstance(self._removed, set) and len(self._deleted_data_files) != len(self._removed):
            raise CommitFailedException("A file that this commit replaces was replaced by another writer")
        merged = self._merged(written + kept)
        fail_point("before-manifest-list")
        return merged

    def _added_manifests(self) -> list[ManifestFile]:
        if not self._added_data_files:
            return []
        spec = self._transaction.table_metadata.spec()
        with self.new_manifest_writer(spec=spec) as writer:
            for data_file in self._added_data_files:
                writer.add_entry(
                    ManifestEntry.from_args(
                        status=ManifestEntryStatus.ADDED,
                        snapshot_id=self._snapshot_id,
                        sequence_number=None,
                        file_sequence_number=None,
                        data_file=data_file,
                    )
                )
        return [writer.to_manifest_file()]

    def _restored_manifests(self) -> list[ManifestFile]:
        """The manifests of the older snapshot; the summary tells what that adds and removes."""
        before = {entry.data_file: None for entry in _live_entries(self._base, self._io)}
        after = {entry.data_file: None for entry in _live_entries(self._restore, self._io)}
        self._added_data_files = [one for one in after if one not in before]
        self._deleted_data_files = {one for one in before if one not in after}
        return [one for one in self._restore.manifests(self._io) if one.has_added_files() or one.has_existing_files()]

    def _write(self, spec_id: int, entries: list[ManifestEntry], status: ManifestEntryStatus) -> ManifestFile:
        gone = status == ManifestEntryStatus.DELETED
        with self.new_manifest_writer(self.spec(spec_id)) as writer:
            for entry in entries:
                writer.add_entry(
                    ManifestEntry.from_args(
                        status=status,
                        snapshot_id=self._snapshot_id if gone else entry.snapshot_id,
                        sequence_number=entry.sequence_number,
                        file_sequence_number=entry.file_sequence_number,
                        data_file=entry.data_file,
                    )
                )
        return writer.to_manifest_file()

    def _is_removed(self, entry: ManifestEntry) -> bool:
        return self._removed == ALL_FILES or entry.data_file.file_path in self._removed

    def _merged(self, manifests: list[ManifestFile]) -> list[ManifestFile]:
        """One manifest in place of many small ones, so that a table of many commits opens fast."""
        data = [one for one in manifests if one.content == ManifestContent.DATA]
        others = [one for one in manifests if one.content != ManifestContent.DATA]
        merger = _ManifestMergeManager(self._target_size_bytes, self._min_count_to_merge, True, self)
        return merger.merge_manifests(data) + others

    def _summary(self, snapshot_properties: Mapping[str, str] | None = None) -> Summary:
        operation, self._operation = self._operation, Operation.OVERWRITE
        try:
            summary = super()._summary(dict(snapshot_properties or {}))
        finally:
            self._operation = operation
        return Summary(operation=operation, **summary.additional_properties)


def _new_snapshot_id(metadata: TableMetadata) -> int:
    """A free id that a double holds exactly, because callers written in JavaScript read ids as numbers."""
    taken = {one.snapshot_id for one in metadata.snapshots}
    while True:
        candidate = secrets.randbits(52) | 1 << 51
        if candidate not in taken:
            return candidate


def _live_entries(snapshot: Snapshot | None, io: Any) -> list[ManifestEntry]:
    if snapshot is None:
        return []
    return [entry for manifest in snapshot.manifests(io) for entry in manifest.fetch_manifest_entry(io)]

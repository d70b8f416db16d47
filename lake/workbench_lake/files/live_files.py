"""The data files of a snapshot."""

from __future__ import annotations

from pyiceberg.manifest import DataFile
from pyiceberg.table.snapshots import Snapshot

from ..failures import LakeFailure
from ..lake_context import LakeContext


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

"""Which files a table needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pyiceberg.table.snapshots import Snapshot

from ..lake_context import LakeContext


@dataclass
class Reachable:
    """The files that some snapshots need, by kind."""

    manifest_lists: set[str] = field(default_factory=set)
    manifests: set[str] = field(default_factory=set)
    data_files: set[str] = field(default_factory=set)

    def all(self) -> set[str]:
        """Every path."""
        return self.manifest_lists | self.manifests | self.data_files


def reachable(context: LakeContext, snapshots: Iterable[Snapshot]) -> Reachable:
    """The files that any of the snapshots needs. Each manifest is read once."""
    found = Reachable()
    io = context.storage.io
    for snapshot in snapshots:
        found.manifest_lists.add(snapshot.manifest_list)
        for manifest in snapshot.manifests(io):
            if manifest.manifest_path in found.manifests:
                continue
            found.manifests.add(manifest.manifest_path)
            for entry in manifest.fetch_manifest_entry(io):
                found.data_files.add(entry.data_file.file_path)
    return found

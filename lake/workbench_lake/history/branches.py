"""Branches and tags: names of snapshots, and publishing a branch by fast-forward."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from pyiceberg.exceptions import CommitFailedException
from pyiceberg.table.metadata import TableMetadata
from pyiceberg.table.refs import SnapshotRefType
from pyiceberg.table.snapshots import Snapshot
from pyiceberg.table.update import (
    AssertRefSnapshotId,
    RemoveSnapshotRefUpdate,
    SetPropertiesUpdate,
    SetSnapshotRefUpdate,
)

from ..commits.snapshot_writes import TableWrite
from ..commits.summaries import KIND, REFS_LOG_PROPERTY, WRITTEN_BY
from ..failures import conflicting, missing
from ..lake_context import LakeContext
from ..table_names import TableName, check_ref_name
from .table_descriptions import snapshot_at

_ATTEMPTS = 20
_LOG_ENTRIES = 200


def create_ref(
    context: LakeContext,
    workspace_id: str,
    name: TableName,
    ref: str,
    kind: str,
    from_snapshot_id: int | None,
    written_by: str,
) -> dict[str, Any]:
    """Give a snapshot a name, by default main's head. `kind` is "branch" or "tag".

    A table without a snapshot first gets an empty one. Raises conflict if the name is taken by another snapshot.
    """
    check_ref_name(ref)

    def change(write: TableWrite) -> dict[str, Any]:
        metadata = write.metadata
        target = snapshot_at(metadata, from_snapshot_id, None)
        taken = metadata.refs.get(ref)
        if taken is not None:
            if target is not None and taken.snapshot_id == target.snapshot_id and taken.snapshot_ref_type.value == kind:
                return {"name": ref, "type": kind, "snapshot_id": taken.snapshot_id}
            raise conflicting(f"The name {ref!r} is taken.", "Choose another name, or delete it first.")
        target_id = target.snapshot_id if target else _empty_snapshot(write, written_by)
        write.stage(
            (SetSnapshotRefUpdate(ref_name=ref, type=kind, snapshot_id=target_id),),
            (AssertRefSnapshotId(ref=ref, snapshot_id=None),),
        )
        _log(write, {"kind": f"{kind}_created", "name": ref, "to": target_id, "by": written_by})
        return {"name": ref, "type": kind, "snapshot_id": target_id}

    return _committed(context, workspace_id, name, change)


def delete_ref(
    context: LakeContext, workspace_id: str, name: TableName, ref: str, kind: str, written_by: str
) -> dict[str, Any]:
    """Take a name away. Its snapshots stay until they expire. Main cannot be deleted."""

    def change(write: TableWrite) -> dict[str, Any]:
        found = write.metadata.refs.get(ref)
        if ref == "main":
            raise conflicting("The branch main cannot be deleted.")
        if found is None or found.snapshot_ref_type != SnapshotRefType(kind):
            raise missing(f"The table has no {kind} {ref!r}.")
        write.stage(
            (RemoveSnapshotRefUpdate(ref_name=ref),), (AssertRefSnapshotId(ref=ref, snapshot_id=found.snapshot_id),)
        )
        _log(write, {"kind": f"{kind}_deleted", "name": ref, "from": found.snapshot_id, "by": written_by})
        return {"name": ref, "type": kind, "snapshot_id": found.snapshot_id}

    return _committed(context, workspace_id, name, change)


def fast_forward(
    context: LakeContext,
    workspace_id: str,
    name: TableName,
    branch: str,
    written_by: str,
    expected_main: int | None = None,
    expects_main: bool = False,
    expected_branch: int | None = None,
) -> dict[str, Any]:
    """Let main hold what the branch holds; no file is written and main's history goes on in the branch's.

    Raises conflict if main is no ancestor of the branch, or is not at `expected_main` where the caller expects one, or
    if the branch is not at `expected_branch`, the snapshot that the caller has checked.
    """

    def change(write: TableWrite) -> dict[str, Any]:
        metadata = write.metadata
        ref = metadata.refs.get(branch)
        if ref is None or ref.snapshot_ref_type != SnapshotRefType.BRANCH:
            raise missing(f"The table has no branch {branch!r}.")
        if expected_branch is not None and ref.snapshot_id != expected_branch:
            raise conflicting(f"The branch {branch!r} was changed meanwhile.", "Check it again, then publish.")
        main = metadata.refs.get("main")
        main_id = main.snapshot_id if main else None
        answer = {"branch": branch, "snapshot_id": ref.snapshot_id, "previous_main": main_id}
        if expected_branch is not None and ref.snapshot_id != expected_branch:
            raise conflicting(
                f"The branch {branch!r} was changed meanwhile.", "Look at the branch again, then publish."
            )
        if main_id == ref.snapshot_id:
            return answer
        if expects_main and main_id != expected_main:
            raise conflicting("main was changed meanwhile.", "Look at main again, then publish.")
        if main_id is not None and not is_ancestor(metadata, main_id, ref.snapshot_id):
            raise conflicting(
                f"main has commits that the branch {branch!r} lacks.",
                "Make a new branch of main and land the data there again.",
            )
        write.stage(
            (SetSnapshotRefUpdate(ref_name="main", type="branch", snapshot_id=ref.snapshot_id),),
            (AssertRefSnapshotId(ref="main", snapshot_id=main_id),),
        )
        entry = {"kind": "fast_forward", "name": "main", "branch": branch, "from": main_id, "to": ref.snapshot_id}
        _log(write, {**entry, "by": written_by})
        return answer

    return _committed(context, workspace_id, name, change)


def is_ancestor(metadata: TableMetadata, ancestor_id: int, snapshot_id: int) -> bool:
    """Whether a snapshot comes from another, or is it."""
    by_id = {one.snapshot_id: one for one in metadata.snapshots}
    snapshot: Snapshot | None = by_id.get(snapshot_id)
    while snapshot is not None:
        if snapshot.snapshot_id == ancestor_id:
            return True
        snapshot = by_id.get(snapshot.parent_snapshot_id) if snapshot.parent_snapshot_id is not None else None
    return False


def _empty_snapshot(write: TableWrite, written_by: str) -> int:
    properties = {WRITTEN_BY: written_by, KIND: "created"}
    return write.add_snapshot(added=[], removed=set(), properties=properties, branch="main")


def _log(write: TableWrite, entry: dict[str, Any]) -> None:
    log = json.loads(write.metadata.properties.get(REFS_LOG_PROPERTY) or "[]")
    log.append({"at": int(time.time() * 1000), **entry})
    write.stage((SetPropertiesUpdate(updates={REFS_LOG_PROPERTY: json.dumps(log[-_LOG_ENTRIES:])}),))


def _committed(
    context: LakeContext, workspace_id: str, name: TableName, change: Callable[[TableWrite], dict[str, Any]]
) -> dict[str, Any]:
    with context.table_lock(workspace_id, name):
        for _ in range(_ATTEMPTS):
            write = TableWrite(context.catalog(workspace_id, name), context.table(workspace_id, name))
            answer = change(write)
            try:
                if write.changed:
                    write.commit()
            except CommitFailedException:
                continue
            return answer
    raise conflicting("Other writers were faster every time.", retryable=True)

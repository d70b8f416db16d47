"""Expiry: old snapshots go, with the files that only they need."""

from __future__ import annotations

import datetime
import json
import time
from typing import Any

from pyiceberg.exceptions import CommitFailedException
from pyiceberg.table import Table
from pyiceberg.table.metadata import TableMetadata
from pyiceberg.table.update import RemoveSnapshotsUpdate, SetPropertiesUpdate

from ..commits.snapshot_writes import TableWrite
from ..commits.summaries import COMMIT_KEY, EXPIRED_KEYS_PROPERTY, lineage, summary_of
from ..failures import conflicting, invalid
from ..lake_context import LakeContext
from ..table_names import TableName
from .maintenance_plans import MaintenancePlan, number_option
from .reachable_files import reachable

_KEYS_REMEMBERED = 500
_ATTEMPTS = 20


def plan_expiry(context: LakeContext, table: Table, options: dict[str, Any]) -> MaintenancePlan:
    """Which snapshots go and which files with them.

    Options: `keep` (the newest of main's history that stay, at least 1, default 10), `older_than` (only snapshots from
    before that time go; RFC 3339 or milliseconds). What a branch or a tag names stays, and what leads from main to a
    branch; the sync state lives in heads and so stays.
    """
    metadata = table.metadata
    head = metadata.current_snapshot()
    plan = MaintenancePlan("expire", head.snapshot_id if head else None, dict(options))
    keep = int(number_option(options, "keep", 10, 1))
    before = _milliseconds(options.get("older_than"))
    protected = _protected(metadata, keep)
    going = [one for one in metadata.snapshots if one.snapshot_id not in protected and one.timestamp_ms < before]
    plan.snapshots = [one.snapshot_id for one in going]
    if not going:
        return plan
    gone = set(plan.snapshots)
    needed = reachable(context, (one for one in metadata.snapshots if one.snapshot_id not in gone))
    leaving = reachable(context, going)
    plan.files = sorted(leaving.all() - needed.all())
    plan.files_in = len(leaving.data_files | needed.data_files)
    plan.files_out = len(needed.data_files)
    sizes = {one.location: one.size for one in context.storage.files(metadata.location)}
    plan.bytes_in = sum(sizes.values())
    plan.bytes_out = plan.bytes_in - sum(sizes.get(path, 0) for path in plan.files)
    return plan


def execute_expiry(context: LakeContext, workspace_id: str, name: TableName, plan: MaintenancePlan) -> int:
    """Take the planned snapshots out of the table, then delete the planned files that nothing needs any more.

    A snapshot that got a name meanwhile stays, with its files. Gives the number of deleted files. A crash in between
    leaves files that `remove_orphans` finds.
    """
    if not plan.snapshots:
        return 0
    with context.table_lock(workspace_id, name):
        for _ in range(_ATTEMPTS):
            table = context.table(workspace_id, name)
            metadata = table.metadata
            known = {one.snapshot_id for one in metadata.snapshots}
            going = (set(plan.snapshots) & known) - _protected(metadata, 1)
            if not going:
                return 0
            write = TableWrite(context.catalog(workspace_id, name), table)
            write.stage((SetPropertiesUpdate(updates={EXPIRED_KEYS_PROPERTY: _remembered_keys(metadata, going)}),))
            write.stage((RemoveSnapshotsUpdate(snapshot_ids=sorted(going)),))
            try:
                committed = write.commit()
            except CommitFailedException:
                continue
            needed = reachable(context, committed.metadata.snapshots).all()
            return context.storage.delete([path for path in plan.files if path not in needed])
    raise conflicting("Other writers were faster every time.", retryable=True)


def _protected(metadata: TableMetadata, keep: int) -> set[int]:
    by_id = {one.snapshot_id: one for one in metadata.snapshots}

    def ancestors(snapshot_id: int | None) -> list[int]:
        found = []
        while snapshot_id in by_id:
            found.append(snapshot_id)
            snapshot_id = by_id[snapshot_id].parent_snapshot_id
        return found

    main = metadata.current_snapshot()
    main_history = ancestors(main.snapshot_id if main else None)
    protected = set(main_history[:keep])
    for ref in metadata.refs.values():
        protected.add(ref.snapshot_id)
        if ref.snapshot_ref_type.value == "branch":
            for snapshot_id in ancestors(ref.snapshot_id):
                protected.add(snapshot_id)
                if snapshot_id in main_history:
                    break
    return protected


def _remembered_keys(metadata: TableMetadata, going: set[int]) -> str:
    """The keys of commits whose snapshots go but whose rows stay, the newest last, so that none is made twice."""
    remembered = json.loads(metadata.properties.get(EXPIRED_KEYS_PROPERTY) or "{}")
    for snapshot in reversed(list(lineage(metadata, metadata.current_snapshot()))):
        key = summary_of(snapshot).get(COMMIT_KEY)
        if snapshot.snapshot_id in going and key:
            remembered.pop(key, None)
            remembered[key] = snapshot.snapshot_id
    return json.dumps(dict(list(remembered.items())[-_KEYS_REMEMBERED:]))


def _milliseconds(value: Any) -> int:
    if value is None:
        return int(time.time() * 1000) + 1
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    try:
        moment = datetime.datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    except ValueError:
        raise invalid("older_than must be a time as in RFC 3339, or milliseconds since 1970.") from None
    if moment.tzinfo is None:
        raise invalid("older_than needs a time zone, for example Z.")
    return int(moment.timestamp() * 1000)

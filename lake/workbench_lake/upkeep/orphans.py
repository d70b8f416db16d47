"""Orphans: files in the table's folder that no snapshot needs, and staged files that nobody fetched."""

from __future__ import annotations

import time
from typing import Any

from pyiceberg.table import Table

from ..lake_context import LakeContext
from ..table_names import TableName, staging_root
from ..warehouse.storage import StoredFile
from .maintenance_plans import MaintenancePlan, number_option
from .reachable_files import reachable

_DEFAULT_GRACE_HOURS = 72


def plan_orphans(
    context: LakeContext, workspace_id: str, name: TableName, table: Table, options: dict[str, Any]
) -> MaintenancePlan:
    """Which files go. Option: `grace_hours`, default 72; a younger file may belong to a commit that is under way."""
    head = table.metadata.current_snapshot()
    plan = MaintenancePlan("remove_orphans", head.snapshot_id if head else None, dict(options))
    floor = context.options.orphan_grace_floor_hours
    hours = number_option(options, "grace_hours", max(_DEFAULT_GRACE_HOURS, floor), floor)
    before = int(time.time() * 1000 - hours * 3_600_000)
    found = _files(context, workspace_id, name, table)
    needed = needed_files(context, table)
    orphans = [one for one in found if one.location not in needed and one.changed_ms <= before]
    plan.files = sorted(one.location for one in orphans)
    plan.files_in, plan.bytes_in = len(found), sum(one.size for one in found)
    plan.files_out = plan.files_in - len(orphans)
    plan.bytes_out = plan.bytes_in - sum(one.size for one in orphans)
    return plan


def execute_orphans(context: LakeContext, workspace_id: str, name: TableName, plan: MaintenancePlan) -> int:
    """Delete the planned files that still nothing needs. Gives how many."""
    with context.table_lock(workspace_id, name):
        needed = needed_files(context, context.table(workspace_id, name))
        return context.storage.delete([path for path in plan.files if path not in needed])


def needed_files(context: LakeContext, table: Table) -> set[str]:
    """The present metadata file and those in its log, what every snapshot needs, and what is being written just now."""
    logs = {one.metadata_file for one in table.metadata.metadata_log}
    statistics = {one.statistics_path for one in table.metadata.statistics}
    needed = reachable(context, table.metadata.snapshots).all()
    return needed | logs | statistics | {table.metadata_location} | set(context.in_flight)


def _files(context: LakeContext, workspace_id: str, name: TableName, table: Table) -> list[StoredFile]:
    staging = staging_root(context.storage.warehouse, workspace_id, name)
    return [*context.storage.files(table.metadata.location), *context.storage.files(staging)]

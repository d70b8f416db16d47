"""Upkeep of tables: a plan is made and shown, then carried out."""

from __future__ import annotations

from typing import Any

from ..failures import invalid
from ..lake_context import LakeContext
from ..table_names import TableName
from .compaction import execute_compaction, plan_compaction
from .expiry import execute_expiry, plan_expiry
from .maintenance_plans import MaintenancePlan, PlanStore
from .orphans import execute_orphans, plan_orphans

ACTIONS = ("compact", "expire", "remove_orphans")
_OPTIONS = {
    "compact": {"target_bytes", "min_files"},
    "expire": {"keep", "older_than"},
    "remove_orphans": {"grace_hours"},
}


class Maintenance:
    """Plans and carries out. Safe to use from several threads."""

    def __init__(self, context: LakeContext) -> None:
        self._context = context
        self._plans = PlanStore()

    def plan(self, workspace_id: str, name: TableName, action: Any, options: dict[str, Any]) -> dict[str, Any]:
        """What an action would do. Changes nothing."""
        if action not in ACTIONS:
            raise invalid(f"{action!r} is no upkeep.", f"There are {', '.join(ACTIONS)}.")
        unknown = sorted(set(options) - _OPTIONS[action])
        if unknown:
            raise invalid(
                f"Unknown options: {', '.join(unknown)}.", f"Known are {', '.join(sorted(_OPTIONS[action]))}."
            )
        table = self._context.table(workspace_id, name)
        if action == "compact":
            plan = plan_compaction(self._context, table, options)
        elif action == "expire":
            plan = plan_expiry(self._context, table, options)
        else:
            plan = plan_orphans(self._context, workspace_id, name, table, options)
        self._plans.keep(workspace_id, name, plan)
        return {**plan.answer(), "executed": False}

    def execute(self, workspace_id: str, name: TableName, plan_id: str, written_by: str) -> dict[str, Any]:
        """Carry a plan out. The answer says what was done, which is less than planned where a writer was faster."""
        plan = self._plans.take(workspace_id, name, plan_id)
        answer = {**plan.answer(), "executed": True, "snapshot_id": None}
        if plan.action == "compact":
            return answer | self._compact(workspace_id, name, plan, written_by)
        execute = execute_expiry if plan.action == "expire" else execute_orphans
        return answer | {"files_deleted": execute(self._context, workspace_id, name, plan)}

    def _compact(self, workspace_id: str, name: TableName, plan: MaintenancePlan, written_by: str) -> dict[str, Any]:
        done, replaced, yielded = execute_compaction(self._context, workspace_id, name, plan, written_by)
        return {
            "snapshot_id": done.snapshot_id if done else None,
            "files_replaced": replaced,
            "groups_yielded": yielded,
        }

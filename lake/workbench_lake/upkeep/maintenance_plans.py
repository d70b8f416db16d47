"""Plans of upkeep: made, shown, and then carried out exactly, or refused."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from ..failures import conflicting, invalid
from ..table_names import TableName

_KEPT = 200


@dataclass
class MaintenancePlan:
    """What an upkeep would do. Sizes in bytes; `scan_saving_share` is the share (0–1) of a whole scan's files saved.

    `files` are the exact paths that would be deleted, none for a compaction: the old files stay for the snapshots that
    need them. `groups` are, for a compaction, the paths that become one file each; `snapshots` those that expire.
    """

    action: str
    based_on_snapshot: int | None
    options: dict[str, Any]
    files_in: int = 0
    bytes_in: int = 0
    files_out: int = 0
    bytes_out: int = 0
    partitions: int = 0
    files: list[str] = field(default_factory=list)
    snapshots: list[int] = field(default_factory=list)
    groups: list[list[str]] = field(default_factory=list)
    scan_saving_share: float = 0.0
    plan_id: str = field(default_factory=lambda: secrets.token_hex(12))

    def answer(self) -> dict[str, Any]:
        """The plan as callers see it."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "groups"}


class PlanStore:
    """Plans that wait to be carried out. A plan is forgotten when it was, or when many newer ones were made."""

    def __init__(self) -> None:
        self._plans: OrderedDict[tuple[str, TableName, str], MaintenancePlan] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, workspace_id: str, name: TableName, plan: MaintenancePlan) -> None:
        """Keep a plan."""
        with self._lock:
            self._plans[(workspace_id, name, plan.plan_id)] = plan
            while len(self._plans) > _KEPT:
                self._plans.popitem(last=False)

    def take(self, workspace_id: str, name: TableName, plan_id: str) -> MaintenancePlan:
        """Take a plan out, so that it is carried out once. Raises conflict if it is not there."""
        with self._lock:
            plan = self._plans.pop((workspace_id, name, plan_id), None)
        if plan is None:
            raise conflicting("That plan is not there any more.", "Make a new plan.")
        return plan


def number_option(options: dict[str, Any], name: str, default: float, least: float) -> float:
    """A number of the options. Raises invalid_input."""
    value = options.get(name, default)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value < least:
        raise invalid(f"{name} must be a number of at least {least:g}.")
    return value

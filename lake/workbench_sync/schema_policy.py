"""What becomes of a stream whose schema is not the table's: the plan of its columns, and what the policy does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from .column_types import JSON, ColumnType, from_lake, holds, widens
from .failure import SyncFailure
from .mapping import EXTRACTED_AT, destination_names

Policy = Literal["evolve", "freeze", "discard_row", "discard_value", "quarantine"]
POLICIES: tuple[Policy, ...] = ("evolve", "freeze", "discard_row", "discard_value", "quarantine")
ACTION: dict[str, str] = {
    "evolve": "evolved",
    "freeze": "refused",
    "discard_row": "row_discarded",
    "discard_value": "value_discarded",
    "quarantine": "quarantined",
}


@dataclass
class Column:
    """One column to fill: `key` of the record, `name` in the lake, `stored` the type in the file."""

    key: str
    name: str
    stored: ColumnType
    overflow: str | None = None
    """Under evolve: the text column that takes a value which does not fit this one."""


@dataclass
class Plan:
    """The columns of a stream and how its surprises are dealt with."""

    policy: Policy
    columns: list[Column]
    refused: set[str] = field(default_factory=set)
    """Keys of the record that have no column and never get one under this policy."""
    lake_changes: list[dict[str, Any]] = field(default_factory=list)
    """Changes that the table needs before the next commit, in the words of the lake's API."""
    events: list[dict[str, Any]] = field(default_factory=list)
    """Changes to be shown and not shown yet."""
    schema_mapping: Mapping[str, str] = field(default_factory=dict)
    lake: Mapping[str, str] = field(default_factory=dict)
    exists: bool = True

    def __post_init__(self) -> None:
        self._told: set[tuple[str, str]] = set()

    @property
    def by_key(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns}

    @property
    def clashes(self) -> bool:
        """Whether two keys differ by case alone, which DuckDB's rows cannot hold."""
        keys = {key.casefold() for key in (*self.by_key, *self.refused)}
        return len(keys) < len(self.by_key) + len(self.refused)

    def add(self, key: str, kind: ColumnType, *, name: str | None = None) -> Column:
        """Gives a key a column of its own; the table's change waits in `lake_changes`."""
        names = {column.name.casefold() for column in self.columns} | {EXTRACTED_AT}
        wanted = plain = name or self.schema_mapping.get(key, key)
        number = 2
        while wanted.casefold() in names:
            wanted = f"{plain}_{number}"
            number += 1
        column = Column(key, wanted, kind)
        self.columns.append(column)
        self._ensure(wanted, kind.declared)
        return column

    def add_overflow(self, column: Column) -> str:
        """The text column beside `column` that keeps what does not fit it."""
        if column.overflow is None:
            column.overflow = f"{column.name}__text"
            self._ensure(column.overflow, "varchar")
        return column.overflow

    def tell(self, kind: str, column: str, *, rows: int | None = None, **more: Any) -> None:
        """Notes a change to be shown, once per kind and column."""
        if (kind, column) in self._told:
            return
        self._told.add((kind, column))
        event = {"kind": kind, "column": column, "action": ACTION[self.policy], **more}
        self.events.append({**event, "rows": rows} if rows is not None else event)

    def _ensure(self, name: str, spelling: str) -> None:
        if self.exists and name not in self.lake:
            self.lake_changes.append({"add": {"name": name, "type": spelling}})

    def file_columns(self) -> list[dict[str, str]]:
        """The columns that a commit may bring, the lake's own included, as the lake is asked for them."""
        found = [{"name": column.name, "type": column.stored.declared} for column in self.columns]
        found += [{"name": column.overflow, "type": "varchar"} for column in self.columns if column.overflow]
        return [*found, {"name": EXTRACTED_AT, "type": "timestamp(6) with time zone"}]


def make_plan(
    declared: Mapping[str, ColumnType],
    lake: Mapping[str, str] | None,
    policy: Policy,
    schema_mapping: Mapping[str, str],
    before: Mapping[str, str],
    *,
    replaces: bool = False,
) -> Plan:
    """The plan of a stream whose schema declares these keys.

    `lake` holds the columns of its table by name (None: no table yet); `before` the keys declared at the last sync.
    `replaces` says that the sync puts new rows in the place of all others, so that types may change in place.
    Raises a conflict under `freeze` where the schema has changed.
    """
    names = destination_names(declared, schema_mapping)
    plan = Plan(policy, [], schema_mapping=schema_mapping, lake=lake or {}, exists=lake is not None)
    for key, kind in declared.items():
        name = names[key]
        if lake is None:
            plan.columns.append(Column(key, name, kind))
        elif name not in lake:
            _new_column(plan, key, name, kind)
        elif replaces and policy == "evolve":
            plan.columns.append(Column(key, name, kind))
            if lake[name] != kind.trino and not holds(lake[name], kind):
                plan.tell("type_changed", name, **{"from": lake[name], "to": kind.trino})
        elif holds(lake[name], kind):
            plan.columns.append(Column(key, name, _stored(lake[name], kind)))
        else:
            _changed_type(plan, key, name, kind, lake[name])
    for key in before:
        if key not in declared:
            plan.tell("removed", schema_mapping.get(key, key))
            plan.events[-1]["action"] = "refused" if policy == "freeze" else "kept_null"
    _carry_on(plan, names)
    refused = [event for event in plan.events if event["action"] == "refused"]
    if refused:
        raise frozen(refused)
    return plan


def frozen(changes: list[dict[str, Any]]) -> SyncFailure:
    words = {
        "added": "is new",
        "removed": "is gone",
        "type_changed": "has another type",
        "value_mismatch": "has values of another type",
    }
    text = "; ".join(f"{change['column']!r} {words[change['kind']]}" for change in changes)
    return SyncFailure(
        "conflict",
        f"The source's schema changed and this connection freezes it: {text}.",
        hint="Set on_schema_change to evolve, or to a policy that discards or quarantines, and sync again.",
    )


def _new_column(plan: Plan, key: str, name: str, kind: ColumnType) -> None:
    if plan.policy == "evolve":
        plan.columns.append(Column(key, name, kind))
        plan.lake_changes.append({"add": {"name": name, "type": kind.declared}})
    else:
        plan.refused.add(key)
    plan.tell("added", name, to=kind.trino)


def _changed_type(plan: Plan, key: str, name: str, kind: ColumnType, lake: str) -> None:
    if plan.policy == "evolve" and widens(lake, kind.trino):
        plan.lake_changes.append({"widen": {"name": name, "type": kind.declared}})
        plan.columns.append(Column(key, name, kind))
        plan.tell("type_changed", name, **{"from": lake, "to": kind.trino})
        return
    if plan.policy == "evolve":
        variant = f"{name}__{variant_suffix(kind)}"
        plan.columns.append(Column(key, variant, kind))
        if variant not in plan.lake:
            plan.lake_changes.append({"add": {"name": variant, "type": kind.declared}})
            plan.tell("type_changed", name, into=variant, **{"from": lake, "to": kind.trino})
        return
    old = from_lake(lake)
    if old is None:
        plan.refused.add(key)
    else:
        plan.columns.append(Column(key, name, old))
    plan.tell("type_changed", name, **{"from": lake, "to": kind.trino})


def variant_suffix(kind: ColumnType) -> str:
    return {"varchar": "text", "list": "array", "struct": "row"}.get(kind.kind, kind.kind)


def _carry_on(plan: Plan, names: Mapping[str, str]) -> None:
    """Columns of the table that no schema declares any more, and overflow columns, go on taking what comes for them."""
    back = {name: key for key, name in plan.schema_mapping.items()}
    used = {column.name for column in plan.columns}
    for column in plan.columns:
        if f"{column.name}__text" in plan.lake and f"{column.name}__text" not in used and plan.policy == "evolve":
            column.overflow = f"{column.name}__text"
    overflow = {column.overflow for column in plan.columns}
    for name, spelling in plan.lake.items():
        key = back.get(name, name)
        kind = from_lake(spelling)
        if name in used | overflow | {EXTRACTED_AT} or key in names or kind is None:
            continue
        plan.columns.append(Column(key, name, kind))


def _stored(lake: str, declared: ColumnType) -> ColumnType:
    if lake == "varchar":
        if declared.kind in ("varchar", "json"):
            return declared
        return JSON if declared.kind in ("list", "struct") else ColumnType("varchar")
    if lake == declared.trino:
        return declared
    return from_lake(lake) or declared

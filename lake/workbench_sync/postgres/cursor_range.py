"""What an incremental read by cursor reads.

The state of a stream is {kind: "cursor", cursor_field, cursor, held, horizon}. It says: of the rows that transactions
below `horizon` wrote, all with a cursor up to `cursor` were read, and all without a cursor. So the next read takes

- every row with a greater cursor, up to the greatest of its snapshot (equal values cannot be cut in two);
- of the rows from `held` or `cursor` less the lookback up to `cursor`, those written since: ties that came later, and
  late rows inside the lookback;
- of the rows without a cursor (NULL, NaN, an infinity), those written since.

Rows of transactions that had not surely ended when the snapshot was taken wait for the next read; `held` is the least
cursor among them. A view has no xmin: there `seen` counts the digests of the rows in the window.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from psycopg2 import sql

from ..failure import SyncFailure
from .connect import Snapshot
from .relations import Column, Relation, cursor_candidates
from .row_versions import FAR, written_in

#: A read that the planner puts below this many times a checkpoint's rows is not cut.
CUT_FROM = 1.5
MOST_WINDOWS_BY_INDEX, MOST_WINDOWS_BY_SCAN = 200, 8
SAMPLE_ROWS = 30_000
MOST_SEEN = 10_000
REFRESH_HINT = "Refresh the stream: it is then read anew from the start."


@dataclass(frozen=True)
class Unit:
    """One query: `source` is what stands after FROM (alias t), `condition` after WHERE."""

    source: str
    condition: str = "true"


@dataclass(frozen=True)
class Group:
    """The units that make one checkpoint, and the state after it."""

    units: tuple[Unit, ...]
    state: dict[str, Any] | None


@dataclass(frozen=True)
class Range:
    groups: tuple[Group, ...]
    estimated_rows: int | None
    warnings: tuple[str, ...] = field(default=())
    #: Whether the state before this read does as well as the one after it where nothing was read.
    repeats: bool = False


def cursor_column(relation: Relation, name: str) -> Column:
    column = relation.column(name)
    if column is not None and column.type.cursor is not None:
        return column
    can = ", ".join(cursor_candidates(relation)) or "none"
    where = f"{relation.schema}.{relation.name}"
    if column is None:
        message = f"{where} has no column {name}, which is the stream's cursor."
    else:
        message = f"{name} of {where} is {column.source_type}, which has no order that a cursor could follow."
    raise SyncFailure("invalid_input", message, hint=f"Columns that can be a cursor: {can}.")


class CursorRange:
    """Plans one read of `relation` by `column` from `state` (None: from the start)."""

    def __init__(
        self,
        snapshot: Snapshot,
        relation: Relation,
        column: Column,
        state: dict[str, Any] | None,
        *,
        lookback_seconds: int,
        checkpoint_rows: int,
    ) -> None:
        self.snapshot = snapshot
        self.relation = relation
        self.column = column
        self.state = state or {}
        self.lookback_seconds = lookback_seconds
        self.checkpoint_rows = checkpoint_rows
        self.warnings: list[str] = []
        self.table = snapshot.text(relation.quoted)
        self.cursor = f"t.{snapshot.quoted(column.name)}"
        self._check_state()

    def _check_state(self) -> None:
        named = self.state.get("cursor_field")
        if self.state and (self.state.get("kind") != "cursor" or named != self.column.name):
            was = f"by cursor {named}" if self.state.get("kind") == "cursor" else f"by {self.state.get('kind')}"
            message = f"The stream was read {was} before, and is to be read by cursor {self.column.name} now."
            raise SyncFailure("invalid_input", message, hint=REFRESH_HINT)
        if self.lookback_seconds and self.column.type.cursor not in ("time", "date"):
            message = f"lookback_seconds needs a date or time cursor; {self.column.name} is {self.column.source_type}."
            raise SyncFailure("invalid_input", message, hint="Set lookback_seconds to 0.")

    def literal(self, value: str) -> str:
        return f"{self.snapshot.text(sql.Literal(value))}::{self.column.source_type}"

    def value(self, expression: str) -> str | None:
        return self.snapshot.rows(f"SELECT ({expression})::text")[0][0]

    @property
    def without_cursor(self) -> str:
        """The condition that a row has no cursor that could be compared."""
        odd = {
            "numeric": f"{self.cursor} = 'NaN'" + self._infinite_numeric(),
            "float": f"{self.cursor} IN ('NaN', 'Infinity', '-Infinity')",
            "time": f"NOT isfinite({self.cursor})",
            "date": f"NOT isfinite({self.cursor})",
        }.get(self.column.type.cursor or "")
        return f"({self.cursor} IS NULL OR {odd})" if odd else f"({self.cursor} IS NULL)"

    def _infinite_numeric(self) -> str:
        if self.snapshot.connection.server_version < 140000:
            return ""
        return f" OR {self.cursor} IN ('Infinity', '-Infinity')"

    @property
    def with_cursor(self) -> str:
        return f"NOT {self.without_cursor}"

    def plan(self) -> Range:
        last = self.state.get("cursor")
        greatest = self.value(
            f"SELECT {self.cursor} FROM {self.table} t WHERE {self.with_cursor} ORDER BY 1 DESC LIMIT 1"
        )
        if last is not None:
            later = greatest is not None and self.value(f"{self.literal(greatest)} > {self.literal(last)}") == "true"
            greatest = greatest if later else last
        if self.relation.has_row_versions:
            groups = self._by_versions(last, greatest)
        else:
            groups = self._by_digests(last, greatest)
        return Range(tuple(groups), self._estimate(last, greatest), tuple(self.warnings), self._repeats())

    def _repeats(self) -> bool:
        if not self.relation.has_row_versions:
            return bool(self.state)
        before = self.state.get("horizon")
        return before is not None and 0 <= self.snapshot.end - int(before) < FAR

    def _beyond(self, last: str | None, greatest: str | None) -> str:
        if greatest is None:
            return "false"
        least = self.with_cursor if last is None else f"{self.cursor} > {self.literal(last)}"
        return f"{least} AND {self.cursor} <= {self.literal(greatest)}"

    def _low(self, last: str, held: str | None) -> str:
        """The least cursor of the window in which rows may have come late."""
        low = self.literal(last)
        if self.lookback_seconds and self.column.type.cursor == "time":
            low = f"{low} - make_interval(secs => {self.lookback_seconds})"
        elif self.lookback_seconds:
            low = f"{low} - {-(-self.lookback_seconds // 86400)}"
        return self.value(low if held is None else f"least({low}, {self.literal(held)})") or last

    def _by_versions(self, last: str | None, greatest: str | None) -> list[Group]:
        horizon, end = self.snapshot.horizon, self.snapshot.end
        before = int(self.state["horizon"]) if self.state.get("horizon") else None
        if before is not None and before > end:
            before = 0
            self.warnings.append(
                "The server counts its transactions anew (restored or replaced): rows at the last cursor come again."
            )
        settled = "true" if horizon == end else f"NOT {written_in(horizon, end)}"
        since = "true" if before is None else written_in(before, end)
        first: list[Unit] = []
        if not self.column.not_null or self.column.type.cursor not in ("number", "text"):
            first.append(Unit(f"{self.table} t", f"{self.without_cursor} AND {since} AND {settled}"))
        low = None
        if last is not None:
            low = self._low(last, self.state.get("held"))
            window = f"{self.cursor} >= {self.literal(low)} AND {self.cursor} <= {self.literal(last)}"
            first.append(Unit(f"{self.table} t", f"{window} AND {since} AND {settled}"))
        held = None
        if horizon < end and greatest is not None:
            reach = "true" if low is None else f"{self.cursor} >= {self.literal(low)}"
            held = self.value(
                f"SELECT {self.cursor} FROM {self.table} t "
                f"WHERE {reach} AND {self.with_cursor} AND {written_in(horizon, end)} ORDER BY 1 LIMIT 1"
            )
            if held is not None:
                self.warnings.append(
                    f"Rows from cursor {held} on, written while an older transaction was open, wait for the next sync."
                )

        def state_at(cursor: str | None) -> dict[str, Any]:
            name = self.column.name
            return {"kind": "cursor", "cursor_field": name, "cursor": cursor, "held": held, "horizon": str(horizon)}

        ends = self._cuts(last, greatest)
        groups: list[Group] = []
        at = last
        for stop in ends:
            unit = Unit(f"{self.table} t", f"{self._beyond(at, stop)} AND {settled}")
            groups.append(Group((*(first if not groups else ()), unit), state_at(stop)))
            at = stop
        return groups or [Group(tuple(first), state_at(greatest))]

    def _by_digests(self, last: str | None, greatest: str | None) -> list[Group]:
        units = [Unit(f"{self.table} t", self._beyond(last, greatest))]
        if last is None:
            if not self.state:
                units.insert(0, Unit(f"{self.table} t", self.without_cursor))
        else:
            low = self._low(last, None)
            window = f"{self.cursor} >= {self.literal(low)} AND {self.cursor} <= {self.literal(last)}"
            known = self.snapshot.text(sql.Literal(json.dumps(self.state.get("seen") or {})))
            numbered = (
                f'(SELECT t.*, md5(t::text) AS "digest\x01", '
                f'row_number() OVER (PARTITION BY md5(t::text)) AS "number\x01" '
                f"FROM {self.table} t WHERE {window}) t"
            )
            fresh = f't."number\x01" > coalesce(({known}::jsonb ->> t."digest\x01")::int, 0)'
            units.append(Unit(numbered, fresh))
        state = {"kind": "cursor", "cursor_field": self.column.name, "cursor": greatest, "seen": self._seen(greatest)}
        return [Group(tuple(units), state)]

    def _seen(self, greatest: str | None) -> dict[str, int]:
        if greatest is None:
            return {}
        low = self._low(greatest, None)
        found = self.snapshot.rows(
            f"SELECT md5(t::text), count(*)::int FROM {self.table} t WHERE {self.cursor} >= {self.literal(low)} "
            f"AND {self.cursor} <= {self.literal(greatest)} GROUP BY 1 LIMIT {MOST_SEEN + 1}"
        )
        if len(found) > MOST_SEEN:
            message = (
                f"More than {MOST_SEEN} rows of {self.relation.name} share the end of the cursor {self.column.name}."
            )
            hint = "Take a finer cursor or a smaller lookback, read the table under the view, or refresh it in full."
            raise SyncFailure("invalid_input", message, hint=hint)
        return dict(found)

    def _cuts(self, last: str | None, greatest: str | None) -> list[str]:
        """Cursor values, ascending, at which checkpoints lie; the last of them is `greatest`."""
        if greatest is None or greatest == last:
            return []
        estimate = self._estimate(last, greatest)
        if estimate is None or estimate < CUT_FROM * self.checkpoint_rows or self.relation.kind not in ("r", "p", "m"):
            return [greatest]
        indexed = self.column.name in self.relation.indexed
        most = MOST_WINDOWS_BY_INDEX if indexed else MOST_WINDOWS_BY_SCAN
        count = min(most, -(-estimate // self.checkpoint_rows))
        shares = ",".join(f"{number / count:.6f}" for number in range(1, count))
        share = min(100.0, 100.0 * SAMPLE_ROWS / max(1, self.relation.rows or estimate))
        found = self.snapshot.rows(
            f"SELECT (percentile_disc(ARRAY[{shares}]::float8[]) WITHIN GROUP (ORDER BY {self.cursor}))::text[] "
            f"FROM {self.table} t TABLESAMPLE SYSTEM ({share:.6f}) "
            f"WHERE {self._beyond(last, greatest)} AND {self.cursor} < {self.literal(greatest)}"
        )[0][0]
        return [*dict.fromkeys(found or []), greatest]

    def _estimate(self, last: str | None, greatest: str | None) -> int | None:
        """Rows beyond the last cursor, as the planner expects; its guesses about functions are left out."""
        if greatest is None:
            return 0
        least = "" if last is None else f"{self.cursor} > {self.literal(last)} AND "
        return estimated_rows(self.snapshot, f"{self.table} t", f"{least}{self.cursor} <= {self.literal(greatest)}")


def estimated_rows(snapshot: Snapshot, source: str, condition: str) -> int | None:
    """How many rows the planner expects."""
    plan = snapshot.rows(f"EXPLAIN (FORMAT JSON) SELECT 1 FROM {source} WHERE {condition}")[0][0]
    plan = json.loads(plan) if isinstance(plan, str) else plan
    return int(plan[0]["Plan"]["Plan Rows"])

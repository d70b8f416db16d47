from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .pgoutput import UNCHANGED, Begin, Commit, Delete, Insert, Message, RelationInfo, Truncate, Update, Value

#: A row by column name; columns that are missing, or UNCHANGED, are as the source has them.
Named = dict[str, Value]


@dataclass
class Changes:
    """The last change of each key within a piece of the log: the row as it became, or None where it was deleted."""

    key: tuple[str, ...]
    rows: dict[tuple[Value, ...], Named | None] = field(default_factory=dict)
    bytes: int = 0

    def put(self, row: Named) -> None:
        key = tuple(row[name] for name in self.key)
        before = self.rows.pop(key, None)
        if before:
            row = {name: before.get(name, UNCHANGED) if value is UNCHANGED else value for name, value in row.items()}
        self.rows[key] = row
        self.bytes += sum(len(value) for value in row.values() if isinstance(value, str)) + 100

    def drop(self, row: Named) -> None:
        key = tuple(row[name] for name in self.key)
        self.rows.pop(key, None)
        self.rows[key] = None
        self.bytes += 100


class ChangeLog:
    """Follows the messages of one table, or of its partitions, from the transactions that ended at `start` or later."""

    def __init__(self, tables: frozenset[tuple[str, str]], key: tuple[str, ...], start: int) -> None:
        self._tables, self._key, self._start = tables, key, start
        self._is_known = False
        self._relations: dict[int, RelationInfo] = {}
        self._own: set[int] = set()
        self.changes = Changes(key)
        self.is_truncated = False
        self.lsn: int | None = None

    def apply(self, message: Message) -> None:
        if isinstance(message, RelationInfo):
            self._relations[message.oid] = message
            if (message.schema, message.name) in self._tables:
                self._own.add(message.oid)
        elif isinstance(message, Begin):
            self._is_known = message.final_lsn < self._start
        elif isinstance(message, Commit):
            self.lsn = message.end_lsn
        elif self._is_known:
            return
        elif isinstance(message, Truncate):
            if self._own & set(message.oids):
                self.changes = Changes(self._key)
                self.is_truncated = True
        elif message.oid in self._own:
            self._apply_row(message)

    def _apply_row(self, message: Insert | Update | Delete) -> None:
        names = self._relations[message.oid].columns
        if isinstance(message, Delete):
            self.changes.drop(dict(zip(names, message.old, strict=True)))
            return
        new = dict(zip(names, message.new, strict=True))
        if isinstance(message, Update) and message.old is not None:
            old = dict(zip(names, message.old, strict=True))
            for name, value in new.items():
                if value is UNCHANGED and old.get(name) is not None:
                    new[name] = old[name]
            if any(old[name] != new[name] for name in self._key):
                moved = self.changes.rows.get(tuple(old[name] for name in self._key))
                if moved:
                    for name, value in new.items():
                        if value is UNCHANGED:
                            new[name] = moved.get(name, UNCHANGED)
                self.changes.drop(old)
        self.changes.put(new)

    def take(self) -> Changes:
        """The changes since the last call."""
        taken, self.changes = self.changes, Changes(self._key)
        return taken


def in_parts(changes: Changes, size: int) -> Iterator[list[tuple[tuple[Value, ...], Named | None]]]:
    """The changes in lists of at most `size`."""
    items = list(changes.rows.items())
    for start in range(0, len(items), size):
        yield items[start : start + size]

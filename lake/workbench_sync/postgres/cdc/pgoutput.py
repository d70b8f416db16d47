"""The messages of PostgreSQL's output plugin pgoutput, protocol version 1 (values in text form).

https://www.postgresql.org/docs/current/protocol-logicalrep-message-formats.html
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import Enum


class Missing(Enum):
    """A value that the message does not hold, since it is large and did not change."""

    UNCHANGED = 0


UNCHANGED = Missing.UNCHANGED
Value = str | None | Missing
Row = tuple[Value, ...]


@dataclass(frozen=True)
class Begin:
    final_lsn: int
    xid: int


@dataclass(frozen=True)
class Commit:
    lsn: int
    end_lsn: int


@dataclass(frozen=True)
class RelationInfo:
    oid: int
    schema: str
    name: str
    columns: tuple[str, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Insert:
    oid: int
    new: Row


@dataclass(frozen=True)
class Update:
    """`old` is there where the key changed or the whole old row is sent."""

    oid: int
    old: Row | None
    new: Row


@dataclass(frozen=True)
class Delete:
    oid: int
    old: Row


@dataclass(frozen=True)
class Truncate:
    oids: tuple[int, ...]


Message = Begin | Commit | RelationInfo | Insert | Update | Delete | Truncate


class _Reader:
    def __init__(self, payload: bytes) -> None:
        self._payload, self._at = payload, 0

    def number(self, code: str) -> int:
        (value,) = struct.unpack_from(f"!{code}", self._payload, self._at)
        self._at += struct.calcsize(f"!{code}")
        return value

    def letter(self) -> str:
        self._at += 1
        return chr(self._payload[self._at - 1])

    def text(self) -> str:
        end = self._payload.index(0, self._at)
        value = self._payload[self._at : end].decode()
        self._at = end + 1
        return value

    def row(self) -> Row:
        return tuple(self._value() for _ in range(self.number("h")))

    def _value(self) -> Value:
        kind = self.letter()
        if kind == "n":
            return None
        if kind == "u":
            return UNCHANGED
        if kind != "t":
            raise ValueError(f"a value of kind {kind!r}")
        size = self.number("i")
        value = self._payload[self._at : self._at + size].decode()
        self._at += size
        return value


def decode(payload: bytes) -> Message | None:
    """One message; None for those that say nothing about rows. Raises ValueError for what the protocol lacks."""
    reader = _Reader(payload)
    kind = reader.letter()
    if kind == "B":
        final_lsn, _, xid = reader.number("Q"), reader.number("q"), reader.number("I")
        return Begin(final_lsn, xid)
    if kind == "C":
        reader.number("B")
        return Commit(reader.number("Q"), reader.number("Q"))
    if kind == "R":
        return _relation(reader)
    if kind == "I":
        oid, _ = reader.number("I"), reader.letter()
        return Insert(oid, reader.row())
    if kind == "U":
        oid, part = reader.number("I"), reader.letter()
        old = None
        if part in "KO":
            old = reader.row()
            reader.letter()
        return Update(oid, old, reader.row())
    if kind == "D":
        oid, _ = reader.number("I"), reader.letter()
        return Delete(oid, reader.row())
    if kind == "T":
        count, _ = reader.number("I"), reader.number("B")
        return Truncate(tuple(reader.number("I") for _ in range(count)))
    if kind in "OYM":
        return None
    raise ValueError(f"a message of kind {kind!r}")


def _relation(reader: _Reader) -> RelationInfo:
    oid, schema, name = reader.number("I"), reader.text(), reader.text()
    reader.letter()
    columns, keys = [], []
    for _ in range(reader.number("h")):
        is_key = reader.number("B") & 1
        column = reader.text()
        reader.number("I")
        reader.number("i")
        columns.append(column)
        if is_key:
            keys.append(column)
    return RelationInfo(oid, schema, name, tuple(columns), tuple(keys))


def lsn_text(lsn: int) -> str:
    return f"{lsn >> 32:X}/{lsn & 0xFFFFFFFF:X}"


def lsn_number(text: str) -> int:
    high, low = text.split("/")
    return (int(high, 16) << 32) + int(low, 16)

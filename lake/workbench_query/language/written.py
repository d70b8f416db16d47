"""Pieces of the text that is written for an engine, each with the place in the statement from which it stems."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from sqlglot import exp

from ..failures import QueryFailure
from .sql_types import SqlType

# How tightly a piece holds together; a looser one is put in brackets where it becomes an operand.
ATOM, UNARY, TIMES, PLUS, COMPARED, NOT, AND, OR = range(8)

_OPEN, _CLOSE = "\U000f0000", "\U000f0001"
# Stands for a line break inside a text, which is not to be indented.
_BREAK = "\U000f0002"
_MARK = re.compile(f"{_OPEN}(\\d+),(\\d+){_CLOSE}([^{_OPEN}]*)")


@dataclass
class Piece:
    """An expression, written. `nan`: may be NaN. `loose`: a decimal whose precision the engine may reckon otherwise,
    its scale being the same. `zone`: the zone of a timestamp with one, where `text` is the local time there.
    `literal`: the value of a literal."""

    text: str
    type: SqlType
    bind: int = ATOM
    nan: bool = False
    loose: bool = False
    zone: str | None = None
    literal: Any = None

    def at(self, bind: int) -> str:
        """The text as an operand of something that binds so tightly."""
        return self.text if self.bind <= bind else f"({self.text})"

    @property
    def atom(self) -> str:
        return self.at(ATOM)

    def typed(self, of: SqlType) -> Piece:
        return replace(self, type=of)


@dataclass
class Column:
    """A column of something in FROM. `hidden`: joined by USING, and only to be named with its table."""

    name: str
    type: SqlType
    nan: bool = False
    loose: bool = False


def place_of(node: exp.Expression | None) -> tuple[int, int] | None:
    """(start, length) of a node in the statement, in characters: its own, or that of the first part that has one."""
    if node is None:
        return None
    for part in node.walk(bfs=False):
        if "start" in part.meta:
            return part.meta["start"], part.meta["end"] - part.meta["start"] + 1
    return None


def mark(node: exp.Expression, text: str) -> str:
    """`text`, known to stem from `node`."""
    meta = node.meta
    if "start" not in meta:
        return text
    return f"{_OPEN}{meta['start']},{meta['end'] - meta['start'] + 1}{_CLOSE}{text}{_OPEN}0,0{_CLOSE}"


def text_literal(value: str) -> str:
    """A text as both engines read it."""
    return "'" + value.replace("'", "''").replace("\n", _BREAK) + "'"


def unmarked(text: str) -> str:
    return re.sub(f"{_OPEN}\\d+,\\d+{_CLOSE}", "", text)


def with_origins(marked: str) -> tuple[str, list[tuple[int, int, int]]]:
    """The text without its marks, and (start there, start as written, length as written) of each, in characters."""
    parts: list[str] = []
    origins: list[tuple[int, int, int]] = []
    at = 0
    marked = marked.replace(_BREAK, "\n")
    head, _, _ = marked.partition(_OPEN)
    parts.append(head)
    at += len(head)
    for match in _MARK.finditer(marked, len(head)):
        start, length, text = int(match[1]), int(match[2]), match[3]
        if length > 0:
            origins.append((at, start, length))
        parts.append(text)
        at += len(text)
    return "".join(parts), origins


def refusal(node: exp.Expression | None, message: str, hint: str | None = None) -> QueryFailure:
    """The failure `invalid_input` at the node."""
    place = place_of(node)
    return QueryFailure("invalid_input", message, hint=hint, offset=None if place is None else place[0])


def refuse(node: exp.Expression | None, message: str, hint: str | None = None) -> NoReturn:
    """End with `invalid_input` at the node."""
    raise refusal(node, message, hint)


def only(node: exp.Expression, *handled: str, name: str | None = None) -> None:
    """Refuse a node that has a part which is not handled: nothing that was written may be left out."""
    for key, value in node.args.items():
        if value in (None, False, []) or key in handled:
            continue
        part = key.strip("_").replace("_", " ").upper()
        refuse(
            node,
            f"{name or node.key.upper()} with {part} is not translated.",
            "Choose the engine of the dialect it is written in.",
        )

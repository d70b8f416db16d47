"""Collects the DAGs of a source: tasks, groups, edges, and notes about what was not understood."""

from __future__ import annotations

import ast
from typing import Any

from ..failures import QueryFailure
from .ref import Node, Ref

MOST_TASKS = 10_000
MOST_EDGES = 100_000
MOST_STEPS = 300_000
MOST_TEXT = 2_000
MOST_LINES = 60
# Of the answer, in values and characters alike.
MOST_TOLD = 8_000_000


class Found:
    """What has been read so far, and how much more may be read."""

    def __init__(self, source: str) -> None:
        self._lines = source.encode(errors="replace").splitlines(keepends=True)
        self.dags: list[dict[str, Any]] = []
        self.notes: list[dict[str, Any]] = []
        self.groups: dict[Node, dict[str, Any]] = {}
        self._ids: set[Node] = set()
        self._edges: set[tuple[Node, Node]] = set()
        self._steps = 0
        self._told = 0

    def step(self, weight: int = 1) -> None:
        """Count work: sources that unfold without end are refused."""
        self._steps += weight
        if self._steps > MOST_STEPS:
            raise too_much()

    def text_of(self, node: ast.AST) -> str:
        """The source of a node, cut where it is long."""
        first, last = node.lineno - 1, min(node.end_lineno - 1, node.lineno + MOST_LINES)
        start, end, parts = node.col_offset, node.end_col_offset, []
        for number in range(first, last + 1):
            line = self._lines[number]
            until = end if number == node.end_lineno - 1 else len(line)
            parts.append(line[start : min(until, start + 4 * MOST_TEXT)])
            start = 0
        text = b"".join(parts).decode(errors="replace")
        return text if len(text) <= MOST_TEXT else text[:MOST_TEXT] + "..."

    def note(self, node: ast.AST, what: str, why: str) -> None:
        """Say that something was not read as it is written."""
        note = {"line": getattr(node, "lineno", 0), "what": what, "why": why}
        if note not in self.notes[-50:]:
            self.tell(len(what) + len(why))
            self.notes.append(note)

    def tell(self, size: int) -> None:
        """Count what the answer holds."""
        self._told += size
        if self._told > MOST_TOLD:
            raise too_much()

    def told(self, arguments: dict[str, Ref]) -> dict[str, Any]:
        """Arguments as the answer has them."""
        for argument in arguments.values():
            self.tell(argument.size + (len(argument.json) if isinstance(argument.json, str) else 20))
        return {name: argument.json for name, argument in arguments.items()}

    def add_dag(self, dag_id: str, arguments: dict[str, Ref], line: int) -> int:
        """A DAG; gives its number."""
        self.dags.append(
            {
                "id": dag_id,
                "line": line,
                "arguments": self.told(arguments),
                "tasks": [],
                "groups": [],
                "edges": [],
            }
        )
        return len(self.dags) - 1

    def free_id(self, dag: int, wanted: str) -> str:
        """The id, with a number behind it where it is taken."""
        node, number = wanted, 0
        while (dag, node) in self._ids:
            self.step()
            number += 1
            node = f"{wanted}__{number}"
        self._ids.add((dag, node))
        return node

    def add_group(self, node: Node, fields: dict[str, Any], arguments: dict[str, Ref]) -> None:
        """A group, empty still."""
        group = {"id": node[1], "members": [], **fields, "arguments": self.told(arguments)}
        self.groups[node] = group
        self.dags[node[0]]["groups"].append(group)

    def add_task(self, dag: int, task: dict[str, Any], upstream: tuple[Node, ...]) -> Node:
        """A task with those that it takes values from."""
        tasks = self.dags[dag]["tasks"]
        if len(tasks) >= MOST_TASKS:
            raise too_much()
        tasks.append(task)
        node = (dag, task["id"])
        for other in upstream:
            self.add_edge(other, node)
        return node

    def add_edge(self, before: Node, after: Node) -> None:
        """`after` waits for `before`, each a task or a group."""
        if before == after or before[0] != after[0] or (before, after) in self._edges:
            return
        if len(self._edges) >= MOST_EDGES:
            raise too_much()
        self._edges.add((before, after))
        self.dags[before[0]]["edges"].append([before[1], after[1]])

    def join(self, before: Ref, after: Ref) -> None:
        """Every task of the one before every task of the other."""
        for first in before.nodes:
            for second in after.nodes:
                self.step()
                self.add_edge(first, second)


def too_much() -> QueryFailure:
    """The source unfolds into more than is read."""
    return QueryFailure(
        "resource_exhausted", "The source unfolds into too many tasks or values.", hint="Import one DAG at a time."
    )

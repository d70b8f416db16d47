"""What is known of an expression: its value where it is plain to see, the tasks that it stands for, or its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

# Values that grow beyond this, through names that hold each other, are told as text.
MOST_SIZE = 20_000

Node = tuple[int, str]


@dataclass(frozen=True)
class Ref:
    """`json` is how the expression is told; a key with a dollar sign says that it is no plain value."""

    json: Any
    kind: Literal["value", "code", "nodes", "dag", "group", "function", "maker"] = "value"
    # Tasks and groups that it stands for or holds, each with the number of its DAG.
    nodes: tuple[Node, ...] = ()
    # Entries of a list, where they are known.
    items: tuple[Ref, ...] | None = None
    size: int = 1
    # What a function, a maker of tasks or a DAG is beside its text.
    extra: Any = None

    @property
    def is_text(self) -> bool:
        return self.kind == "value" and isinstance(self.json, str)

    @property
    def is_number(self) -> bool:
        return self.kind == "value" and isinstance(self.json, (int, float)) and not isinstance(self.json, bool)


@dataclass(frozen=True)
class Maker:
    """A decorated function or an operator's class that makes tasks when it is called."""

    operator: str
    name: str
    # Of the task itself, and of the call of its function.
    settings: dict[str, Ref]
    arguments: dict[str, Ref]
    function: Any = None


def list_of(items: tuple[Ref, ...], text: str) -> Ref:
    """A list of what is known of its entries; its text where it would be too large."""
    size = 1 + sum(item.size for item in items)
    nodes = tuple(node for item in items for node in item.nodes)
    if size > MOST_SIZE:
        return Ref({"$code": text}, "code", nodes)
    kind = "nodes" if nodes and all(item.kind in ("nodes", "group") for item in items) else "value"
    return Ref([item.json for item in items], kind, nodes, items, size)


def dict_of(entries: dict[str, Ref], text: str) -> Ref:
    """An object of what is known of its entries; its text where it would be too large or be mistaken."""
    size = 1 + sum(1 + len(key) // 100 + entry.size for key, entry in entries.items())
    nodes = tuple(node for entry in entries.values() for node in entry.nodes)
    if size > MOST_SIZE or any(key.startswith("$") for key in entries):
        return Ref({"$code": text}, "code", nodes)
    return Ref({key: entry.json for key, entry in entries.items()}, "value", nodes, None, size, dict(entries))

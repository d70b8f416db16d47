"""Calls: of operators, of decorated functions, of groups, and of what joins tasks."""

from __future__ import annotations

import ast
import re
from typing import Any

from .found import Found
from .ref import Maker, Node, Ref, dict_of, list_of
from .times import read_time

OPERATOR = re.compile(r"^[A-Z]\w*(Operator|Sensor|OperatorAsync|SensorAsync)$")
DEEPEST_CALL = 20
LONGEST_RANGE = 10_000


class Calls:
    """The part of the reader that makes tasks."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.names: dict[str, Ref] = {}
        # What an imported name is called where it comes from.
        self.aliases: dict[str, str] = {}
        self.open_dags: list[int] = []
        self.open_groups: list[Node] = []
        self.calls_open = 0
        self.made = 0

    def name_of(self, node: ast.expr) -> str:
        """The last part of what is called, as its module has it; empty where it has no name."""
        if isinstance(node, ast.Name):
            return self.aliases.get(node.id, node.id)
        return node.attr if isinstance(node, ast.Attribute) else ""

    def arguments_of(self, node: ast.Call) -> tuple[list[Ref], dict[str, Ref]]:
        """Positional and named arguments; what `**` holds is among the named where it is known."""
        positional = [self.evaluate(it.value if isinstance(it, ast.Starred) else it) for it in node.args]
        named: dict[str, Ref] = {}
        for keyword in node.keywords:
            told = self.evaluate(keyword.value)
            if keyword.arg is not None:
                named[keyword.arg] = told
            elif isinstance(told.extra, dict):
                named |= told.extra
            else:
                named["**"] = told
        return positional, named

    def call(self, node: ast.Call) -> Ref:
        """What a call gives."""
        name = self.name_of(node.func)
        if isinstance(node.func, ast.Attribute):
            told = self._method(node, node.func)
            if told is not None:
                return told
        target = self.names.get(node.func.id) if isinstance(node.func, ast.Name) else None
        if target is None and isinstance(node.func, ast.Call):
            target = self.evaluate(node.func)
        positional, named = self.arguments_of(node)
        if target is not None and target.kind == "maker":
            return self.make(node, target.extra, positional, named)
        if target is not None and target.kind == "function":
            return self._plain_call(node, target)
        return self._known_call(node, name, positional, named)

    def _known_call(self, node: ast.Call, name: str, positional: list[Ref], named: dict[str, Ref]) -> Ref:
        if name == "DAG":
            return self.new_dag(node, positional, named)
        if name == "TaskGroup":
            return self.new_group(node, positional, named)
        if OPERATOR.match(name) or ("task_id" in named and name[:1].isupper()):
            settings = {f"argument {place}": told for place, told in enumerate(positional, 1)} | named
            return self.task(node, name, settings, {})
        if name in ("chain", "chain_linear"):
            return self._chain(positional)
        if name == "cross_downstream" and len(positional) == 2:
            self.found.join(positional[0], positional[1])
            return positional[1]
        if name == "dict" and not positional:
            return dict_of(named, self.found.text_of(node))
        if name in ("list", "tuple", "set") and len(positional) == 1 and positional[0].items is not None:
            return positional[0]
        if name == "range" and all(told.is_number for told in positional) and 1 <= len(positional) <= 3:
            return self._range(node, [int(told.json) for told in positional])
        nodes = tuple(point for told in [*positional, *named.values()] for point in told.nodes)
        return read_time(name, positional, named) or Ref({"$code": self.found.text_of(node)}, "code", nodes)

    def _range(self, node: ast.Call, bounds: list[int]) -> Ref:
        if len(bounds) == 3 and bounds[2] == 0:
            return self.code(node)
        numbers = range(*bounds)
        self.found.step(min(len(numbers), LONGEST_RANGE))
        return self.code(node) if len(numbers) > LONGEST_RANGE else list_of(tuple(map(Ref, numbers)), "range")

    def _method(self, node: ast.Call, func: ast.Attribute) -> Ref | None:
        """A call on a task, an operator or a decorated function; None where it is none."""
        if func.attr in ("partial", "override", "expand", "expand_kwargs"):
            return self._mapped(node, func)
        if func.attr in ("set_upstream", "set_downstream"):
            base, others = self.evaluate(func.value), [self.evaluate(it) for it in node.args]
            for other in others:
                if func.attr == "set_downstream":
                    self.found.join(base, other)
                else:
                    self.found.join(other, base)
            return base
        if func.attr in ("as_setup", "as_teardown"):
            self.found.note(node, f".{func.attr}()", "A task is like any other here.")
            return self.evaluate(func.value)
        if func.attr == "items" and not node.args:
            base = self.evaluate(func.value)
            if base.kind == "value" and isinstance(base.extra, dict):
                pairs = [list_of((Ref(key), told), "") for key, told in base.extra.items()]
                return list_of(tuple(pairs), self.found.text_of(node))
        return None

    def _mapped(self, node: ast.Call, func: ast.Attribute) -> Ref | None:
        """`.partial()`, `.override()` and `.expand()` of an operator or of a decorated function."""
        name = self.name_of(func.value)
        target = self.evaluate(func.value)
        if target.kind == "maker":
            maker: Maker = target.extra
        elif OPERATOR.match(name):
            maker = Maker(name, "", {}, {})
        else:
            return None
        positional, named = self.arguments_of(node)
        is_function = maker.function is not None
        if func.attr == "override":
            maker = Maker(maker.operator, maker.name, maker.settings | named, maker.arguments, maker.function)
        elif func.attr == "partial" and is_function:
            maker = Maker(maker.operator, maker.name, maker.settings, maker.arguments | named, maker.function)
        elif func.attr == "partial":
            maker = Maker(maker.operator, maker.name, maker.settings | named, maker.arguments, None)
        else:
            over = {f"argument {place}": told for place, told in enumerate(positional, 1)} | named
            mapped = {f"{func.attr}({key})": told for key, told in over.items()}
            if maker.operator == "@task_group":
                self.found.note(node, self.found.text_of(node), "The group is read once, not once for each entry.")
                return self.make(node, maker, positional, named)
            return self.task(node, maker.operator, maker.settings | mapped, maker.arguments, maker)
        return Ref({"$code": self.found.text_of(node)}, "maker", extra=maker)

    def _chain(self, parts: list[Ref]) -> Ref:
        """`chain(a, [b, c], [d, e], f)`: lists of one length are joined one by one."""
        for before, after in zip(parts, parts[1:], strict=False):
            first, second = before.items, after.items
            if first is not None and second is not None and len(first) == len(second):
                for left, right in zip(first, second, strict=True):
                    self.found.join(left, right)
            else:
                self.found.join(before, after)
        return parts[-1] if parts else Ref(None)

    def _plain_call(self, node: ast.Call, target: Ref) -> Ref:
        """A function without a decorator is not followed."""
        why = "Functions that are called while a DAG is made are not followed."
        self.found.note(node, self.found.text_of(node), why)
        return self.code(node)

    def task(
        self, node: ast.Call, operator: str, settings: dict[str, Ref], arguments: dict[str, Ref], maker: Any = None
    ) -> Ref:
        """A task of the DAG that is open, or that it names."""
        settings = dict(settings)
        named, owner, group = settings.pop("task_id", None), settings.pop("dag", None), settings.pop("task_group", None)
        dag = owner.extra if owner is not None and owner.kind == "dag" else (self.open_dags or [None])[-1]
        text = self.found.text_of(node)
        if dag is None:
            self.found.note(node, text, "The task belongs to no DAG that is known here.")
            return self.code(node)
        default = maker.name if maker is not None and maker.name else f"{operator.lstrip('@')}_{node.lineno}"
        if named is not None and not named.is_text:
            self.found.note(node, text, f"The id of the task is not known; it is called {default}.")
        wanted = named.json if named is not None and named.is_text else default
        home = group.nodes[0] if group is not None and group.kind == "group" and group.nodes else self.home_in(dag)
        task_id = self.found.free_id(dag, self.prefixed(home, wanted))
        nodes = tuple(point for told in [*settings.values(), *arguments.values()] for point in told.nodes)
        task: dict[str, Any] = {
            "id": task_id,
            "operator": operator,
            "arguments": self.found.told(settings),
            "line": node.lineno,
        }
        if arguments:
            task["call"] = self.found.told(arguments)
        if maker is not None and maker.function is not None:
            task["function"] = maker.function.json["$function"]
        made = self.found.add_task(dag, task, nodes)
        if home is not None:
            self.found.groups[home]["members"].append(task_id)
        self.made += 1
        return Ref({"$tasks": [task_id]}, "nodes", (made,))

    def home_in(self, dag: int) -> Node | None:
        """The group that is open, where it is one of this DAG."""
        return self.open_groups[-1] if self.open_groups and self.open_groups[-1][0] == dag else None

    def prefixed(self, home: Node | None, wanted: str) -> str:
        """An id as it reads within its group."""
        return wanted if home is None or not self.found.groups[home]["prefix"] else f"{home[1]}.{wanted}"

"""Walks through the statements of a source: what makes DAGs, groups and tasks, and what does not."""

from __future__ import annotations

import ast

from .calls import DEEPEST_CALL
from .expressions import Expressions
from .found import too_much
from .ref import Maker, Node, Ref, dict_of

GROUP_FIELDS = ("group_id", "prefix_group_id", "tooltip", "default_args")
DECORATORS = {"dag": "dag", "task": "@task", "task_group": "@task_group", "setup": "@task", "teardown": "@task"}
QUIET = (ast.Pass, ast.Global, ast.Nonlocal, ast.Break, ast.Continue, ast.Assert, ast.Raise, ast.Delete)


class Reader(Expressions):
    """Reads a module. Nothing of it is run."""

    def read(self, statements: list[ast.stmt]) -> None:
        """Each statement in its order."""
        for statement in statements:
            self.found.step()
            if isinstance(statement, QUIET):
                continue
            look = getattr(self, f"_read_{type(statement).__name__}", None)
            if look is None:
                self._not_read(statement, "Statements of this kind are not read.")
            else:
                look(statement)

    def _not_read(self, statement: ast.stmt, why: str) -> None:
        self.found.note(statement, self.found.text_of(statement).split("\n")[0], why)

    def _read_Import(self, statement: ast.Import | ast.ImportFrom) -> None:
        for alias in statement.names:
            if alias.asname is not None:
                self.aliases[alias.asname] = alias.name.split(".")[-1]

    _read_ImportFrom = _read_Import

    def _read_Expr(self, statement: ast.Expr) -> None:
        told = self.evaluate(statement.value)
        if self.open_dags and isinstance(statement.value, ast.Call) and told.kind == "code":
            self._not_read(statement, "The call makes no task that is known here.")

    def _read_Assign(self, statement: ast.Assign) -> None:
        told = self.evaluate(statement.value)
        for target in statement.targets:
            self.bind(target, told)

    def _read_AnnAssign(self, statement: ast.AnnAssign) -> None:
        if statement.value is not None:
            self.bind(statement.target, self.evaluate(statement.value))

    def _read_AugAssign(self, statement: ast.AugAssign) -> None:
        whole = ast.BinOp(left=statement.target, op=statement.op, right=statement.value)
        self.bind(statement.target, self.evaluate(ast.copy_location(whole, statement)))

    def _read_Return(self, statement: ast.Return) -> None:
        if statement.value is not None:
            self.evaluate(statement.value)

    def _read_With(self, statement: ast.With | ast.AsyncWith) -> None:
        dags, groups = list(self.open_dags), list(self.open_groups)
        for item in statement.items:
            told = self.evaluate(item.context_expr)
            if item.optional_vars is not None:
                self.bind(item.optional_vars, told)
            if told.kind == "dag":
                self.open_dags = [*self.open_dags, told.extra]
            elif told.kind == "group":
                self.open_groups = [*self.open_groups, told.nodes[0]]
            else:
                self._not_read(statement, "What this block is for is not read; its statements are.")
        self.read(statement.body)
        self.open_dags, self.open_groups = dags, groups

    _read_AsyncWith = _read_With

    def _read_For(self, statement: ast.For | ast.AsyncFor) -> None:
        entries = self.entries_of(self.evaluate(statement.iter))
        if entries is None:
            self._with_note(statement, [statement.body], "What this loop goes over is not known; it is read once.")
        else:
            for entry in entries:
                self.bind(statement.target, entry)
                self.read(statement.body)
        self.read(statement.orelse)

    _read_AsyncFor = _read_For

    def _read_While(self, statement: ast.While) -> None:
        self._with_note(statement, [statement.body, statement.orelse], "This loop is read once.")

    def _read_If(self, statement: ast.If) -> None:
        test = statement.test
        if isinstance(test, ast.Compare) and isinstance(test.left, ast.Name) and test.left.id == "__name__":
            return
        why = "Whether this holds is not known; both sides are read."
        self._with_note(statement, [statement.body, statement.orelse], why)

    def _read_Try(self, statement: ast.Try) -> None:
        parts = [statement.body, statement.orelse, statement.finalbody]
        self._with_note(statement, parts, "The handlers of errors are not read.")

    def _with_note(self, statement: ast.stmt, parts: list[list[ast.stmt]], why: str) -> None:
        """Parts that may run or not; said where they make tasks."""
        before = self.made
        for part in parts:
            self.read(part)
        if self.made > before:
            self._not_read(statement, why)

    def _read_ClassDef(self, statement: ast.ClassDef) -> None:
        self._not_read(statement, "Classes are not read: an operator of one's own is kept as a Python task.")

    def _read_FunctionDef(self, statement: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        lines = [statement.lineno, statement.end_lineno or statement.lineno]
        function = Ref({"$function": {"name": statement.name, "lines": lines}}, "function", extra=statement)
        self.names[statement.name] = function
        for decorator in statement.decorator_list:
            called = decorator if isinstance(decorator, ast.Call) else None
            place = called.func if called is not None else decorator
            kind = self._decorator(place)
            positional, named = self.arguments_of(called) if called is not None else ([], {})
            if kind == "dag":
                self._dag_function(statement, called, positional, named)
            elif kind is not None:
                if positional and kind == "@task_group":
                    named = {"group_id": positional[0]} | named
                maker = Maker(kind, statement.name, named, {}, function)
                self.names[statement.name] = Ref(function.json, "maker", extra=maker)
            else:
                self.found.note(decorator, f"@{self.found.text_of(decorator)}", "This decorator is not known.")

    _read_AsyncFunctionDef = _read_FunctionDef

    def _decorator(self, place: ast.expr) -> str | None:
        name = self.name_of(place)
        if isinstance(place, ast.Attribute) and self.name_of(place.value) == "task":
            return f"@task.{name}"
        return DECORATORS.get(name)

    def _dag_function(
        self, statement: ast.FunctionDef, called: ast.Call | None, positional: list[Ref], named: dict[str, Ref]
    ) -> None:
        named = {"dag_id": Ref(statement.name)} | named
        docs = ast.get_docstring(statement)
        if docs is not None and "description" not in named:
            named["doc_md"] = Ref(docs, size=1 + len(docs) // 100)
        defaults = dict(zip([it.arg for it in statement.args.args][::-1], statement.args.defaults[::-1], strict=False))
        if defaults and "params" not in named:
            told = {name: self.evaluate(value) for name, value in defaults.items()}
            named["params"] = dict_of(told, statement.name)
        dag = self.new_dag(called or statement, positional, named)
        outer, dags, groups = self.names, self.open_dags, self.open_groups
        self.names, self.open_dags, self.open_groups = dict(outer), [*dags, dag.extra], []
        self.read(statement.body)
        self.names, self.open_dags, self.open_groups = outer, dags, groups

    def new_dag(self, node: ast.Call | ast.stmt, positional: list[Ref], named: dict[str, Ref]) -> Ref:
        """A DAG of its own."""
        named = dict(zip(("dag_id", "description", "schedule"), positional, strict=False)) | named
        told = named.pop("dag_id", None)
        if told is None or not told.is_text:
            self.found.note(node, "dag_id", "The id of the DAG is not known.")
        dag_id = told.json if told is not None and told.is_text else f"dag_{node.lineno}"
        number = self.found.add_dag(dag_id, named, node.lineno)
        return Ref({"$dag": dag_id}, "dag", extra=number)

    def new_group(self, node: ast.Call, positional: list[Ref], named: dict[str, Ref]) -> Ref:
        """A group of the DAG that is open, within the group that is open."""
        named = dict(zip(GROUP_FIELDS, positional, strict=False)) | named
        owner, told, parent = named.pop("dag", None), named.pop("group_id", None), named.pop("parent_group", None)
        dag = owner.extra if owner is not None and owner.kind == "dag" else (self.open_dags or [None])[-1]
        if dag is None:
            self.found.note(node, self.found.text_of(node), "The group belongs to no DAG that is known here.")
            return self.code(node)
        wanted = told.json if told is not None and told.is_text else f"group_{node.lineno}"
        home = parent.nodes[0] if parent is not None and parent.kind == "group" else self.home_in(dag)
        prefix = named.pop("prefix_group_id", Ref(True)).json is not False
        group_id = self.found.free_id(dag, self.prefixed(home, wanted))
        point: Node = (dag, group_id)
        self.found.add_group(point, {"label": wanted, "prefix": prefix, "line": node.lineno}, named)
        if home is not None:
            self.found.groups[home]["members"].append(group_id)
        return Ref({"$tasks": [group_id]}, "group", (point,))

    def make(self, node: ast.Call, maker: Maker, positional: list[Ref], named: dict[str, Ref]) -> Ref:
        """A call of a decorated function, or of an operator with a part of its arguments."""
        if maker.function is None:
            return self.task(node, maker.operator, maker.settings | named, {}, maker)
        statement: ast.FunctionDef = maker.function.extra
        names = [argument.arg for argument in statement.args.args]
        surplus = {f"argument {place}": told for place, told in enumerate(positional[len(names) :], len(names) + 1)}
        arguments = dict(zip(names, positional, strict=False)) | surplus | maker.arguments | named
        if maker.operator != "@task_group":
            return self.task(node, maker.operator, maker.settings, arguments, maker)
        if self.calls_open >= DEEPEST_CALL:
            raise too_much()
        settings = {"group_id": Ref(maker.name)} | maker.settings
        group = self.new_group(node, [], settings)
        if group.kind != "group":
            return group
        outer, groups = self.names, self.open_groups
        self.found.step(1 + len(outer) // 20)
        self.names, self.open_groups = outer | arguments, [*groups, group.nodes[0]]
        self.calls_open += 1
        self.read(statement.body)
        self.calls_open -= 1
        self.names, self.open_groups = outer, groups
        return group

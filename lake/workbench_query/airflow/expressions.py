"""Tells what expressions stand for, as far as it can be seen without running anything."""

from __future__ import annotations

import ast

from .calls import Calls
from .ref import MOST_SIZE, Ref, dict_of, list_of

LONGEST_TEXT = 100_000
LARGEST_NUMBER = 1e15


class Expressions(Calls):
    """Looks at expressions. Whatever it does not know is told as text."""

    def evaluate(self, node: ast.expr) -> Ref:
        """What an expression stands for."""
        self.found.step()
        look = getattr(self, f"_{type(node).__name__}", None)
        return self.code(node) if look is None else look(node)

    def code(self, node: ast.expr) -> Ref:
        """The text of an expression that is not understood."""
        return Ref({"$code": self.found.text_of(node)}, "code")

    def _Constant(self, node: ast.Constant) -> Ref:
        value = node.value
        if isinstance(value, str):
            return Ref(value, size=1 + len(value) // 100)
        if value is None or isinstance(value, bool):
            return Ref(value)
        if isinstance(value, (int, float)) and abs(value) < LARGEST_NUMBER:
            return Ref(value)
        return self.code(node)

    def _Name(self, node: ast.Name) -> Ref:
        return self.names.get(node.id) or self.code(node)

    def _JoinedStr(self, node: ast.JoinedStr) -> Ref:
        parts: list[str] = []
        for value in node.values:
            is_plain = isinstance(value, ast.FormattedValue) and value.format_spec is None and value.conversion == -1
            part = self.evaluate(value.value if is_plain else value)
            if not (part.is_text or part.is_number):
                return self.code(node)
            parts.append(str(part.json))
        text = "".join(parts)
        return Ref(text, size=1 + len(text) // 100) if len(text) <= LONGEST_TEXT else self.code(node)

    def _List(self, node: ast.List | ast.Tuple | ast.Set) -> Ref:
        return list_of(tuple(self.evaluate(item) for item in node.elts), self.found.text_of(node))

    _Tuple = _List
    _Set = _List

    def _Dict(self, node: ast.Dict) -> Ref:
        entries: dict[str, Ref] = {}
        is_plain = True
        for key, value in zip(node.keys, node.values, strict=True):
            told, name = self.evaluate(value), None if key is None else self.evaluate(key)
            if name is None and isinstance(told.extra, dict):
                entries |= told.extra
            elif name is not None and (name.is_text or name.is_number):
                entries[str(name.json)] = told
            else:
                is_plain = False
        return dict_of(entries, self.found.text_of(node)) if is_plain else self.code(node)

    def _UnaryOp(self, node: ast.UnaryOp) -> Ref:
        operand = self.evaluate(node.operand)
        if isinstance(node.op, ast.USub) and operand.is_number:
            return Ref(-operand.json)
        return self.code(node)

    def _BinOp(self, node: ast.BinOp) -> Ref:
        if isinstance(node.op, (ast.RShift, ast.LShift)):
            return self._shifts(node)
        left, right = self.evaluate(node.left), self.evaluate(node.right)
        if isinstance(node.op, ast.Add) and left.is_text and right.is_text:
            text = left.json + right.json if len(left.json) + len(right.json) <= LONGEST_TEXT else None
            return self.code(node) if text is None else Ref(text, size=1 + len(text) // 100)
        if isinstance(node.op, ast.Add) and left.items is not None and right.items is not None:
            return list_of(left.items + right.items, self.found.text_of(node))
        if isinstance(node.op, ast.BitOr) and isinstance(left.extra, dict) and isinstance(right.extra, dict):
            return dict_of(left.extra | right.extra, self.found.text_of(node))
        if left.is_number and right.is_number:
            return self._number(node, left.json, right.json)
        return self.code(node)

    def _number(self, node: ast.BinOp, left: float, right: float) -> Ref:
        acts = {ast.Add: lambda: left + right, ast.Sub: lambda: left - right, ast.Mult: lambda: left * right}
        act = acts.get(type(node.op))
        value = None if act is None else act()
        return self.code(node) if value is None or abs(value) >= LARGEST_NUMBER else Ref(value)

    def _shifts(self, node: ast.BinOp) -> Ref:
        """`a >> b << c`: from the left, each beside what the one before gave. Chains may be long."""
        chain: list[tuple[ast.operator, ast.expr]] = []
        first: ast.expr = node
        while isinstance(first, ast.BinOp) and isinstance(first.op, (ast.RShift, ast.LShift)):
            chain.append((first.op, first.right))
            first = first.left
        before = self.evaluate(first)
        for operator, place in reversed(chain):
            after = self.evaluate(place)
            if isinstance(place, ast.Call) and self.name_of(place.func) == "Label":
                self.found.note(place, self.found.text_of(place), "Edges have no labels here.")
                continue
            if before.nodes and not after.nodes or after.nodes and not before.nodes:
                self.found.note(place, self.found.text_of(place), "What this edge leads from or to is not known.")
            if isinstance(operator, ast.RShift):
                self.found.join(before, after)
            else:
                self.found.join(after, before)
            before = after
        return before

    def _Attribute(self, node: ast.Attribute) -> Ref:
        base = self.evaluate(node.value)
        if base.nodes and node.attr == "output":
            return base
        return Ref({"$code": self.found.text_of(node)}, "code", base.nodes)

    def _Subscript(self, node: ast.Subscript) -> Ref:
        base, key = self.evaluate(node.value), self.evaluate(node.slice)
        if base.kind == "nodes" and base.items is None:
            return base
        if isinstance(base.extra, dict) and key.is_text and key.json in base.extra:
            return base.extra[key.json]
        if base.items is not None and key.is_number and -len(base.items) <= key.json < len(base.items):
            return base.items[int(key.json)]
        return self.code(node)

    def _ListComp(self, node: ast.ListComp | ast.GeneratorExp | ast.SetComp) -> Ref:
        generator = node.generators[0]
        entries = self.entries_of(self.evaluate(generator.iter)) if len(node.generators) == 1 else None
        if entries is None or generator.ifs or len(entries) > MOST_SIZE:
            return self.once(node)
        outer, told = self.names, []
        for entry in entries:
            self.found.step(1 + len(outer) // 20)
            self.names = dict(outer)
            self.bind(generator.target, entry)
            told.append(self.evaluate(node.elt))
        self.names = outer
        return list_of(tuple(told), self.found.text_of(node))

    _GeneratorExp = _ListComp
    _SetComp = _ListComp

    def once(self, node: ast.ListComp | ast.GeneratorExp | ast.SetComp) -> Ref:
        """A comprehension over what is not known is read as if it had one entry."""
        outer, before = self.names, self.made
        self.names = dict(outer)
        told = self.evaluate(node.elt)
        self.names = outer
        if self.made > before:
            self.found.note(node, self.found.text_of(node), "Its entries are not known; it is read once.")
        return told if told.nodes else self.code(node)

    def _Call(self, node: ast.Call) -> Ref:
        return self.call(node)

    def _NamedExpr(self, node: ast.NamedExpr) -> Ref:
        told = self.evaluate(node.value)
        self.bind(node.target, told)
        return told

    def entries_of(self, ref: Ref) -> tuple[Ref, ...] | None:
        """What a loop goes over; None where it is not known."""
        if ref.items is not None:
            return ref.items
        if isinstance(ref.extra, dict) and ref.kind == "value":
            return tuple(Ref(key) for key in ref.extra)
        return None

    def bind(self, target: ast.expr, ref: Ref) -> None:
        """Give a value its names."""
        if isinstance(target, ast.Name):
            self.names[target.id] = ref
        elif isinstance(target, (ast.Tuple, ast.List)):
            fits = ref.items is not None and len(ref.items) == len(target.elts)
            for place, part in enumerate(target.elts):
                self.bind(part, ref.items[place] if fits and ref.items is not None else self.code(part))
        elif isinstance(target, (ast.Attribute, ast.Subscript)):
            self.evaluate(target.value)
            self.found.note(target, self.found.text_of(target), "What is set later on is not read.")

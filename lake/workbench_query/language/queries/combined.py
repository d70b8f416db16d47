"""Queries made of queries: WITH, set operations and VALUES."""

from __future__ import annotations

from sqlglot import exp

from ..scopes import Scope
from ..sql_types import common_type
from ..table_names import quoted
from ..written import Column, Piece, mark, only, refuse
from .query_part import QueryPart, Written, indented


class CombinedQueries(QueryPart):
    """WITH, set operations and VALUES."""

    def with_clause(self, node: exp.Expression, scope: Scope) -> str:
        clause = node.args.get("with_")
        if clause is None:
            return ""
        only(clause, "expressions", "recursive", name="WITH")
        scope.ctes = dict(scope.ctes)
        texts = []
        for cte in clause.expressions:
            only(cte, "this", "alias", name="WITH")
            name, wanted = cte.args["alias"].this, [it.name for it in cte.args["alias"].args.get("columns") or []]
            inner = scope.inner()
            if (
                clause.args.get("recursive")
                and isinstance(cte.this, exp.SetOperation)
                and self._reads(cte.this, name.name)
            ):
                if cte.this.find(exp.With):
                    refuse(cte, "WITH inside a recursive WITH is not translated.")
                anchor = self.query(cte.this.this, inner)
                inner.ctes = {**inner.ctes, name.name.lower(): self._renamed(anchor.columns, wanted, cte)}
                written = self.query(cte.this, inner)
                for first, whole in zip(anchor.columns, written.columns, strict=True):
                    if common_type(first.type, whole.type) != first.type:
                        refuse(
                            cte,
                            f"The column {first.name} of the recursive {name.name} changes its type.",
                            "Cast it in the first part.",
                        )
            else:
                written = self.query(cte.this, inner)
            columns = self._renamed(written.columns, wanted, cte)
            scope.ctes[name.name.lower()] = columns
            spelt = mark(name, quoted(name.name))
            if wanted:
                spelt += f"({', '.join(quoted(it) for it in wanted)})"
            texts.append(f"{spelt} AS (\n{indented(written.text)}\n)")
        word = "WITH RECURSIVE" if clause.args.get("recursive") else "WITH"
        return f"{word} {', '.join(texts)}\n"

    @staticmethod
    def _reads(node: exp.Expression, name: str) -> bool:
        return any(not it.args.get("db") and it.name.lower() == name.lower() for it in node.find_all(exp.Table))

    @staticmethod
    def _renamed(columns: list[Column], wanted: list[str], node: exp.Expression) -> list[Column]:
        if not wanted:
            return columns
        if len(wanted) != len(columns):
            refuse(node, f"There are {len(columns)} columns and {len(wanted)} names.")
        return [Column(name, it.type, it.nan, it.loose) for name, it in zip(wanted, columns, strict=True)]

    def set_operation(self, node: exp.SetOperation, scope: Scope, top: bool) -> Written:
        name = type(node).__name__.upper()
        only(node, "this", "expression", "distinct", "with_", "order", "limit", "offset", name=name)
        scope = scope.inner()
        head = self.with_clause(node, scope)
        # A long chain of UNION ALL leans to the left.
        parts: list[tuple[str, exp.Expression]] = []
        left: exp.Expression = node
        while isinstance(left, exp.SetOperation) and (
            left is node or not any(left.args.get(it) for it in ("with_", "order", "limit", "offset"))
        ):
            only(
                left, "this", "expression", "distinct", *(("with_", "order", "limit", "offset") if left is node else ())
            )
            word = type(left).__name__.upper() + ("" if left.args.get("distinct") else " ALL")
            parts.append((word, left.expression))
            left = left.this
        sides = [left, *(part for _, part in reversed(parts))]
        words = [word for word, _ in reversed(parts)]
        if len({word.split()[0] for word in words}) > 1 and "INTERSECT" in {word.split()[0] for word in words}:
            refuse(node, "INTERSECT beside other set operations is not translated.", "Put each pair in brackets.")
        written = [self.query(side, scope.inner()) for side in sides]
        columns = self._unified([it.columns for it in written], node)
        texts = []
        for side, one in zip(sides, written, strict=True):
            text = self._as_types(one, columns, side, top)
            texts.append(
                f"({text})"
                if isinstance(side, exp.SetOperation) or (isinstance(side, exp.Select) and _has_tail(side))
                else text
            )
        text = texts[0] + "".join(f"\n{word}\n{side}" for word, side in zip(words, texts[1:], strict=True))
        tail, ordered = self.tail(node, scope, columns)
        return Written(head + text + tail, columns, ordered)

    def _unified(self, sides: list[list[Column]], node: exp.Expression) -> list[Column]:
        if len({len(it) for it in sides}) != 1:
            refuse(node, f"The queries have {' and '.join(str(len(it)) for it in sides)} columns.")
        columns = []
        for parts in zip(*sides, strict=True):
            of = parts[0].type
            for part in parts[1:]:
                both = common_type(of, part.type)
                if both is None:
                    refuse(
                        node,
                        f"The column {parts[0].name} is {of} in one query and {part.type} in another.",
                        "Cast one of them.",
                    )
                of = both
            columns.append(
                Column(
                    parts[0].name,
                    of,
                    any(it.nan for it in parts),
                    of.kind == "decimal" or any(it.loose for it in parts),
                )
            )
        return columns

    def _as_types(self, written: Written, columns: list[Column], node: exp.Expression, top: bool) -> str:
        """A side of a set operation, its columns cast where the engine would not do it alike."""
        casts = []
        changed = False
        for have, want in zip(written.columns, columns, strict=True):
            piece = self.cast_to(
                Piece(f"side_.{quoted(have.name)}", have.type, nan=have.nan, loose=have.loose), want.type, node
            )
            text = self.output(piece) if top else piece.text
            changed = changed or text != f"side_.{quoted(have.name)}"
            casts.append(f"{text} AS {quoted(have.name)}")
        if not changed:
            return written.text
        if len({it.name.lower() for it in written.columns}) != len(columns):
            refuse(
                node, "Columns of the same name differ in type between the queries.", "Cast them, or give them names."
            )
        return f"SELECT {', '.join(casts)} FROM (\n{indented(written.text)}\n) AS side_"

    def values(self, node: exp.Values, scope: Scope, top: bool, names: list[str] | None = None) -> Written:
        only(node, "expressions", "alias", "order", "limit", "offset", name="VALUES")
        rows = []
        for row in node.expressions:
            parts = row.expressions if isinstance(row, exp.Tuple) else [row.this if isinstance(row, exp.Paren) else row]
            rows.append([self.expression(it, scope) for it in parts])
        if len({len(row) for row in rows}) != 1:
            refuse(node, "The rows of VALUES differ in length.")
        columns = self._unified(
            [
                [
                    Column((names or [])[i] if names and i < len(names) else f"_col{i}", it.type, it.nan, it.loose)
                    for i, it in enumerate(row)
                ]
                for row in rows
            ],
            node,
        )
        texts = [
            "(" + ", ".join(self.cast_to(it, col.type, node).text for it, col in zip(row, columns, strict=True)) + ")"
            for row in rows
        ]
        tail, ordered = self.tail(node, scope, columns)
        spelt = ", ".join(quoted(it.name) for it in columns)
        text = f"SELECT * FROM (VALUES {', '.join(texts)}) AS rows_({spelt}){tail}"
        if top:
            outputs = ", ".join(
                f"{self.output(Piece(quoted(it.name), it.type, loose=True))} AS {quoted(it.name)}" for it in columns
            )
            text = f"SELECT {outputs} FROM (VALUES {', '.join(texts)}) AS rows_({spelt}){tail}"
        return Written(text, columns, ordered)


def _has_tail(node: exp.Expression) -> bool:
    return any(node.args.get(it) is not None for it in ("order", "limit", "offset", "with_"))

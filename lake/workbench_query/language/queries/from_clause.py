"""FROM: tables, joins and queries inside."""

from __future__ import annotations

from sqlglot import exp

from ..scopes import Relation, Scope
from ..sql_types import common_type
from ..table_names import quoted
from ..written import Column, mark, only, place_of, refusal, refuse
from .query_part import QueryPart, indented


class FromClause(QueryPart):
    """FROM and its joins."""

    def from_clause(self, node: exp.Select, scope: Scope) -> str:
        clause = node.args.get("from_")
        if clause is None:
            return ""
        only(clause, "this", name="FROM")
        text = self.relation(clause.this, scope)
        for lateral in node.args.get("laterals") or []:
            refuse(lateral, "LATERAL VIEW is not translated.")
        for join in node.args.get("joins") or []:
            text += self.join(join, scope)
        return f"FROM {text}"

    def join(self, node: exp.Join, scope: Scope) -> str:
        only(node, "this", "on", "using", "side", "kind", "expressions", name="JOIN")
        side, kind = (node.args.get("side") or "").upper(), (node.args.get("kind") or "").upper()
        if kind not in ("", "INNER", "OUTER", "CROSS") or side not in ("", "LEFT", "RIGHT", "FULL"):
            refuse(node, f"{side} {kind} JOIN is not translated.".strip(), "Write it with EXISTS, or with a condition.")
        before = list(scope.relations)
        right = self.relation(node.this, scope)
        if node.args.get("using"):
            return self._join_using(node, scope, before, f"{side} JOIN".strip(), right)
        if node.args.get("on") is not None:
            return f"\n{side + ' ' if side else ''}JOIN {right} ON {self.condition(node.args['on'], scope)}"
        if side:
            refuse(node, f"{side} JOIN needs ON or USING.")
        return f"\nCROSS JOIN {right}" if kind == "CROSS" or not kind else self._no_condition(node)

    def _no_condition(self, node: exp.Expression) -> str:
        refuse(node, "JOIN needs ON or USING.", "CROSS JOIN pairs every row with every row.")

    def _join_using(self, node: exp.Join, scope: Scope, before: list[Relation], word: str, right: str) -> str:
        names = [it.name for it in node.args["using"]]
        new = scope.relations[len(before) :]
        for name in names:
            key = name.lower()
            if key in scope.merged:
                left = scope.merged[key]
            else:
                lefts = [col for rel in before for col in rel.columns if col.name.lower() == key]
                if len(lefts) != 1:
                    refuse(
                        node,
                        f"The column {name} of USING is {'in no table' if not lefts else 'in two tables'} before it.",
                    )
                left = lefts[0]
            rights = [col for rel in new for col in rel.columns if col.name.lower() == key]
            if len(rights) != 1:
                refuse(node, f"The joined table has no column {name}.")
            of = common_type(left.type, rights[0].type)
            if of is None or of.kind in ("real", "double", "char") or (of != left.type and of != rights[0].type):
                refuse(
                    node,
                    f"The columns {name} of USING are {left.type} and {rights[0].type}.",
                    "Join them with ON and a cast.",
                )
            scope.merged[key] = Column(left.name, of)
            if key not in scope.merged_order:
                scope.merged_order.append(key)
        return f"\n{word} {right} USING ({', '.join(quoted(it) for it in names)})"

    def relation(self, node: exp.Expression, scope: Scope) -> str:
        """Something in FROM, written; what it holds is added to the scope."""
        if isinstance(node, exp.Table):
            return self._table(node, scope)
        if isinstance(node, exp.Unnest):
            text, relation = self.unnest(node, scope)
            scope.relations.append(relation)
            return text
        if isinstance(node, exp.Lateral):
            only(node, "this", "alias", name="LATERAL")
            if not isinstance(node.this, exp.Subquery):
                refuse(node, "LATERAL is translated before a query in brackets.")
            text, relation = self._from_query(node.this, node.args.get("alias"), scope, lateral=True)
            scope.relations.append(relation)
            return f"LATERAL {text}"
        if isinstance(node, (exp.Subquery, exp.Paren)) and isinstance(node.this, (exp.Table, exp.Join)):
            only(node, "this", "joins", name="A join in brackets")
            text = self.relation(node.this, scope)
            for join in (node.args.get("joins") or []) + (node.this.args.get("joins") or []):
                text += self.join(join, scope)
            return f"({text})"
        if isinstance(node, exp.Subquery):
            only(node, "this", "alias", "with_", name="A query in FROM")
            text, relation = self._from_query(node, node.args.get("alias"), scope, lateral=False)
            scope.relations.append(relation)
            return text
        if isinstance(node, exp.Values):
            alias = node.args.get("alias")
            wanted = [it.name for it in (alias.args.get("columns") or [])] if alias is not None else []
            written = self.values(node, scope, False, wanted)
            columns = self._renamed(written.columns, wanted, node)
            name = alias.name if alias is not None else "rows_"
            scope.relations.append(Relation((name,), quoted(name), columns))
            return f"({written.text}) AS {quoted(name)}"
        raise refusal(node, f"{node.key.upper()} in FROM is not translated.")

    def _from_query(
        self, node: exp.Subquery, alias: exp.TableAlias | None, scope: Scope, *, lateral: bool
    ) -> tuple[str, Relation]:
        outer = Scope(scope if lateral else scope.parent, ctes=scope.ctes)
        if node.args.get("with_") is not None:
            refuse(node, "WITH before a query in brackets is not translated.")
        written = self.query(node.this, outer)
        name = alias.name if alias is not None and alias.this is not None else ""
        wanted = [it.name for it in (alias.args.get("columns") or [])] if alias is not None else []
        columns = self._renamed(written.columns, wanted, node)
        spelt = quoted(name) if name else f"query_{len(scope.relations)}"
        called = mark(alias.this, spelt) if name and alias is not None else spelt
        names = f"({', '.join(quoted(it) for it in wanted)})" if wanted else ""
        return f"(\n{indented(written.text)}\n) AS {called}{names}", Relation((name or spelt,), spelt, columns)

    def _table(self, node: exp.Table, scope: Scope) -> str:
        only(node, "this", "db", "catalog", "alias", "joins", name="A table")
        if not isinstance(node.this, exp.Identifier):
            return self.table_function(node, scope)
        parts = tuple(it.name for it in node.parts)
        alias = node.args.get("alias")
        wanted = [it.name for it in (alias.args.get("columns") or [])] if alias is not None else []
        place = place_of(node.parts[0])
        cte = scope.ctes.get(parts[0].lower()) if len(parts) == 1 else None
        if cte is not None:
            columns, called, text = cte, (parts[0],), mark(node.this, quoted(parts[0]))
        else:
            table = self.names.read(parts, place[0] if place else None)
            columns = [Column(name, of, nan=of.kind in ("real", "double")) for name, of in table.columns]
            called, text = table.parts, mark(node.this, self.table_text(table.parts))
            read = self.as_read(text, columns)
            if read is not None:
                text, columns = read
                alias = alias or exp.TableAlias(this=exp.to_identifier(called[-1]))
        columns = self._renamed(columns, wanted, node)
        name = alias.name if alias is not None and alias.this is not None else ""
        if name or wanted:
            spelt = quoted(name or called[-1])
            names = f"({', '.join(quoted(it) for it in wanted)})" if wanted else ""
            text += f" AS {mark(alias.this, spelt) if name else spelt}{names}"
            called = (name or called[-1],)
        scope.relations.append(Relation(called, quoted(called[-1]), columns))
        return text

    def as_read(self, table: str, columns: list[Column]) -> tuple[str, list[Column]] | None:
        """A query in brackets to read a table by, and what it gives; None where the table is read as it is."""
        return None

    def table_function(self, node: exp.Table, scope: Scope) -> str:
        name = node.this.name if isinstance(node.this, exp.Anonymous) else node.this.key
        refuse(
            node, f"The table function {name} is not translated.", "Choose the engine of the dialect it is written in."
        )

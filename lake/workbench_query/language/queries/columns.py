"""Columns and their fields."""

from __future__ import annotations

from difflib import get_close_matches

from sqlglot import exp

from ..scopes import Scope
from ..table_names import quoted
from ..written import Column, Piece, mark, refusal, refuse
from .query_part import QueryPart, Written


class Columns(QueryPart):
    """Columns by their names, and fields of rows."""

    def column(self, node: exp.Column, scope: Scope) -> Piece:
        parts = [it.name for it in node.parts]
        for taken in range(len(parts) - 1, 0, -1):
            relation = scope.relation(tuple(it.lower() for it in parts[:taken]))
            if relation is None:
                continue
            column = next((it for it in relation.columns if it.name.lower() == parts[taken].lower()), None)
            if column is None:
                self._no_column(node, ".".join(parts[: taken + 1]), [it.name for it in relation.columns])
            text = f"{relation.spelt}.{mark(node.parts[taken], quoted(column.name))}"
            return self._fields(self.column_piece(text, column, node), node, parts[taken + 1 :])
        found = scope.named(parts[0], node)
        if found is None:
            self._no_column(node, ".".join(parts), scope.column_names())
        if isinstance(found, Piece):
            return self._fields(found, node, parts[1:])
        relation, column = found
        name = mark(node.parts[0], quoted(column.name))
        text = name if relation is None else f"{relation.spelt}.{name}"
        return self._fields(self.column_piece(text, column, node), node, parts[1:])

    def column_piece(self, text: str, column: Column, node: exp.Expression) -> Piece:
        return Piece(text, column.type, nan=column.nan, loose=column.loose)

    def _no_column(self, node: exp.Expression, name: str, known: list[str]) -> None:
        near = get_close_matches(name.split(".")[-1].lower(), {it.lower() for it in known}, n=2, cutoff=0.6)
        refuse(node, f"There is no column {name}.", f"Did you mean {' or '.join(map(quoted, near))}?" if near else None)

    def _fields(self, piece: Piece, node: exp.Expression, names: list[str]) -> Piece:
        for name in names:
            piece = self.field_of(piece, name, node)
        return piece

    def field_of(self, piece: Piece, name: str, node: exp.Expression) -> Piece:
        if piece.type.kind == "row":
            for field, of in piece.type.args:
                if field is not None and field.lower() == name.lower():
                    return Piece(
                        f"{piece.atom}.{quoted(field)}", of, nan=of.kind in ("real", "double"), loose=piece.loose
                    )
        raise refusal(node, f"{piece.type} has no field {name}.")

    def subquery_columns(self, node: exp.Expression, scope: Scope) -> Written:
        inner = (
            node.this
            if isinstance(node, exp.Subquery) and not any(v for k, v in node.args.items() if k != "this")
            else node
        )
        return self.query(inner, Scope(scope, ctes=scope.ctes))

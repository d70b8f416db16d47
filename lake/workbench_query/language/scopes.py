"""Which column a name means at a place of a query."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlglot import exp

from .written import Column, Piece, refuse


@dataclass
class Relation:
    """Something in FROM: its names (the alias, or the parts of the table's name), how it is spelt, and its columns."""

    parts: tuple[str, ...]
    spelt: str
    columns: list[Column]

    def is_called(self, parts: tuple[str, ...]) -> bool:
        return bool(parts) and tuple(it.lower() for it in self.parts[-len(parts) :]) == parts


@dataclass
class Scope:
    """Names that can be used. `merged` are the columns of USING; `aliases` the SELECT list as ORDER BY sees it."""

    parent: Scope | None = None
    relations: list[Relation] = field(default_factory=list)
    merged: dict[str, Column] = field(default_factory=dict)
    merged_order: list[str] = field(default_factory=list)
    aliases: dict[str, Piece] = field(default_factory=dict)
    variables: dict[str, Piece] = field(default_factory=dict)
    ctes: dict[str, list[Column]] = field(default_factory=dict)

    def inner(self) -> Scope:
        return Scope(parent=self, ctes=self.ctes)

    def with_variables(self, variables: dict[str, Piece]) -> Scope:
        scope = Scope(
            self.parent, self.relations, self.merged, self.merged_order, self.aliases, dict(self.variables), self.ctes
        )
        scope.variables.update(variables)
        return scope

    def relation(self, parts: tuple[str, ...]) -> Relation | None:
        found = [it for it in self.relations if it.is_called(parts)]
        if found:
            return found[0]
        return self.parent.relation(parts) if self.parent is not None else None

    def named(self, name: str, node: exp.Expression) -> tuple[Relation | None, Column] | Piece | None:
        """What a bare name means here: a variable, an alias, a merged column, or the column of a relation."""
        key = name.lower()
        if key in self.variables:
            return self.variables[key]
        if key in self.aliases:
            return self.aliases[key]
        if key in self.merged:
            return None, self.merged[key]
        found = [(rel, col) for rel in self.relations for col in rel.columns if col.name.lower() == key]
        if len(found) > 1:
            tables = " and ".join(rel.parts[-1] for rel, _ in found[:2])
            refuse(node, f"The column {name} is in {tables}.", "Write the name of its table before it.")
        if found:
            return found[0]
        return self.parent.named(name, node) if self.parent is not None else None

    def column_names(self) -> list[str]:
        own = [col.name for rel in self.relations for col in rel.columns]
        return own + (self.parent.column_names() if self.parent is not None else [])

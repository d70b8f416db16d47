"""A statement for an engine whose dialect it is written in: the text as it is, with the tables' names in place."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.tokens import Token

from ..failures import QueryFailure
from .table_names import TableNames, quoted
from .written import refuse

Splice = tuple[int, int, str]


def name_tables(
    tree: exp.Expression,
    body: list[Token],
    sql: str,
    names: TableNames,
    *,
    catalogs: dict[str, str],
    snapshots: dict[str, str | None],
    is_trino: bool,
) -> tuple[str, list[tuple[int, int, int]]]:
    """The text with every table under its whole name, and the origins of its stretches, in characters."""
    splices: list[Splice] = []
    after_table = {token.end + 1: token for token in body if token.text.upper() == "TABLE"}
    named: dict[tuple[str, ...], str] = {}

    def visit_table(node: exp.Table, ctes: frozenset[str]) -> None:
        if not isinstance(node.this, exp.Identifier):
            _table_function(node, is_trino)
            return
        parts = tuple(it.name for it in node.parts)
        if len(parts) == 1 and parts[0].lower() in ctes:
            return
        places = [it.meta for it in node.parts if "start" in it.meta]
        if len(places) != len(parts):
            refuse(node, f"The table {'.'.join(parts)} is named in a way that is not understood.")
        start, end = min(it["start"] for it in places), max(it["end"] for it in places) + 1
        table = names.read(parts, start)
        catalog = catalogs.get(table.parts[0], table.parts[0])
        text = ".".join(quoted(it) for it in (catalog, *table.parts[1:]))
        snapshot = snapshots.get(table.name)
        word = next(
            (token for place, token in after_table.items() if place <= start and not sql[place:start].strip()), None
        )
        if is_trino and snapshot is not None and not node.args.get("version"):
            text += f" FOR VERSION AS OF {int(snapshot)}"
            if word is not None:
                splices.append((word.start, word.end + 1, "SELECT * FROM"))
        named[tuple(it.lower() for it in table.parts)] = catalog
        splices.append((start, end, text))

    def visit(node: exp.Expression, ctes: frozenset[str]) -> None:
        stack: list[tuple[exp.Expression, frozenset[str]]] = [(node, ctes)]
        while stack:
            part, seen = stack.pop()
            clause = part.args.get("with_")
            if clause is not None:
                for cte in clause.expressions:
                    name = cte.alias.lower()
                    visit(cte.this, seen | {name} if clause.args.get("recursive") else seen)
                    seen = seen | {name}
            if isinstance(part, exp.Table):
                visit_table(part, seen)
            for key, value in part.args.items():
                if key == "with_":
                    continue
                for child in value if isinstance(value, list) else [value]:
                    if isinstance(child, exp.Expression):
                        stack.append((child, seen))

    visit(tree, frozenset())
    if is_trino:
        for column in tree.find_all(exp.Column):
            catalog_name = column.args.get("catalog")
            if catalog_name is None or "start" not in catalog_name.meta:
                continue
            key = tuple(it.name.lower() for it in column.parts[:3])
            if key in named:
                splices.append((catalog_name.meta["start"], catalog_name.meta["end"] + 1, quoted(named[key])))
    return _spliced(sql, body[0].start, body[-1].end + 1, sorted(set(splices)))


def _table_function(node: exp.Table, is_trino: bool) -> None:
    name = node.this.name if isinstance(node.this, exp.Anonymous) else node.this.key
    if is_trino and name.lower() != "sequence":
        refuse(node, f"The table function {name} is not offered on Trino.", "Name a table.")


def _spliced(sql: str, start: int, end: int, splices: list[Splice]) -> tuple[str, list[tuple[int, int, int]]]:
    parts: list[str] = []
    origins: list[tuple[int, int, int]] = []
    at, there = start, 0
    for begin, stop, text in splices:
        if begin < at:
            raise QueryFailure(
                "invalid_input", "The statement names a table in a way that is not understood.", offset=begin
            )
        if begin > at:
            origins.append((there, at, begin - at))
            parts.append(sql[at:begin])
            there += begin - at
        origins.append((there, begin, stop - begin))
        parts.append(text)
        there += len(text)
        at = stop
    if end > at:
        origins.append((there, at, end - at))
        parts.append(sql[at:end])
    return "".join(parts), origins

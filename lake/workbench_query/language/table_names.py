"""Which table a name means."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from ..failures import QueryFailure
from .sql_types import SqlType, read_type

# Catalogs in which a name of two parts is looked for first.
FIRST_CATALOGS = ("lake", "analytics")
# Catalogs of the engines themselves, which tell of others.
FORBIDDEN_CATALOGS = ("system", "jmx", "pg_catalog", "information_schema", "temp", "memory")
MOST_CANDIDATES = 3

_SIMPLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
# Words that one of the engines reserves; a name that is one of them is quoted.
_RESERVED_WORDS = (
    "all alter analyse analyze and anti any array as asc asof asymmetric between both by case cast check "
    "collate column constraint create cross cube current_catalog current_date current_path current_role "
    "current_schema current_time current_timestamp current_user deallocate default deferrable delete desc "
    "describe distinct drop else end escape except exclude execute exists extract false fetch filter for "
    "foreign from full glob grant group grouping having ilike in inner initially insert intersect into is "
    "isnull json_array json_exists json_object json_query json_table json_value join lambda lateral leading "
    "left like limit listagg localtime localtimestamp map natural normalize not notnull null offset on only or "
    "order outer over overlaps pivot pivot_longer pivot_wider placing positional prepare primary qualify "
    "recursive references returning right rollup row select semi set show similar skip some struct summarize "
    "symmetric table tablesample then to trailing trim true try_cast uescape union unique unnest unpivot user "
    "using values variadic verbose when where window with "
)
_RESERVED = frozenset(_RESERVED_WORDS.split())


def quoted(name: str) -> str:
    """A name as both engines read it."""
    if _SIMPLE.match(name) and name.lower() not in _RESERVED:
        return name
    return '"' + name.replace('"', '""') + '"'


@dataclass
class Table:
    """A table that can be read. `parts` are catalog, schema and table, or what stands in their place."""

    name: str
    parts: tuple[str, ...]
    columns: list[tuple[str, SqlType]]


def parts_of(name: str) -> tuple[str, ...]:
    """`lake.shop.orders` apart; dots after the second belong to the table."""
    return tuple(name.split(".", 2))


@dataclass
class TableNames:
    """The tables that a statement may name, and those that it did name. Names are told apart without case."""

    tables: list[dict]
    _read_at: dict[str, int] = field(default_factory=dict)
    _by_name: dict[tuple[str, ...], dict] = field(default_factory=dict)
    _by_tail: dict[tuple[str, ...], list[dict]] = field(default_factory=dict)
    _known: dict[str, Table] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for table in self.tables:
            parts = tuple(part.lower() for part in parts_of(table["name"]))
            self._by_name[parts] = table
            if len(parts) == 3:
                self._by_tail.setdefault(parts[1:], []).append(table)

    def find(self, parts: tuple[str, ...]) -> Table | None:
        """The table of this name, or None. Failure: `invalid_input` where two may be meant."""
        key = tuple(part.lower() for part in parts)
        found = self._by_name.get(key)
        if found is None and len(key) == 2:
            found = self._by_two_parts(key)
        if found is None:
            return None
        name = found["name"]
        if name not in self._known:
            columns = [(column["name"], read_type(column["type"])) for column in found["columns"]]
            self._known[name] = Table(name, parts_of(name), columns)
        return self._known[name]

    def _by_two_parts(self, key: tuple[str, ...]) -> dict | None:
        candidates = self._by_tail.get(key, [])
        for catalog in FIRST_CATALOGS:
            for table in candidates:
                if parts_of(table["name"])[0].lower() == catalog:
                    return table
        if len(candidates) > 1:
            names = ", ".join(table["name"] for table in candidates)
            raise QueryFailure(
                "invalid_input", f"{'.'.join(key)} may be any of {names}.", hint="Write the name with its three parts."
            )
        return candidates[0] if candidates else None

    def read(self, parts: tuple[str, ...], offset: int | None) -> Table:
        """The table of this name, noted as read. Failure: `invalid_input` with the nearest names."""
        try:
            found = self.find(parts)
        except QueryFailure as failure:
            failure.offset = offset
            raise
        if found is None:
            raise self.absent(parts, offset)
        self._read_at[found.name] = min(offset or 0, self._read_at.get(found.name, 2**62))
        return found

    @property
    def reads(self) -> list[str]:
        """The tables that were read, as they come in the text."""
        return sorted(self._read_at, key=lambda name: self._read_at[name])

    def absent(self, parts: tuple[str, ...], offset: int | None) -> QueryFailure:
        """The failure that says that there is no such table, with the nearest names by edits."""
        name = ".".join(parts)
        if parts[0].lower() in FORBIDDEN_CATALOGS and len(parts) > 1:
            return QueryFailure(
                "invalid_input",
                f"{name} belongs to the engine and cannot be read.",
                hint="Tables and their columns are listed in the catalog beside the editor.",
                offset=offset,
            )
        near = self._nearest(parts)
        hint = f"Did you mean {' or '.join(near)}?" if near else "A name has three parts: catalog.schema.table."
        return QueryFailure("invalid_input", f"There is no table {name}.", hint=hint, offset=offset)

    def _nearest(self, parts: tuple[str, ...]) -> list[str]:
        wanted = ".".join(parts).lower()
        last = parts[-1].lower()
        scored = []
        for table in self.tables:
            name = table["name"].lower()
            known = parts_of(name)
            # A cheap look first: names are many, and few of them are alike.
            if abs(len(known[-1]) - len(last)) > 4 and last not in known[-1] and known[-1] not in last:
                continue
            tail = ".".join(known[-len(parts) :])
            matcher = SequenceMatcher(None, last, known[-1])
            if matcher.real_quick_ratio() < 0.6:
                continue
            score = max(SequenceMatcher(None, wanted, tail).ratio(), matcher.ratio() - 0.05)
            if score >= 0.6:
                scored.append((-score, ".".join(quoted(part) for part in parts_of(table["name"]))))
        return [name for _, name in sorted(scored)[:MOST_CANDIDATES]]

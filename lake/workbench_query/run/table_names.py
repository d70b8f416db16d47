"""Names of tables, as domain/ports/table-name.ts spells them."""

from __future__ import annotations

import re

_PART = re.compile(r'"((?:[^"]|"")*)"|([^".]+)')


def split_name(name: str) -> tuple[str, str, str]:
    """The three parts of `catalog.schema.table`, each plain or quoted. Raises ValueError for anything else."""
    parts: list[str] = []
    position = 0
    while position <= len(name):
        found = _PART.match(name, position)
        if found is None:
            break
        parts.append(found[1].replace('""', '"') if found[1] is not None else found[2])
        position = found.end()
        if position == len(name):
            break
        if name[position] != ".":
            raise ValueError(name)
        position += 1
    if len(parts) != 3 or position != len(name):
        raise ValueError(name)
    return parts[0], parts[1], parts[2]

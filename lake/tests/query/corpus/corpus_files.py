"""The statements of the corpus: files of SQL, each statement under a line that names it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tpc_queries import tpc_queries

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class CorpusQuery:
    """One statement. `refused` is part of the message with which its translation is refused, or None."""

    group: str
    name: str
    dialect: str
    sql: str
    refused: str | None


def read_corpus(*, tpcds: bool = True) -> list[CorpusQuery]:
    """All statements, in the order of their files, then those of TPC-H and TPC-DS."""
    queries: list[CorpusQuery] = []
    for dialect in ("trino", "duckdb"):
        for path in sorted((FOLDER / dialect).glob("*.sql")):
            for match in re.finditer(
                r"^-- (?!refused: )(.+)\n(?:-- refused: (.+)\n)?((?:.*\n)*?.*);\n", path.read_text(), re.M
            ):
                queries.append(CorpusQuery(path.stem, match[1], dialect, match[3].strip(), match[2]))
            text = path.read_text()
            named = len(re.findall(r"^-- (?!refused: )", text, re.M))
            found = sum(1 for it in queries if it.group == path.stem and it.dialect == dialect)
            if named != found:
                raise ValueError(f"{path.name} names {named} statements and holds {found}")
    return [*queries, *(CorpusQuery(group, name, "trino", sql, None) for group, name, sql in tpc_queries(tpcds=tpcds))]

"""Trino's answers to the corpus, kept so that DuckDB's can be held against them where no Trino runs.

`CONTRACT_TRINO_URL=… python tests/query/corpus/recorded.py` (in lake/) records them anew;
with `missing` it records those that are not there yet."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "trino-answers.jsonl"


def read_answers() -> dict[str, dict[str, Any]]:
    """By name: `types` as Trino spells them, `rows`, and `rowCount`, which is larger where not all rows are kept."""
    answers = {}
    for line in FILE.read_text().splitlines():
        answer = json.loads(line)
        answers[f"{answer.pop('dialect')} {answer.pop('name')}"] = answer
    return answers


def _record() -> None:
    sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[3])]
    from corpus_files import read_corpus
    from corpus_tables import CATALOGS, known_tables, make_tables
    from trino_client import Trino, drop_from_trino, load_into_trino, physical

    from workbench_query.failures import QueryFailure
    from workbench_query.language.prepare import prepare

    connection = make_tables()
    tables = known_tables(connection)
    trino = Trino(os.environ["CONTRACT_TRINO_URL"])
    load_into_trino(trino, connection, tables)
    catalogs = {it: physical(it) for it in CATALOGS}
    lines = FILE.read_text().splitlines() if "missing" in sys.argv else []
    known = read_answers() if lines else {}
    for query in read_corpus():
        if query.refused is not None or f"{query.dialect} {query.name}" in known:
            continue
        message = {
            "sql": query.sql,
            "dialect": query.dialect,
            "engine": "trino",
            "tables": tables,
            "catalogs": catalogs,
        }
        try:
            columns, rows = trino.rows(prepare(message)["sql"])
        except QueryFailure as failure:
            raise SystemExit(f"{query.name}: {failure.message}") from failure
        answer = {"dialect": query.dialect, "name": query.name, "types": [it["type"] for it in columns], "rows": rows}
        lines.append(json.dumps(answer, ensure_ascii=False, default=str, separators=(",", ":")))
    FILE.write_text("\n".join(lines) + "\n")
    drop_from_trino(trino)


if __name__ == "__main__":
    _record()

"""Holds an engine's answers to an exported corpus against Trino's:
`python tests/query/corpus/compare.py FOLDER` (in lake/).

Reads `corpus.json` and `answers.json`, which has for each query, in their order, {types, rows} or {error}: types as
DuckDB spells them, each value as exact text, binary as hex digits, nested values as JSON. Prints what differs as JSON:
[{name, sql, difference}]. Numbers and texts are equal to the last digit, doubles to 1e-9; without an order rows are a
multiset; the types of what was translated are
those that Trino gave."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[3])]


def value_of(text: str | None, of: str) -> Any:
    """A value from its text, as answers.py compares it."""
    if text is None:
        return None
    if of == "boolean":
        return {"true": True, "false": False}[text]
    if of.startswith(("array(", "map(", "row(")):
        return json.loads(text, parse_float=str)
    if of == "varbinary":
        return text.upper()
    if of.startswith("timestamp"):
        # In DuckDB's own dialect an older one may give a date.
        return f"{text} 00:00:00" if len(text) == 10 else re.sub(r"\+00(:00)?$", "", text)
    return text


def type_difference(wanted: list[str], found: list[str]) -> str | None:
    """What tells DuckDB's columns from Trino's, in words. A column of NULLs alone has any type."""
    from workbench_query.language.duckdb_casts import duckdb_type
    from workbench_query.language.sql_types import read_type

    # Trino's fields may be without names, which DuckDB's are not.
    names = {"TIMESTAMPTZ": "TIMESTAMP WITH TIME ZONE"}
    for number, (trino, duckdb) in enumerate(zip(wanted, found, strict=True)):
        of = read_type(trino)
        if of.kind == "unknown" or "row(" in trino:
            continue
        spelt = duckdb_type(of)
        spelt = names.get(spelt, spelt)
        if re.sub(r'[\s"]', "", spelt).lower() != re.sub(r'[\s"]', "", duckdb).lower():
            return f"column {number}: {spelt} expected, {duckdb} found"
    return None


def main(folder: Path) -> None:
    from answers import difference

    queries = json.loads((folder / "corpus.json").read_text())["queries"]
    answers = json.loads((folder / "answers.json").read_text())
    differences = []
    for query, answer in zip(queries, answers, strict=True):
        found = answer.get("error")
        if found is None and len(answer["types"]) != len(query["types"]):
            found = f"{len(query['types'])} columns expected, {len(answer['types'])} found"
        if found is None:
            types = query["types"]
            rows = [[value_of(it, of) for it, of in zip(row, types, strict=True)] for row in answer["rows"]]
            found = difference(query["rows"], rows, types, query["isOrdered"])
            if found is None and query["dialect"] == "trino":
                found = type_difference(types, answer["types"])
        if found is not None:
            differences.append(
                {"name": f"{query['dialect']}: {query['name']}", "difference": found, "sql": query["sql"]}
            )
    print(json.dumps(differences, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Writes the corpus for an engine elsewhere:
`python tests/query/corpus/export.py FOLDER [--every N] [GROUP …]` (in lake/).

FOLDER gets `corpus.json`: {tables: [{name, file}], queries: [{group, name, dialect, sql, isOrdered, types, rows}]},
each query translated for the browser, with Trino's answer as it was recorded; and one Arrow IPC stream for each table.
Queries that the browser is refused are left out. Without groups, TPC-DS is left out: its tables are large. `--every 8`
keeps one query of eight."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[3])]


def export(folder: Path, groups: list[str], every: int = 1) -> None:
    import pyarrow as pa
    from corpus_files import read_corpus
    from corpus_tables import known_tables, make_tables
    from recorded import read_answers

    from workbench_query.failures import QueryFailure
    from workbench_query.language.prepare import prepare

    folder.mkdir(parents=True, exist_ok=True)
    wanted = [it for it in read_corpus() if it.refused is None]
    wanted = [it for it in wanted if (it.group in groups if groups else it.group != "tpcds")][::every]
    connection = make_tables(tpch=any(it.group == "tpch" for it in wanted), tpcds="tpcds" in groups)
    tables = known_tables(connection)
    answers = read_answers()
    queries, read = [], set()
    for query in wanted:
        try:
            prepared = prepare({"sql": query.sql, "dialect": query.dialect, "engine": "browser", "tables": tables})
        except QueryFailure:
            continue
        answer = answers[f"{query.dialect} {query.name}"]
        read.update(prepared["reads"])
        fields = {"group": query.group, "name": query.name, "dialect": query.dialect, "sql": prepared["sql"]}
        queries.append({**fields, "isOrdered": prepared["isOrdered"], "types": answer["types"], "rows": answer["rows"]})
    files = []
    for name in sorted(read):
        table = connection.sql(f"SELECT * FROM {name}").to_arrow_table()
        with pa.OSFile(str(folder / f"{name}.arrow"), "wb") as file, pa.ipc.new_stream(file, table.schema) as stream:
            stream.write_table(table)
        files.append({"name": name, "file": f"{name}.arrow"})
    (folder / "corpus.json").write_text(json.dumps({"tables": files, "queries": queries}, ensure_ascii=False))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("groups", nargs="*")
    parser.add_argument("--every", type=int, default=1)
    given = parser.parse_args()
    export(given.folder, given.groups, given.every)

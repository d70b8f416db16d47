"""Every statement of the corpus gives the same rows on DuckDB as on Trino, or is refused by name: nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import pytest
from answers import difference, duckdb_rows
from corpus_files import CorpusQuery, read_corpus
from corpus_tables import CATALOGS, known_tables, make_tables
from recorded import read_answers
from trino_client import Trino, drop_from_trino, load_into_trino, physical

from workbench_query.failures import QueryFailure
from workbench_query.language.prepare import prepare

TRINO_URL = os.environ.get("CONTRACT_TRINO_URL", "")
# TPC-DS is large: it is asked where Trino is, and in full runs.
WITH_TPCDS = TRINO_URL != "" or os.environ.get("BENCHWRIGHT_FULL_TESTS") == "1"
CORPUS = read_corpus(tpcds=WITH_TPCDS)


@dataclass
class Shelf:
    connection: duckdb.DuckDBPyConnection
    tables: list[dict]
    answers: dict[str, dict[str, Any]]

    def prepared(self, query: CorpusQuery, engine: str) -> dict[str, Any]:
        catalogs = {it: physical(it) for it in CATALOGS}
        more = {"catalogs": catalogs} if engine == "trino" else {}
        return prepare({"sql": query.sql, "dialect": query.dialect, "engine": engine, "tables": self.tables, **more})


@pytest.fixture(scope="session")
def shelf() -> Iterator[Shelf]:
    connection = make_tables(tpcds=WITH_TPCDS)
    yield Shelf(connection, known_tables(connection), read_answers())
    connection.close()


def named(query: CorpusQuery) -> str:
    return f"{query.dialect}: {query.group}: {query.name}"


ANSWERED = [it for it in CORPUS if it.refused is None]
REFUSED = [it for it in CORPUS if it.refused is not None]


def test_the_corpus_has_enough_statements_and_each_its_own_name() -> None:
    assert len(CORPUS) >= 300
    assert len({(it.dialect, it.name) for it in CORPUS}) == len(CORPUS)


@pytest.mark.parametrize("query", ANSWERED, ids=named)
def test_duckdb_answers_as_trino_did(shelf: Shelf, query: CorpusQuery) -> None:
    answer = shelf.answers[f"{query.dialect} {query.name}"]
    prepared = shelf.prepared(query, "duckdb")
    rows = duckdb_rows(shelf.connection, prepared["sql"], answer["types"])
    assert difference(answer["rows"], rows, answer["types"], prepared["isOrdered"]) is None


@pytest.mark.parametrize("query", REFUSED, ids=named)
def test_what_would_differ_is_refused_by_name(shelf: Shelf, query: CorpusQuery) -> None:
    other = "duckdb" if query.dialect == "trino" else "trino"
    with pytest.raises(QueryFailure) as refused:
        shelf.prepared(query, other)
    assert query.refused is not None
    assert query.refused in refused.value.message
    assert refused.value.code == "invalid_input"


@pytest.fixture(scope="session")
def trino(shelf: Shelf) -> Iterator[Trino]:
    trino = Trino(TRINO_URL)
    load_into_trino(trino, shelf.connection, shelf.tables)
    yield trino
    drop_from_trino(trino)


@pytest.mark.skipif(TRINO_URL == "", reason="needs CONTRACT_TRINO_URL, the address of a Trino")
@pytest.mark.parametrize("query", ANSWERED if TRINO_URL else ANSWERED[:1], ids=named)
def test_trino_answers_as_recorded(shelf: Shelf, trino: Trino, query: CorpusQuery) -> None:
    answer = shelf.answers[f"{query.dialect} {query.name}"]
    prepared = shelf.prepared(query, "trino")
    columns, rows = trino.rows(prepared["sql"])
    assert [it["type"] for it in columns] == answer["types"]
    assert difference(answer["rows"], rows, answer["types"], prepared["isOrdered"]) is None

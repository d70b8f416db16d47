"""A small client of Trino's HTTP interface, and the corpus's tables in catalogs of its memory connector."""

from __future__ import annotations

import json
import os
import urllib.request
from decimal import Decimal
from typing import Any

import duckdb
from corpus_tables import CATALOGS, trino_type

# A statement may have a million characters.
_CHARACTERS = 900_000


class TrinoError(Exception):
    """What Trino says of a statement that it refuses."""


class Trino:
    def __init__(self, url: str) -> None:
        self._url = url

    def rows(self, sql: str) -> tuple[list[dict], list[list[Any]]]:
        """Columns (name, type) and rows; numbers as Decimal or int, all else as Trino writes it."""
        answer = self._ask(f"{self._url}/v1/statement", sql.encode())
        columns: list[dict] = []
        rows: list[list[Any]] = []
        while True:
            if "error" in answer:
                raise TrinoError(answer["error"]["message"])
            columns = [{"name": it["name"], "type": it["type"]} for it in answer.get("columns", columns)] or columns
            rows += answer.get("data", [])
            if "nextUri" not in answer:
                return columns, rows
            answer = self._ask(answer["nextUri"], None)

    @staticmethod
    def _ask(url: str, body: bytes | None) -> dict:
        headers = {
            "x-trino-user": "benchwright",
            "x-trino-time-zone": "UTC",
            "x-trino-client-capabilities": "PARAMETRIC_DATETIME",
        }
        request = urllib.request.Request(url, body, headers, method="GET" if body is None else "POST")
        with urllib.request.urlopen(request, timeout=120) as reply:
            return json.loads(reply.read(), parse_float=Decimal)


def physical(catalog: str) -> str:
    """Every process of a parallel run has catalogs of its own, so that none drops what another reads."""
    return "_".join(it for it in ("corpus", os.environ.get("PYTEST_XDIST_WORKER"), catalog) if it)


def load_into_trino(trino: Trino, connection: duckdb.DuckDBPyConnection, tables: list[dict]) -> None:
    """Make the tables on Trino, with the rows that DuckDB holds."""
    for catalog in CATALOGS:
        trino.rows(f"DROP CATALOG IF EXISTS {physical(catalog)}")
        trino.rows(f"CREATE CATALOG {physical(catalog)} USING memory")
    for schema in {tuple(it["name"].split(".")[:2]) for it in tables}:
        trino.rows(f"CREATE SCHEMA IF NOT EXISTS {physical(schema[0])}.{schema[1]}")
    for table in tables:
        catalog, schema, name = table["name"].split(".")
        spelt = f'{physical(catalog)}.{schema}."{name}"'
        columns = table["columns"]
        trino.rows(f"DROP TABLE IF EXISTS {spelt}")
        named = ", ".join(f"{it['name']} {it['type']}" for it in columns)
        trino.rows(f"CREATE TABLE {spelt} ({named})")
        texts = ", ".join(_as_text(it) for it in columns)
        rows = connection.execute(f"SELECT {texts} FROM {table['name']}").fetchall()
        casts = ", ".join(_from_text(f"c{i}", it["type"]) for i, it in enumerate(columns))
        fields = ", ".join(f"c{i} varchar" for i in range(len(columns)))
        for chunk in _chunks(rows):
            trino.rows(
                f"INSERT INTO {spelt} SELECT {casts} FROM UNNEST(CAST(json_parse('{chunk}') AS array(row({fields}))))"
            )


def drop_from_trino(trino: Trino) -> None:
    for catalog in CATALOGS:
        trino.rows(f"DROP CATALOG IF EXISTS {physical(catalog)}")


def _as_text(column: dict) -> str:
    name = column["name"]
    if column["type"].startswith(("array", "map", "row")):
        return f"CAST(to_json({name}) AS VARCHAR)"
    if column["type"] == "real":
        return f"CAST(CAST({name} AS DOUBLE) AS VARCHAR)"
    if column["type"].endswith("with time zone"):
        return f"CAST(make_timestamp(epoch_us({name})) AS VARCHAR)"
    return f"CAST({name} AS VARCHAR)"


def _from_text(name: str, of: str) -> str:
    if of.startswith(("array", "map", "row")):
        return f"CAST(json_parse({name}) AS {of})"
    if of in ("real", "double"):
        return f"CAST(replace(replace({name}, 'inf', 'Infinity'), 'nan', 'NaN') AS {of})"
    return f"CAST({name} AS {of})"


def _chunks(rows: list[tuple]) -> list[str]:
    chunks, parts, size = [], [], 0
    for row in rows:
        text = json.dumps(list(row), ensure_ascii=False).replace("'", "''")
        if size + len(text.encode()) > _CHARACTERS - 5000:
            chunks.append(f"[{','.join(parts)}]")
            parts, size = [], 0
        parts.append(text)
        size += len(text.encode()) + 1
    return [*chunks, f"[{','.join(parts)}]"] if parts else chunks


__all__ = ["Trino", "TrinoError", "drop_from_trino", "load_into_trino", "physical", "trino_type"]

"""source-postgres as a plain connector: each message against the protocol's own models."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from airbyte_protocol.models import AirbyteMessage, ConfiguredAirbyteCatalog
from jsonschema import Draft7Validator

LAKE = Path(__file__).resolve().parents[2]


class Connector:
    """Runs `python -m workbench_sync.postgres` and validates what it prints."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, verb: str, **documents: Any) -> tuple[list[dict[str, Any]], int]:
        arguments = []
        for name, document in documents.items():
            path = self.folder / f"{name}.json"
            path.write_text(json.dumps(document))
            arguments += [f"--{name}", str(path)]
        done = subprocess.run(
            [sys.executable, "-m", "workbench_sync.postgres", verb, *arguments],
            capture_output=True,
            cwd=LAKE,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
        )
        lines = done.stdout.decode().splitlines()
        for line in lines:
            AirbyteMessage.model_validate_json(line)
        assert done.stderr == b""
        return [json.loads(line, parse_float=Decimal) for line in lines], done.returncode


@pytest.fixture
def connector(tmp_path: Path) -> Connector:
    return Connector(tmp_path)


def configured(catalog: dict[str, Any], mode: str = "full_refresh", cursor: str | None = None) -> dict[str, Any]:
    streams = [
        {"stream": stream, "sync_mode": mode, "destination_sync_mode": "append"}
        | ({"cursor_field": [cursor]} if cursor else {})
        for stream in catalog["streams"]
    ]
    document = {"streams": streams}
    ConfiguredAirbyteCatalog.model_validate(document)
    return document


def test_the_spec_is_a_schema_that_takes_the_documents_of_the_workbench(connector: Connector) -> None:
    messages, status = connector.run("spec")
    assert status == 0
    schema = messages[0]["spec"]["connectionSpecification"]
    Draft7Validator.check_schema(schema)
    document = {
        "host": "inventory-db.novamart.internal",
        "port": 5432,
        "database": "inventory",
        "schemas": ["public"],
        "replication_method": {"method": "standard"},
    }
    Draft7Validator(schema).validate(document)


def test_check_says_yes_or_why_not(connector: Connector, database) -> None:
    assert connector.run("check", config=database.config())[0][-1]["connectionStatus"]["status"] == "SUCCEEDED"
    messages, status = connector.run("check", config=database.config(password="wrong"))
    assert status == 0
    assert messages[-1]["connectionStatus"]["status"] == "FAILED"
    assert "password of user postgres is wrong" in messages[-1]["connectionStatus"]["message"]
    assert 'wrong"' not in json.dumps(messages[-1])


def test_what_is_discovered_is_read_as_it_was_described(connector: Connector, database) -> None:
    database.run(
        """
        CREATE TABLE \"Kunden \"\"1\"\"\" (id bigint PRIMARY KEY, "größe" numeric(40,20), free numeric, b bytea,
          at timestamptz, d date, tags text[], doc jsonb, f double precision, iv interval, flag bool, u uuid);
        INSERT INTO \"Kunden \"\"1\"\"\" VALUES
          (9223372036854775807, 12345678901234567890.12345678901234567890, 1e30, '\\x00ff',
           '2024-01-01 00:00:00.5+02', '2024-02-29',
           '{a,NULL}', '{"x": [1, "Ü"]}', 0.1, '1 day', true, '6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b'),
          (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
        CREATE VIEW shown AS SELECT 1 AS one;
        """
    )
    config = database.config()
    messages, _ = connector.run("discover", config=config)
    catalog = messages[-1]["catalog"]
    streams = {stream["name"]: stream for stream in catalog["streams"]}
    assert set(streams) == {'Kunden "1"', "shown"}
    assert streams['Kunden "1"']["source_defined_primary_key"] == [["id"]]
    assert streams['Kunden "1"']["supported_sync_modes"] == ["full_refresh", "incremental"]
    messages, status = connector.run("read", config=config, catalog=configured(catalog))
    assert status == 0
    records = [message["record"] for message in messages if message["type"] == "RECORD"]
    for record in records:
        plain = json.loads(json.dumps(record["data"], default=float))
        Draft7Validator(streams[record["stream"]]["json_schema"]).validate(plain)
    big = next(record["data"] for record in records if record["data"].get("id") == 9223372036854775807)
    assert big["größe"] == Decimal("12345678901234567890.12345678901234567890")
    assert big["free"] == 10**30
    assert big["b"] == "AP8="
    assert big["at"] == "2023-12-31T22:00:00.5+00:00"
    assert big["tags"] == ["a", None]
    assert json.loads(big["doc"]) == {"x": [1, "Ü"]}
    statuses = [
        m["trace"]["stream_status"]["status"] for m in messages if m.get("trace", {}).get("type") == "STREAM_STATUS"
    ]
    assert statuses == ["STARTED", "RUNNING", "COMPLETE"] * 2


def test_incremental_reads_go_on_from_the_state_that_was_emitted(connector: Connector, database) -> None:
    database.run("CREATE TABLE e (id int, at int); INSERT INTO e VALUES (1, 1), (2, 2), (3, NULL)")
    config = database.config()
    catalog = configured(connector.run("discover", config=config)[0][-1]["catalog"], "incremental", "at")
    messages, _ = connector.run("read", config=config, catalog=catalog)
    states = [message["state"] for message in messages if message["type"] == "STATE"]
    assert states[-1]["sourceStats"]["recordCount"] == 3
    database.run("INSERT INTO e VALUES (4, 2), (5, 3)")
    messages, _ = connector.run("read", config=config, catalog=catalog, state=[states[-1]])
    assert sorted(m["record"]["data"]["id"] for m in messages if m["type"] == "RECORD") == [4, 5]


def test_a_stream_that_fails_says_why_and_the_others_are_read(connector: Connector, database) -> None:
    database.run("CREATE TABLE a (id int); CREATE TABLE b (id int); INSERT INTO b VALUES (1)")
    config = database.config()
    catalog = configured(connector.run("discover", config=config)[0][-1]["catalog"])
    database.run("DROP TABLE a")
    messages, status = connector.run("read", config=config, catalog=catalog)
    assert status == 1
    error = next(m["trace"]["error"] for m in messages if m.get("trace", {}).get("type") == "ERROR")
    assert "There is no table or view a" in error["message"]
    assert error["failure_type"] == "config_error"
    assert [m["record"]["stream"] for m in messages if m["type"] == "RECORD"] == ["b"]

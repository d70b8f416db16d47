"""The service: the token, the words of failures, and ending when asked to."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from lake_under_test import TABLE, WORKSPACE, LakeUnderTest
from starlette.testclient import TestClient

from workbench_lake.failures import LakeFailure
from workbench_lake.lake_client import LakeClient
from workbench_lake.service import lake_app

TOKEN = "a-token"
BASE = f"/v1/{WORKSPACE}/tables"


@pytest.fixture
def client(lake: LakeUnderTest) -> Iterator[TestClient]:
    with TestClient(lake_app(lake.writer, TOKEN), headers={"Authorization": f"Bearer {TOKEN}"}) as client:
        yield client


@pytest.mark.parametrize("header", [None, "Bearer wrong", "Bearer ", TOKEN, "Basic " + TOKEN])
def test_nothing_is_told_without_the_token(lake: LakeUnderTest, header: str | None) -> None:
    with TestClient(lake_app(lake.writer, TOKEN)) as client:
        answer = client.get(BASE, headers={"Authorization": header} if header else {})
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "unauthenticated"


def test_health_needs_no_token(lake: LakeUnderTest) -> None:
    with TestClient(lake_app(lake.writer, TOKEN)) as client:
        answer = client.get("/v1/health").json()
    assert answer["status"] == "ok"
    assert answer["warehouse"].startswith("file://")


def test_the_whole_journey_over_http(lake: LakeUnderTest, client: TestClient) -> None:
    folder = client.post(f"{BASE}/{TABLE}/stage", json={"idempotency_key": "k"}).json()["folder"]
    assert Path(folder).is_dir()
    path = lake.stage("k", "SELECT 1 AS id")["path"]
    body = {"idempotency_key": "k", "mode": "append", "files": [{"path": path}], "written_by": "ann", "kind": "run"}
    done = client.post(f"{BASE}/{TABLE}/commits", json={**body, "create": {"key": ["id"]}}).json()
    assert done["row_count"] == 1
    assert client.post(f"{BASE}/{TABLE}/commits", json=body).json() == {**done, "replayed": True}
    assert done["snapshot_id"] < 2**53
    assert [one["name"] for one in client.get(BASE).json()] == [TABLE]
    assert client.get(f"{BASE}/{TABLE}").json()["key"] == ["id"]
    assert client.get(f"{BASE}/{TABLE}/snapshots?limit=1").json()["items"][0]["written_by"] == "ann"
    assert client.get(f"{BASE}/{TABLE}/history").json()["items"][0]["snapshot_id"] == done["snapshot_id"]
    assert client.get(f"{BASE}/{TABLE}/files?snapshot_id={done['snapshot_id']}").json()["delete_files"] == 0
    assert client.get(f"{BASE}/{TABLE}/partitions").json()["items"][0]["rows"] == 1
    change = {"changes": [{"add": {"name": "v", "type": "json"}}], "expected_schema_id": 0}
    assert client.post(f"{BASE}/{TABLE}/schema", json=change).json()["columns"][1]["json"] is True
    branch = {"name": "audit", "from_snapshot_id": str(done["snapshot_id"]), "written_by": "ann"}
    assert client.post(f"{BASE}/{TABLE}/branches", json=branch).json()["snapshot_id"] == done["snapshot_id"]
    published = client.post(f"{BASE}/{TABLE}/branches/audit/fast-forward", json={"written_by": "ann"})
    assert published.json()["snapshot_id"] == done["snapshot_id"]
    assert client.request("DELETE", f"{BASE}/{TABLE}/branches/audit").status_code == 200
    tagged = client.post(f"{BASE}/{TABLE}/tags", json={"name": "v1", "snapshot_id": done["snapshot_id"]})
    assert tagged.json()["type"] == "tag"
    assert client.delete(f"{BASE}/{TABLE}/tags/v1").status_code == 200
    back = client.post(f"{BASE}/{TABLE}/rollbacks", json={"snapshot_id": done["snapshot_id"], "written_by": "ann"})
    assert back.status_code == 200
    plan = client.post(f"{BASE}/{TABLE}/maintenance", json={"action": "compact", "options": {}, "dryRun": True}).json()
    assert plan["files_in"] == 0
    assert client.delete(f"{BASE}/{TABLE}").status_code == 200
    assert client.get(f"{BASE}/{TABLE}").status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("GET", "/v1/nowhere", None, 404, "not_found"),
        ("GET", f"{BASE}/lake.shop.nope", None, 404, "not_found"),
        ("GET", f"{BASE}/nonsense", None, 400, "invalid_input"),
        ("GET", "/v1/a%20b/tables", None, 400, "invalid_input"),
        ("GET", f"{BASE}/{TABLE}/snapshots?limit=many", None, 400, "invalid_input"),
        ("GET", f"{BASE}/{TABLE}/snapshots?limit=100000", None, 400, "invalid_input"),
        ("POST", f"{BASE}/{TABLE}/commits", b"{not json", 400, "invalid_input"),
        ("POST", f"{BASE}/{TABLE}/commits", b"[]", 400, "invalid_input"),
        ("POST", f"{BASE}/{TABLE}/commits", b'{"mode": "append"}', 400, "invalid_input"),
        ("POST", f"{BASE}/{TABLE}/schema", b'{"changes": {}}', 400, "invalid_input"),
        ("POST", f"{BASE}/{TABLE}/rollbacks", b'{"snapshot_id": 1, "written_by": "a"}', 404, "not_found"),
        ("POST", f"{BASE}/{TABLE}/rollbacks", b'{"snapshot_id": true, "written_by": "a"}', 400, "invalid_input"),
        ("POST", f"{BASE}/{TABLE}/stage", b'{"idempotency_key": "k", "x": 1}', 400, "invalid_input"),
        ("PUT", BASE, b"{}", 405, "invalid_input"),
    ],
)
def test_failures_have_a_code_and_words(
    lake: LakeUnderTest, client: TestClient, method: str, path: str, body: bytes | None, status: int, code: str
) -> None:
    lake.commit("SELECT 1 AS id")
    answer = client.request(method, path, content=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["title"]


def test_a_bug_is_not_shown(lake: LakeUnderTest, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lake.writer, "tables", lambda _: 1 / 0)
    answer = client.get(BASE)
    assert (answer.status_code, answer.json()["code"]) == (502, "engine_failed")
    assert "division" not in answer.text


def test_the_process_serves_its_client_and_ends_when_asked(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "LAKE_DATABASE_URL": f"sqlite:///{tmp_path}/c.db",
        "LAKE_WAREHOUSE": f"{tmp_path}/lake",
        "LAKE_TOKEN": TOKEN,
        "LAKE_PORT": str(port),
    }
    root = Path(__file__).parent.parent.parent
    process = subprocess.Popen([sys.executable, "-m", "workbench_lake"], cwd=root, env=environment)
    try:
        client = LakeClient(f"http://127.0.0.1:{port}", TOKEN)
        deadline = time.monotonic() + 240
        while True:
            try:
                assert client.tables(WORKSPACE) == []
                break
            except LakeFailure:
                assert time.monotonic() < deadline
                assert process.poll() is None
        body = {
            "idempotency_key": "k",
            "mode": "append",
            "files": [],
            "written_by": "ann",
            "kind": "sync",
            "state": "é",
        }
        client.commit(WORKSPACE, 'lake.shop."a.b/c"', {**body, "columns": [{"name": "id", "type": "bigint"}]})
        table = client.table(WORKSPACE, 'lake.shop."a.b/c"')
        assert (table["sync_state"], table["row_count"]) == ("é", 0)
        with pytest.raises(LakeFailure) as caught:
            client.table(WORKSPACE, "lake.shop.nope")
        assert caught.value.code == "not_found"
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.wait()


def test_the_process_says_which_settings_are_missing() -> None:
    root = Path(__file__).parent.parent.parent
    environment = {key: value for key, value in os.environ.items() if not key.startswith("LAKE_")}
    command = [sys.executable, "-m", "workbench_lake"]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 2
    assert "LAKE_TOKEN" in done.stderr


def test_answers_are_plain_json(client: TestClient, lake: LakeUnderTest) -> None:
    lake.commit("SELECT 1 AS id, DATE '2026-01-01' AS d, 'a'::BLOB AS b")
    for path in ("", "/snapshots", "/files", "/partitions", "/history"):
        json.loads(client.get(f"{BASE}/{TABLE}{path}").text)

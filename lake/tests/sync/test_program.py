from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from workbench_sync.airbyte.connector_request import refuse_local_files
from workbench_sync.failure import SyncFailure

LAKE = Path(__file__).parents[2]
SCRIPTED = Path(__file__).parent / "connectors" / "scripted_source.py"
SECRET = "s3cr3t-value"


@pytest.fixture
def start(tmp_path):
    """Starts the program with the scripted source installed, one verb and one request; its stdin stays open."""
    environment = tmp_path / "scripted-1.0-python3.11"
    (environment / "bin").mkdir(parents=True)
    script = environment / "bin" / "scripted"
    script.write_text(f'#!/bin/sh\nexec {sys.executable} {SCRIPTED} "$@"\n')
    script.chmod(0o755)
    (environment / "complete").touch()
    started: list[subprocess.Popen[bytes]] = []

    def go(verb: str, config: dict[str, Any], **more: Any) -> subprocess.Popen[bytes]:
        connector = {"name": "scripted", "package": "scripted", "version": "1.0"}
        request = {
            "connector": connector,
            "config": config,
            "connectors_dir": str(tmp_path),
            "secrets": [SECRET],
            **more,
        }
        program = subprocess.Popen(
            [sys.executable, "-m", "workbench_sync", verb],
            cwd=LAKE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "TMPDIR": str(tmp_path)},
        )
        started.append(program)
        assert program.stdin is not None
        program.stdin.write(json.dumps(request).encode() + b"\n")
        program.stdin.flush()
        return program

    yield go
    for program in started:
        program.kill()
        program.wait()


def events(program: subprocess.Popen[bytes]) -> list[dict[str, Any]]:
    assert program.stdout is not None
    return [json.loads(line) for line in program.stdout]


def test_check_ends_with_its_answer(start):
    program = start("check", {})
    assert events(program)[-1] == {"event": "result", "status": "SUCCEEDED"}
    assert program.wait() == 0


def test_an_honest_no_is_a_result(start):
    no = {"type": "CONNECTION_STATUS", "connectionStatus": {"status": "FAILED", "message": f"The key {SECRET} expired"}}
    program = start("check", {"check": [no]})
    assert events(program)[-1] == {"event": "result", "status": "FAILED", "message": "The key ****** expired"}


def test_discover_tells_the_columns_of_the_lake(start):
    catalog = events(start("discover", {"properties": {"at": {"type": "string", "format": "date"}}}))[-1]["catalog"]
    assert catalog["streams"][0]["columns"] == [{"name": "at", "type": "date"}]


def test_a_crash_is_a_failure_without_the_secret(start):
    program = start("check", {"check": [{"do": "crash"}], "password": SECRET})
    told = events(program)
    assert (told[-1]["event"], told[-1]["code"]) == ("failure", "engine_failed")
    assert SECRET not in json.dumps(told)
    assert program.wait() == 1


def test_the_end_of_stdin_ends_the_connector_too(start, tmp_path):
    mark = {"type": "LOG", "log": {"level": "INFO", "message": "waiting"}}
    program = start("check", {"check": [mark, {"do": "hang", "seconds": 120}]})
    assert program.stdout is not None
    assert program.stdin is not None
    for line in program.stdout:
        if b"waiting" in line:
            break
    program.stdin.close()
    assert events(program)[-1]["code"] == "cancelled"
    assert program.wait(20) == 1
    assert not list(tmp_path.glob("benchwright-sync-*"))
    assert not [line for line in running() if str(tmp_path) in line]


def running() -> list[str]:
    found = []
    for entry in Path("/proc").glob("[0-9]*/environ"):
        try:
            text = entry.read_bytes().decode("utf-8", "replace")
            command = (entry.parent / "cmdline").read_bytes().decode("utf-8", "replace")
        except OSError:
            continue
        if "scripted_source" in command:
            found.append(text)
    return found


def test_an_unknown_connector_version_needs_uv_and_says_so(start):
    program = start("spec", {}, connector={"name": "x", "package": "x-connector", "version": "9"}, uv="/nowhere/uv")
    failure = events(program)[-1]
    assert (failure["code"], failure["message"]) == (
        "engine_unavailable",
        "Connectors cannot be installed: uv does not answer.",
    )


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("/etc/passwd", None),
        ("/etc/passwd", "/srv/files"),
        ("/srv/files/../secret", "/srv/files"),
        ("file:///etc/passwd", None),
    ],
)
def test_files_of_the_machine_are_not_read_unless_opened(url, allowed):
    with pytest.raises(SyncFailure) as caught:
        refuse_local_files({"url": url, "provider": {"storage": "local"}}, allowed)
    assert caught.value.code == "forbidden"


def test_an_opened_folder_and_the_web_are_allowed():
    refuse_local_files({"url": "/srv/files/a.csv", "provider": {"storage": "local"}}, "/srv/files")
    refuse_local_files({"url": "example.org/a.csv", "provider": {"storage": "HTTPS"}}, None)

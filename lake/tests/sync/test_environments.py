from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from workbench_sync.airbyte.connector_environments import Connector, connector_command
from workbench_sync.events import Events
from workbench_sync.failure import SyncFailure

CONNECTOR = Connector("source-x", "airbyte-source-x", "1.0")
FAKE_UV = """#!/bin/sh
echo "$@" >> {log}
case "$1 $2" in
  "python list") echo '{pythons}' ;;
  "venv --relocatable") mkdir -p "$5/bin"; touch "$5/bin/python" ;;
  "pip install") {install} ;;
esac
"""


@pytest.fixture
def uv(tmp_path: Path, monkeypatch):
    """A stand-in for uv: `install` is what its `pip install` does, in shell; $4 is the environment's Python."""
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "no-pyenv"))

    def make(install: str, versions: tuple[str, ...] = ("3.11.7", "3.12.1")) -> str:
        pythons = json.dumps(
            [{"version": one, "path": f"/usr/bin/python{one}", "implementation": "cpython"} for one in versions]
        )
        path = tmp_path / "uv"
        path.write_text(FAKE_UV.format(log=tmp_path / "calls", pythons=pythons, install=install))
        path.chmod(0o755)
        return str(path)

    return make


@pytest.fixture
def events() -> Events:
    return Events(lambda _: None)


WORKS = 'touch "$(dirname "$4")/source-x"'


def calls(folder: Path, verb: str) -> int:
    return (folder / "calls").read_text().count(verb)


def test_an_environment_is_made_once(uv, events, tmp_path):
    program = uv(WORKS)
    first = connector_command(CONNECTOR, tmp_path / "all", program, events)
    assert first == connector_command(CONNECTOR, tmp_path / "all", program, events)
    assert first == [str(tmp_path / "all/airbyte-source-x-1.0-python3.11/bin/source-x")]
    assert calls(tmp_path, "pip install") == 1


def test_two_syncs_at_once_make_one_environment(uv, events, tmp_path):
    program = uv(WORKS)
    made: list[list[str]] = []
    threads = [
        threading.Thread(target=lambda: made.append(connector_command(CONNECTOR, tmp_path / "all", program, events)))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 3
    assert calls(tmp_path, "pip install") == 1


def test_a_package_of_another_python_is_made_with_that(uv, events, tmp_path):
    complaint = "airbyte-source-x depends on Python>=3.12,<4.0"
    refuses = f'case "$4" in *3.11*) echo "{complaint}"; exit 1;; *) {WORKS};; esac'
    command = connector_command(CONNECTOR, tmp_path / "all", uv(refuses), events)
    assert "python3.12" in command[0]


def test_a_python_that_is_not_there_is_named(uv, events, tmp_path):
    program = uv('echo "Because airbyte-source-x==1.0 depends on Python<3.10 we can conclude"; exit 1')
    with pytest.raises(SyncFailure) as caught:
        connector_command(CONNECTOR, tmp_path / "all", program, events)
    assert caught.value.message == "airbyte-source-x 1.0 needs Python <3.10, and this machine has 3.11, 3.12."


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Because there is no version of airbyte-source-x==1.0 and you require it", "not_found"),
        ("error: Failed to fetch: `https://index/airbyte-source-x/`", "engine_unavailable"),
        ("error: No space left on device (os error 28)", "resource_exhausted"),
        ("error: something else", "engine_failed"),
    ],
)
def test_an_installation_that_fails_leaves_nothing_and_says_why(uv, events, tmp_path, words, code):
    with pytest.raises(SyncFailure) as caught:
        connector_command(CONNECTOR, tmp_path / "all", uv(f"echo '{words}'; exit 1"), events)
    assert caught.value.code == code
    assert [path.suffix for path in (tmp_path / "all").iterdir()] == [".lock"]

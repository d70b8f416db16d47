from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

from workbench_query.serve import Server

FOREVER = "SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE hash(a.range + b.range) = 1"


def test_leaves_when_its_parent_does_and_clears_up(own_worker: Any) -> None:
    number = own_worker.begin("run", sql=FOREVER, folder=str(own_worker.folder / "result"))
    until = time.monotonic() + 30
    while not (own_worker.folder / "result").exists() and time.monotonic() < until:
        time.sleep(0.02)
    assert (own_worker.folder / "result").exists()
    own_worker.process.stdin.close()
    assert own_worker.process.wait(timeout=30) == 0
    assert number == 1
    assert not (own_worker.folder / "result").exists()
    assert list((own_worker.folder / "tmp").iterdir()) == []


def test_answers_several_at_a_time(worker: Any) -> None:
    slow = worker.begin("run", sql=FOREVER, folder=str(worker.folder / "slow"))
    assert worker.ask("health")["result"]["version"].count(".") == 2
    worker.cancel(slow)
    assert worker.end(slow)["failure"]["code"] == "cancelled"


def test_survives_lines_that_are_no_requests(worker: Any) -> None:
    for line in (b"\n", b"nonsense\n", b"[]\n", b'{"kind":"run"}\n', b'{"id":99,"cancel":true}\n', b"\xff\xfe\n"):
        worker.process.stdin.write(line)
    worker.process.stdin.flush()
    assert "version" in worker.ask("health")["result"]
    assert worker.ask("nonsense")["failure"]["code"] == "engine_failed"


def test_answers_with_half_of_a_character_too() -> None:
    output = io.BytesIO()
    Server("run", output)._send({"id": 1, "result": "\ud800"})
    assert json.loads(output.getvalue()) == {"id": 1, "result": "?"}


def test_ignores_the_terminals_interrupt(worker: Any) -> None:
    worker.ask("health")
    os.kill(worker.process.pid, signal.SIGINT)
    assert "version" in worker.ask("health")["result"]


def test_says_how_to_be_called(tmp_path: Path) -> None:
    import sys

    lake = Path(__file__).resolve().parents[3]
    wrong = subprocess.run([sys.executable, "-m", "workbench_query", "other"], cwd=lake, capture_output=True, text=True)
    assert wrong.returncode == 2
    assert "run|results|language" in wrong.stderr
    assert json.dumps(wrong.stdout) == '""'

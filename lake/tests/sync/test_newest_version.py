"""The program that names the newest version of a connector's package."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

LAKE = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        ("echo 'airbyte-source-other==9.9.9'; cat >/dev/null; echo 'airbyte-source-faker==7.2.1'", 0, "7.2.1"),
        ("echo 'no such package' >&2; exit 1", 1, "no such package"),
        ("true", 1, "uv named no version"),
    ],
)
def test_the_version_is_the_one_that_uv_resolves(tmp_path, answer, status, said):
    uv = tmp_path / "uv"
    uv.write_text(f"#!/bin/sh\n{answer}\n")
    uv.chmod(0o755)
    command = [sys.executable, "-m", "workbench_sync.newest_version", str(uv), "airbyte-source-faker"]
    done = subprocess.run(command, cwd=LAKE, capture_output=True, text=True, check=False)
    assert (done.returncode, (done.stdout + done.stderr).strip()) == (status, said)

"""`python -m workbench_sync.newest_version <uv> <package>`: the newest version of the package index, on stdout."""

from __future__ import annotations

import os
import re
import subprocess
import sys

from .airbyte.package_index import package_index_settings


def newest_version(uv: str, package: str) -> str:
    """The version that a bare requirement of the package resolves to. Raises RuntimeError with uv's words."""
    answer = subprocess.run(
        [uv, "pip", "compile", "--no-deps", "--no-header", "--no-annotate", "--universal", "-"],
        input=package,
        capture_output=True,
        text=True,
        env={**os.environ, **package_index_settings(os.environ), "UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1"},
        timeout=100,
        check=False,
    )
    found = re.search(rf"^{re.escape(package)}==(\S+)", answer.stdout, re.MULTILINE)
    if answer.returncode != 0 or found is None:
        raise RuntimeError(answer.stderr.strip() or "uv named no version")
    return found.group(1)


if __name__ == "__main__":
    try:
        print(newest_version(*sys.argv[1:3]))
    except (RuntimeError, OSError, subprocess.TimeoutExpired) as error:
        sys.exit(str(error))

from __future__ import annotations

import runpy
import sys
from pathlib import Path
from typing import Any

from . import task
from .spec import SpecError


def python_script(spec: dict[str, Any], *, local: bool = False) -> None:
    """Runs the script as a program and writes the result file last. `sys.exit` with a code other than 0 fails it."""
    module = spec["script"].removesuffix(".py").replace("/", ".")
    if not Path(spec["script"]).is_file():
        raise SpecError(f"The script {spec['script']} is not in the code package")
    task.begin(spec)
    before = sys.argv
    sys.argv = [spec["script"], *spec["args"]]
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as ending:
        if ending.code not in (None, 0):
            raise
    finally:
        sys.argv = before
    task.write_result()

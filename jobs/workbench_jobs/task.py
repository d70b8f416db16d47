"""What a script of a `python` task may use: `from workbench_jobs import task`."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa

from .files import written_file
from .output_table import write_output_table

_spec: dict[str, Any] = {}
_values: dict[str, Any] = {}
_tables: dict[str, dict[str, Any]] = {}


def parameters() -> dict[str, Any]:
    """The task's parameters by name, expressions filled in."""
    return dict(_spec.get("parameters", {}))


def progress(text: str) -> None:
    """One line that says how far the script is; the latest is shown beside the task."""
    print(f"PROGRESS {text}", flush=True)


def output(name: str, value: Any) -> None:
    """Gives a JSON value to the tasks behind this one: `tasks.<id>.outputs.<name>`."""
    json.dumps(value, allow_nan=False)
    _values[name] = value


def write_table(key: str, table: pa.Table) -> None:
    """Writes an output table, wholly or not at all. A key that the pipeline does not map to a table is skipped."""
    path = _spec.get("output_uris", {}).get(key)
    if path is None:
        print(f"WARNING output {key} has no table in the pipeline and is not written", flush=True)
        return
    _tables[key] = write_output_table(path, table)


def begin(spec: dict[str, Any]) -> None:
    """Makes `spec` the task of this process."""
    for held in (_spec, _values, _tables):
        held.clear()
    _spec.update(spec)


def write_result() -> None:
    """Writes the result file; its presence means that the script succeeded."""
    with written_file(_spec["result_uri"]) as draft:
        draft.write_text(json.dumps({"values": _values, "tables": _tables}, indent=2, allow_nan=False))

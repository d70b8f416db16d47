"""What screens are tested on (components/query/results/cells) is what this worker writes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pyarrow as pa

CELLS = Path(__file__).resolve().parents[4] / "components/query/results/cells"
SQL = (CELLS / "worker-types.sql").read_text()
KEPT = CELLS / "worker-types.arrows"


def test_writes_what_the_cells_of_screens_are_tested_on(worker: Any) -> None:
    """After a change that is meant, run with WRITE_FIXTURES=1 and look at what the cells then show."""
    answer = worker.run(SQL)
    assert "result" in answer, answer
    folder = worker.folder / "results" / str(answer["id"])
    if os.environ.get("WRITE_FIXTURES") == "1":
        KEPT.write_bytes((folder / "result.arrows").read_bytes())
    with pa.ipc.open_stream(folder / "result.arrows") as written, pa.ipc.open_stream(KEPT) as kept:
        assert written.schema.equals(kept.schema, check_metadata=True)
        assert written.read_all().equals(kept.read_all())

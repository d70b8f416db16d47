"""A script of a second. Every beginning of it leaves a line; its table says which run wrote it last."""

import json
import time
from pathlib import Path

import pyarrow as pa
from workbench_jobs import task

parameters = task.parameters()
spec = json.loads(Path("spec.json").read_text())
with Path(parameters["trace"]).open("a") as file:
    file.write(json.dumps({key: spec[key] for key in ("run_id", "task_id", "attempt")}) + "\n")
time.sleep(1)
task.output("even", int(parameters["number"]) % 2 == 0)
task.write_table("jobs", pa.table({"run_id": [spec["run_id"]]}))

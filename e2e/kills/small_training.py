"""A training of a second: two workers, one metric, one registered model, two tables. Every beginning of it leaves a line."""

import json
import tempfile
import time
from pathlib import Path

import pyarrow as pa


def square(shared, item):
    time.sleep(0.4)
    return shared * item * item


def train(context):
    trace = Path(context.hyperparameters["trace"])
    with trace.open("a") as file:
        file.write(json.dumps({key: context.spec[key] for key in ("run_id", "task_id", "attempt")}) + "\n")
    dataset = context.read_dataset()
    total = 0
    for _, result in context.map(square, [1, 2, 3, 4], 1):
        total += result
        context.progress(f"squared, {total} so far")
    context.log_metrics({"total": float(total)})
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "model.json").write_text(json.dumps({"total": total}))
        context.run.log_folder(Path(folder), "model")
    context.register_model("small", context.experiment, "model", {})
    days = sorted(set(dataset.column("day").to_pylist()))
    rows = [(day, model, chosen) for day in days for model, chosen in (("small", True), ("seasonal_naive", False))]
    context.write_table(
        "backtest",
        pa.table(
            {
                "origin": [days[0] for _ in rows],
                "date": [day for day, _, _ in rows],
                "category": ["all" for _ in rows],
                "model": [model for _, model, _ in rows],
                "predicted": [101.0 if chosen else 120.0 for _, _, chosen in rows],
                "actual": [100.0 for _ in rows],
                "chosen": [chosen for _, _, chosen in rows],
                "registered_model": pa.array([context.experiment for _ in rows], pa.string()),
                "is_holdout": [True for _ in rows],
                "is_rolling": [True for _ in rows],
            }
        ),
    )

"""What a training script gets: `train(context)`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from .files import read_file, written_file
from .output_table import write_output_table
from .tracked_run import TrackedRun


class Pool(Protocol):
    def map(self, function: Callable[[Any, Any], Any], items: list[Any], shared: Any) -> Iterator[tuple[int, Any]]: ...

    def close(self) -> None: ...


class Context:
    """The job's specification, its workers, its MLflow run, and where its results go."""

    def __init__(self, spec: dict[str, Any], pool: Pool, run: TrackedRun) -> None:
        self.spec = spec
        self.run = run
        self._pool = pool
        self._models: dict[str, dict[str, Any]] = {}
        self._metrics: dict[str, float] = {}
        self._tables: dict[str, dict[str, Any]] = {}
        self._facts: list[dict[str, str]] = []

    @property
    def hyperparameters(self) -> dict[str, Any]:
        return self.spec["hyperparameters"]

    @property
    def experiment(self) -> str:
        return self.spec["mlflow"]["experiment"]

    @property
    def threads_per_worker(self) -> int:
        return self.spec["threads_per_worker"]

    def read_dataset(self) -> pa.Table:
        """The data set's Parquet files as one table."""
        return pa.concat_tables([read_parquet(uri) for uri in self.spec["dataset"]["uris"]])

    def map(
        self, function: Callable[[Any, Any], Any], items: list[Any], shared: Any = None
    ) -> Iterator[tuple[int, Any]]:
        """`function(shared, item)` for each item on the workers; yields (index, result) as they end, in any order."""
        return self._pool.map(function, items, shared)

    def progress(self, text: str) -> None:
        """One line that says how far the job is; the latest is shown beside the task."""
        print(f"PROGRESS {text}", flush=True)

    def fact(self, label: str, value: str) -> None:
        """Something that people should read beside the result."""
        self._facts.append({"label": label, "value": value})

    def log_metrics(self, metrics: dict[str, float | None]) -> None:
        """To the tracker and to the result."""
        self.run.log_metrics(metrics)
        self._metrics.update({name: value for name, value in metrics.items() if value is not None})

    def register_model(self, key: str, name: str, path: str, tags: dict[str, str]) -> int:
        """Registers the run's artifact folder `path` and returns the version; `key` names the model in the result."""
        version = self.run.register(name, path, tags)
        self._models[key] = {"name": name, "version": version}
        return version

    def write_table(self, key: str, table: pa.Table) -> None:
        """Writes an output table, wholly or not at all. A key that the pipeline does not map to a table is skipped."""
        path = self.spec["output_uris"].get(key)
        if path is None:
            print(f"WARNING output {key} has no table in the pipeline and is not written", flush=True)
            return
        self._tables[key] = write_output_table(path, table)

    def write_result(self) -> None:
        result = {
            "mlflow_run_id": self.run.run_id,
            "models": self._models,
            "metrics": self._metrics,
            "tables": self._tables,
            "facts": self._facts,
        }
        with written_file(self.spec["result_uri"]) as draft:
            draft.write_text(json.dumps(result, indent=2, allow_nan=False))


def read_parquet(place: str) -> pa.Table:
    with read_file(place) as path:
        return pq.read_table(path, memory_map=False)

"""The job's run at the experiment tracker."""

from __future__ import annotations

import logging
import os
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")
os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
os.environ.setdefault("MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT", "true")

from mlflow import MlflowClient  # noqa: E402
from mlflow.entities import Metric, Param, RunTag  # noqa: E402
from mlflow.exceptions import MlflowException  # noqa: E402

RUN_TAG = "benchwright.run_id"
TASK_TAG = "benchwright.task_id"
ATTEMPT_TAG = "benchwright.attempt"
SUPERSEDED_TAG = "benchwright.superseded_by"

logger = logging.getLogger("tracking")
# It warns about each model's conda file, which nobody reads here.
logging.getLogger("mlflow.utils.environment").setLevel(logging.ERROR)


class TrackedRun:
    """One MLflow run per attempt; the attempts before it stay as failed runs that name their successor."""

    def __init__(self, spec: dict[str, Any]) -> None:
        self.spec = spec
        self.client = MlflowClient(tracking_uri=spec["mlflow"]["tracking_uri"])
        experiment = self._experiment(spec["mlflow"]["experiment"])
        earlier = self.client.search_runs(
            [experiment],
            f"tags.`{RUN_TAG}` = '{spec['run_id']}' and tags.`{TASK_TAG}` = '{spec['task_id']}'",
        )
        run = self.client.create_run(
            experiment,
            run_name=f"{spec['run_id']} {spec['task_id']}",
            tags={
                RUN_TAG: spec["run_id"],
                TASK_TAG: spec["task_id"],
                ATTEMPT_TAG: str(spec["attempt"]),
                "dataset": spec["dataset"]["name"],
            },
        )
        self.run_id: str = run.info.run_id
        self.artifact_uri: str = run.info.artifact_uri
        for old in earlier:
            self.client.set_tag(old.info.run_id, SUPERSEDED_TAG, self.run_id)
            self.client.set_terminated(old.info.run_id, "FAILED")

    def _experiment(self, name: str) -> str:
        found = self.client.get_experiment_by_name(name)
        if found is not None:
            return found.experiment_id
        try:
            return self.client.create_experiment(name)
        except MlflowException:
            found = self.client.get_experiment_by_name(name)
            if found is None:
                raise
            return found.experiment_id

    def log_params(self, params: dict[str, Any]) -> None:
        self.client.log_batch(self.run_id, params=[Param(name, str(value)) for name, value in params.items()])

    def log_metrics(self, metrics: dict[str, float | None]) -> None:
        """Metrics without a value are left out. Sent in groups of at most 1,000, the tracker's limit."""
        now = int(time.time() * 1000)
        known = [Metric(name, float(value), now, 0) for name, value in metrics.items() if value is not None]
        for start in range(0, len(known), 1000):
            self.client.log_batch(self.run_id, metrics=known[start : start + 1000])

    def set_tags(self, tags: dict[str, str]) -> None:
        self.client.log_batch(self.run_id, tags=[RunTag(name, value) for name, value in tags.items()])

    def log_folder(self, folder: Path, at: str | None = None) -> None:
        self.client.log_artifacts(self.run_id, str(folder), at)

    def register(self, name: str, path: str, tags: dict[str, str]) -> int:
        """A new version of the registered model `name` from the run's artifact folder `path`.

        A version that an earlier attempt of the same task left behind is removed: a task adds one version.
        """
        try:
            self.client.create_registered_model(name)
        except MlflowException as error:
            if error.error_code != "RESOURCE_ALREADY_EXISTS":
                raise
        mine = {RUN_TAG: self.spec["run_id"], TASK_TAG: self.spec["task_id"]}
        if self.spec["attempt"] > 1:
            for version in self.client.search_model_versions(f"name = '{name}'"):
                if all(version.tags.get(key) == value for key, value in mine.items()):
                    self.client.delete_model_version(name, version.version)
        made = self.client.create_model_version(
            name, f"{self.artifact_uri}/{path}", run_id=self.run_id, tags={**mine, **tags}, await_creation_for=None
        )
        return int(made.version)

    def end(self, succeeded: bool) -> None:
        try:
            self.client.set_terminated(self.run_id, "FINISHED" if succeeded else "FAILED")
        except MlflowException as error:
            if succeeded:
                raise
            logger.warning("the tracker could not be told that the run failed: %s", error)

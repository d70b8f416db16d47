"""The one module that knows Ray: a pool of workers on the cluster."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

if os.environ.get("RAY_ADDRESS", "").startswith("127."):
    # Ray else takes a loopback address for this machine's outer one, where such a head does not listen.
    os.environ.setdefault("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")

import ray  # noqa: E402

PATIENCE_S = 30


class RayPool:
    """`num_workers` worker processes, each holding `resources` (CPU, GPU, memory in bytes) of the cluster."""

    def __init__(self, num_workers: int, resources: dict[str, float], threads: int) -> None:
        self.num_workers = num_workers
        self.resources = resources
        environment = {"OMP_NUM_THREADS": str(threads)}
        if "RAY_JOB_CONFIG_JSON_ENV_VAR" not in os.environ:
            environment["PYTHONPATH"] = os.pathsep.join([os.getcwd(), *filter(None, sys.path)])
        if not ray.is_initialized():
            ray.init(address="auto", log_to_driver=True, logging_level="WARNING")
        self.environment = environment

    def map(self, function: Callable[[Any, Any], Any], items: list[Any], shared: Any) -> Iterator[tuple[int, Any]]:
        """Yields (index of the item, result) as each ends; `shared` is sent to a worker's machine once.

        `function` must be importable by name on the workers. The first failure of a worker is raised and ends the rest.
        """
        options: dict[str, Any] = {
            "num_cpus": self.resources.get("CPU", 1),
            "runtime_env": {"env_vars": self.environment},
        }
        if self.resources.get("GPU"):
            options["num_gpus"] = self.resources["GPU"]
        if self.resources.get("memory"):
            options["memory"] = self.resources["memory"]
        held = ray.put(shared)
        waiting = list(enumerate(items))[::-1]
        workers = [_Worker.options(**options).remote() for _ in range(min(self.num_workers, len(items)))]
        # A worker that the cluster has no room for yet gets no item, so that the others can take them all.
        running: dict[Any, tuple[int | None, Any]] = {worker.ready.remote(): (None, worker) for worker in workers}
        left = len(items)
        try:
            while left:
                finished, _ = ray.wait(list(running), num_returns=1, timeout=PATIENCE_S)
                if not finished:
                    if all(index is None for index, _ in running.values()):
                        print("WARNING the cluster has no room for a worker yet; waiting", flush=True)
                    continue
                index, worker = running.pop(finished[0])
                result = ray.get(finished[0])
                if waiting:
                    following, item = waiting.pop()
                    running[worker.call.remote(function, held, item)] = (following, worker)
                if index is not None:
                    left -= 1
                    yield index, result
        finally:
            for worker in workers:
                ray.kill(worker)

    def close(self) -> None:
        ray.shutdown()


@ray.remote
class _Worker:
    def ready(self) -> None:
        pass

    def call(self, function: Callable[[Any, Any], Any], shared: Any, item: Any) -> Any:
        return function(shared, item)

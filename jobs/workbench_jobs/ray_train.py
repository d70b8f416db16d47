from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from .context import Context, Pool
from .local_pool import LocalPool
from .spec import SpecError
from .tracked_run import TrackedRun


def ray_train(spec: dict[str, Any], *, local: bool = False) -> None:
    """Runs the script's `train(context)` and writes the result file last, so that it exists only after success."""
    train = training_function(spec["training_script"])
    run = TrackedRun(spec)
    succeeded = False
    pool: Pool | None = None
    try:
        pool = open_pool(spec, local)
        context = Context(spec, pool, run)
        run.log_params(spec["hyperparameters"])
        train(context)
        context.write_result()
        succeeded = True
    finally:
        run.end(succeeded)
        if pool is not None:
            pool.close()


def open_pool(spec: dict[str, Any], local: bool) -> Pool:
    if local:
        return LocalPool()
    from .on_ray import RayPool

    config = spec["ray_config"]
    return RayPool(config["num_workers"], config.get("resources_per_worker", {}), spec["threads_per_worker"])


def training_function(script: str) -> Callable[[Context], None]:
    """The `train` of `<package>/<file>.py`. Raises SpecError when the file or the function is missing."""
    module = script.removesuffix(".py").replace("/", ".")
    try:
        found = importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name is not None and (module == error.name or module.startswith(f"{error.name}.")):
            raise SpecError(f"The training script {script} is not in the code package") from error
        raise
    train = getattr(found, "train", None)
    if not callable(train):
        raise SpecError(f"The training script {script} has no function train(context)")
    return train

"""Models to the tracker: artifacts in MLflow's LightGBM form, and registered versions."""

from __future__ import annotations

import json
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import lightgbm as lgb
from workbench_jobs.context import Context
from workbench_jobs.slug import distinct_slugs

from .features import FEATURE_NAMES
from .models import Fitted


def register_models(
    context: Context, categories: list[str], own: Fitted, overall: Fitted, global_categories: list[str]
) -> dict[tuple[str, int], str]:
    """Registers `<experiment>.<category-slug>` for each category and `<experiment>.global`.

    Returns `<name>/<version>` by (candidate, index in `global_categories`), which starts with `categories`.
    """
    slugs = distinct_slugs(categories, frozenset({"global"}))
    texts = {**dict(zip(slugs.values(), own.models, strict=True)), "global": overall.models[0]}
    with tempfile.TemporaryDirectory() as folder:
        for slug, text in texts.items():
            save_model(text, Path(folder) / slug)
        (Path(folder) / "features.json").write_text(
            json.dumps({"features": FEATURE_NAMES, "categories": global_categories}, indent=2)
        )
        context.run.log_folder(Path(folder), "models")

    def register(entry: tuple[str, str]) -> str:
        category, slug = entry
        name = f"{context.experiment}.{slug}"
        version = context.register_model(category, name, f"models/{slug}", {"category": category})
        return f"{name}/{version}"

    with ThreadPoolExecutor(4) as threads:
        *made, over_all = threads.map(register, [*slugs.items(), ("global", "global")])
    return {
        **{("lightgbm", index): version for index, version in enumerate(made)},
        **{("lightgbm_global", index): over_all for index in range(len(global_categories))},
    }


def save_model(text: str, folder: Path) -> None:
    """A folder that `mlflow.lightgbm.load_model` opens. Requirements are named, so that none are guessed."""
    import mlflow.lightgbm

    mlflow.lightgbm.save_model(
        lgb.Booster(model_str=text), str(folder), pip_requirements=[f"lightgbm=={lgb.__version__}"]
    )

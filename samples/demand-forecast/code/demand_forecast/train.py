"""Trains the demand models, judges them on earlier days and forecasts the next 14: `train(context)`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from workbench_jobs.context import Context
from workbench_jobs.forecast_errors import forecast_errors
from workbench_jobs.slug import distinct_slugs

from .backtest import CANDIDATES, Judged, actual_units, back_test, chosen_values
from .choice import choose
from .intervals import half_widths, interval
from .models import Fit, Fitted, fit
from .origins import Origin, back_test_origins
from .panel import HORIZON, Panel, panel_from_table
from .registry import register_models
from .tables import backtest_table, forecast_table


@dataclass(frozen=True)
class Settings:
    """The task's hyperparameters; a name that is not here is refused."""

    model_type: str = "lightgbm"
    forecast_horizon: int = HORIZON
    category_column: str = "category"
    per_category_models: bool = True
    categories: int = 20
    global_categories: int = 60
    n_estimators: int = 200
    num_leaves: int = 31
    category_n_estimators: int = 120
    category_num_leaves: int = 15
    learning_rate: float = 0.05
    feature_fraction: float = 0.7
    origin_step: int = 3
    rolling_origins: int = 8
    selection_origins: int = 3
    interval_level: float = 0.8
    seed: int = 1


def settings_from(hyperparameters: dict[str, Any]) -> Settings:
    """Raises ValueError for a name or value that this script does not know."""
    unknown = sorted(set(hyperparameters) - set(Settings.__dataclass_fields__))
    if unknown:
        raise ValueError(f"unknown hyperparameters: {', '.join(unknown)}")
    settings = Settings(**hyperparameters)
    for name, only in (
        ("model_type", "lightgbm"),
        ("forecast_horizon", HORIZON),
        ("category_column", "category"),
        ("per_category_models", True),
    ):
        if getattr(settings, name) != only:
            raise ValueError(f"{name} can only be {only!r} here, not {getattr(settings, name)!r}")
    if settings.global_categories < settings.categories:
        raise ValueError("global_categories must be at least categories")
    return settings


def train(context: Context) -> None:
    settings = settings_from(context.hyperparameters)
    panel = panel_from_table(context.read_dataset().to_pandas(), settings.global_categories)
    origins = back_test_origins(panel.days[: panel.known_days], settings.rolling_origins, settings.selection_origins)
    fits = planned_fits(settings, origins, panel.known_days, context.threads_per_worker)
    fitted = run_fits(context, panel, fits)
    predictions = {key: one.predicted for key, one in fitted.items()}
    judged = back_test(panel, origins, predictions, settings.categories, settings.interval_level)

    context.progress("registering the models")
    own, overall = (fitted[panel.known_days, name] for name in ("lightgbm", "lightgbm_global"))
    largest = panel.categories[: settings.categories]
    registered = register_models(context, largest, own, overall, panel.categories)

    context.progress("writing the back-test and the forecast")
    context.write_table("backtest", backtest_table(panel, judged, registered))
    write_forecast(context, panel, origins, predictions, registered, settings)
    report(context, panel, judged, settings)


def planned_fits(settings: Settings, origins: list[Origin], last: int, threads: int) -> list[Fit]:
    """Two fits per origin and two on all days; the latest first, because they take longest."""
    common = {
        "objective": "regression",
        "learning_rate": settings.learning_rate,
        "feature_fraction": settings.feature_fraction,
        "num_threads": threads,
        "seed": settings.seed,
        "deterministic": True,
        "force_row_wise": True,
    }
    shapes = {
        "lightgbm_global": (settings.n_estimators, {"num_leaves": settings.num_leaves, "min_data_in_leaf": 50}),
        "lightgbm": (
            settings.category_n_estimators,
            {"num_leaves": settings.category_num_leaves, "min_data_in_leaf": 20},
        ),
    }
    return [
        Fit(day, kind, settings.categories, {**common, **own}, rounds, settings.origin_step, day == last)
        for day in sorted({last, *(origin.day for origin in origins)}, reverse=True)
        for kind, (rounds, own) in shapes.items()
    ]


def run_fits(context: Context, panel: Panel, fits: list[Fit]) -> dict[tuple[int, str], Fitted]:
    total, done = sum(work.model_count for work in fits), 0
    fitted = {}
    context.progress(f"training {total} models")
    for index, result in context.map(fit, fits, shared=panel):
        work = fits[index]
        fitted[work.origin, work.kind] = result
        done += work.model_count
        context.progress(f"trained {done} of {total} models")
    return fitted


def write_forecast(
    context: Context,
    panel: Panel,
    origins: list[Origin],
    predictions: dict[tuple[int, str], np.ndarray],
    registered: dict[tuple[str, int], str],
    settings: Settings,
) -> None:
    """The forecaster of each category is the better one over all windows; smaller categories take the global model."""
    count, last = len(panel.categories), panel.known_days
    largest = settings.categories
    actual = np.stack([actual_units(panel, origin.day, count) for origin in origins])
    past = {name: np.stack([predictions[origin.day, name] for origin in origins]) for name in CANDIDATES}
    chosen = choose(actual[:, :largest], {name: past[name][:, :largest] for name in CANDIDATES})
    chosen += ["lightgbm_global"] * (count - largest)
    predicted = np.stack([predictions[last, name][index] for index, name in enumerate(chosen)])
    history = np.stack([past[name][:, index] for index, name in enumerate(chosen)], axis=1)
    lower, upper = interval(predicted, half_widths(actual, history, settings.interval_level))
    versions = [registered[name, index] for index, name in enumerate(chosen)]
    context.write_table("forecast", forecast_table(panel, predicted, lower, upper, versions, settings.interval_level))
    context.fact("Forecast", f"{count} categories, {settings.interval_level:.0%} intervals")
    context.fact(
        "Category model chosen for", f"{chosen.count('lightgbm')} of {largest} categories, global model for the rest"
    )
    context.fact(
        "Promotions ahead",
        "not in the data after its last day: the mean of the last four weeks stands in for the 14 forecast days",
    )


def report(context: Context, panel: Panel, judged: list[Judged], settings: Settings) -> None:
    """Metrics to the tracker, per category and overall; the rolling origins pooled, and the holdout."""
    slugs = distinct_slugs(panel.categories[: settings.categories], frozenset({"global"}))
    rolling = [one for one in judged if one.origin.is_rolling]
    metrics: dict[str, float | None] = {}
    for window, ones in (("rolling", rolling), ("holdout", [one for one in judged if one.origin.is_holdout])):
        actual = np.nan_to_num(np.stack([one.actual for one in ones]))
        forecasts = {name: np.stack([one.predicted[name] for one in ones]) for name in ones[0].predicted}
        forecasts["chosen"] = np.stack([chosen_values(one, one.predicted) for one in ones])
        for name, predicted in forecasts.items():
            for metric, value in named_errors(actual, predicted).items():
                metrics[f"{metric}_{window}.{name}"] = value
        for index, slug in enumerate(slugs.values()):
            for metric, value in named_errors(actual[:, index], forecasts["chosen"][:, index]).items():
                metrics[f"{metric}_{window}.category.{slug}"] = value
    metrics["interval_coverage_rolling"] = coverage(rolling)
    for baseline in ("seasonal_naive", "mean_4_weekdays"):
        metrics[f"wins_against.{baseline}"] = float(wins(rolling, baseline))
        context.fact(f"Beats {baseline}", f"{wins(rolling, baseline)} of {settings.categories} categories by WAPE")
    context.fact("Interval coverage", f"{coverage(rolling):.1%} of days, {settings.interval_level:.0%} meant")
    context.log_metrics(metrics)


def named_errors(actual: np.ndarray, predicted: np.ndarray) -> dict[str, float | None]:
    errors = forecast_errors(actual.ravel(), predicted.ravel())
    return {name: errors[name] for name in ("wape", "mape", "rmse", "bias")}


def coverage(judged: list[Judged]) -> float:
    """Share of the open days of all categories whose actual lies within the chosen forecaster's interval."""
    inside = total = 0
    for one in judged:
        lower, upper = chosen_values(one, one.lower), chosen_values(one, one.upper)
        is_open = np.isfinite(one.actual) & np.isfinite(upper)
        inside += int(((one.actual >= lower) & (one.actual <= upper))[is_open].sum())
        total += int(is_open.sum())
    return inside / total if total else float("nan")


def wins(judged: list[Judged], baseline: str) -> int:
    """Categories in which the chosen forecaster's pooled absolute error is below the baseline's."""
    actual = np.nan_to_num(np.stack([one.actual for one in judged]))
    model = np.abs(np.stack([chosen_values(one, one.predicted) for one in judged]) - actual).sum(axis=(0, 2))
    naive = np.abs(np.stack([one.predicted[baseline] for one in judged]) - actual).sum(axis=(0, 2))
    return int((model < naive).sum())

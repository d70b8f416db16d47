"""What a model sees of a day: known when the forecast is made, measured against the category's recent level."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np

from .panel import CALENDAR_COLUMNS, HISTORY_COLUMNS, HORIZON, PROMOTION_COLUMNS, Panel

LEVEL_DAYS = 28
FIRST_ORIGIN = 56

FEATURE_NAMES = [
    "category_code",
    "horizon",
    "level_log",
    "level_7d",
    "level_14d",
    "level_56d",
    "volatility_28d",
    "weekday_last",
    "weekday_mean_4",
    "weekday_mean_8",
    *CALENDAR_COLUMNS,
    *HISTORY_COLUMNS,
    *PROMOTION_COLUMNS,
    *(f"{name}_change" for name in PROMOTION_COLUMNS),
]


@dataclass(frozen=True)
class Rows:
    """N rows. x [N, F] in the order of FEATURE_NAMES, level [N] units, category [N] index, target_day [N] index."""

    x: np.ndarray
    level: np.ndarray
    category: np.ndarray
    horizon: np.ndarray
    target_day: np.ndarray


def rows_at(panel: Panel, origin: int) -> Rows:
    """Rows of the 14 days from `origin`, for all categories: C × 14, category by category.

    Reads units of days before `origin` only. `origin` must be at least FIRST_ORIGIN.
    """
    if origin < FIRST_ORIGIN:
        raise ValueError(f"an origin needs {FIRST_ORIGIN} days before it, day {origin} has not")
    past = panel.units[:, :origin]
    count = len(panel.categories)
    targets = np.arange(origin, origin + HORIZON)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        level = np.maximum(np.nanmean(past[:, -LEVEL_DAYS:], axis=1), 1.0)
        means = [np.nanmean(past[:, -days:], axis=1) / level for days in (7, 14, 56)]
        volatility = np.nanstd(past[:, -LEVEL_DAYS:], axis=1) / level
        weeks = past[:, -56:].reshape(count, 8, 7)
        by_weekday = [np.nanmean(weeks[:, -last:], axis=1) / level[:, None] for last in (1, 4, 8)]

    def per_category(values: np.ndarray) -> np.ndarray:
        return np.repeat(values[:, None], HORIZON, axis=1)

    # The first day of the window has the weekday of the first column of `weeks`.
    weekday = [np.tile(values, (1, HORIZON // 7)) for values in by_weekday]
    history = panel.history[:, targets] / level[:, None, None]
    promotions = panel.promotions[:, targets]
    usual = panel.promotions[:, origin - LEVEL_DAYS : origin].mean(axis=1, keepdims=True)
    change = promotions / np.maximum(usual, 1e-6)
    columns = [
        per_category(np.arange(count, dtype=float)),
        np.tile(np.arange(1, HORIZON + 1, dtype=float), (count, 1)),
        per_category(np.log(level)),
        *(per_category(values) for values in means),
        per_category(volatility),
        *weekday,
        *(np.tile(column, (count, 1)) for column in panel.calendar[targets].T),
        *np.moveaxis(history, 2, 0),
        *np.moveaxis(promotions, 2, 0),
        *np.moveaxis(np.minimum(change, 10.0), 2, 0),
    ]
    return Rows(
        x=np.stack(columns, axis=2).reshape(count * HORIZON, len(columns)),
        level=per_category(level).reshape(-1),
        category=np.repeat(np.arange(count), HORIZON),
        horizon=np.tile(np.arange(1, HORIZON + 1), count),
        target_day=np.tile(targets, count),
    )


def training_rows(panel: Panel, origin: int, step: int) -> tuple[Rows, np.ndarray]:
    """Rows of every `step`-th earlier origin, newest first, whose target day lies before `origin` and was open.

    Returns the rows and their targets [N]: units over level.
    """
    parts = [rows_at(panel, earlier) for earlier in range(origin - 1, FIRST_ORIGIN - 1, -step)]
    joined = Rows(*(np.concatenate([getattr(part, name) for part in parts]) for name in Rows.__dataclass_fields__))
    inside = joined.target_day < origin
    target = np.full(len(inside), np.nan)
    target[inside] = panel.units[joined.category[inside], joined.target_day[inside]] / joined.level[inside]
    keep = np.isfinite(target)
    return Rows(*(getattr(joined, name)[keep] for name in Rows.__dataclass_fields__)), target[keep]

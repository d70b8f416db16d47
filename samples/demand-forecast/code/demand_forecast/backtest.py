"""Every forecaster at every origin: predictions, the one chosen on earlier days, intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .baselines import BASELINES
from .choice import choose
from .intervals import half_widths, interval
from .origins import Origin
from .panel import HORIZON, Panel

CANDIDATES = ("lightgbm_global", "lightgbm")


@dataclass(frozen=True)
class Judged:
    """One origin. predicted, lower, upper: by forecaster, [C, 14] units; chosen: a forecaster for each category."""

    origin: Origin
    predicted: dict[str, np.ndarray]
    lower: dict[str, np.ndarray]
    upper: dict[str, np.ndarray]
    chosen: list[str]
    actual: np.ndarray


def actual_units(panel: Panel, origin: int, categories: int) -> np.ndarray:
    """[C, 14] units, NaN on closed days."""
    return panel.units[:categories, origin : origin + HORIZON]


def baseline_forecasts(panel: Panel, origin: int, categories: int) -> dict[str, np.ndarray]:
    """By baseline, [C, 14] units; 0 on closed days, which everybody knows ahead."""
    closed = panel.is_closed()[origin : origin + HORIZON]
    past = panel.units[:categories, :origin]
    return {name: np.where(closed, 0.0, forecast(past)) for name, forecast in BASELINES.items()}


def back_test(
    panel: Panel, origins: list[Origin], fitted: dict[tuple[int, str], np.ndarray], categories: int, level: float
) -> list[Judged]:
    """`fitted` holds [C, 14] units by (origin day, candidate). Choice and intervals use windows that had ended before
    the origin; the windows for selection, which have too few before them, are used and not returned.
    """
    forecasts = {
        origin.day: {
            **{name: fitted[origin.day, name][:categories] for name in CANDIDATES},
            **baseline_forecasts(panel, origin.day, categories),
        }
        for origin in origins
    }
    judged = []
    for origin in origins:
        if origin.is_selection:
            continue
        earlier = [other.day for other in origins if other.day + HORIZON <= origin.day]
        actual = np.stack([actual_units(panel, day, categories) for day in earlier])
        past = {name: np.stack([forecasts[day][name] for day in earlier]) for name in forecasts[origin.day]}
        ends = {
            name: interval(predicted, half_widths(actual, past[name], level))
            for name, predicted in forecasts[origin.day].items()
        }
        judged.append(
            Judged(
                origin=origin,
                predicted=forecasts[origin.day],
                lower={name: lower for name, (lower, _) in ends.items()},
                upper={name: upper for name, (_, upper) in ends.items()},
                chosen=choose(actual, {name: past[name] for name in CANDIDATES}),
                actual=actual_units(panel, origin.day, categories),
            )
        )
    return judged


def chosen_values(judged: Judged, values: dict[str, np.ndarray]) -> np.ndarray:
    """[C, 14]: each category's row from the forecaster chosen for it."""
    return np.stack([values[name][category] for category, name in enumerate(judged.chosen)])

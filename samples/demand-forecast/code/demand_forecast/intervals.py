"""Prediction intervals from the errors of earlier windows (split conformal, one width per category)."""

from __future__ import annotations

import math

import numpy as np


def error_scale(predicted: np.ndarray) -> np.ndarray:
    """What an error is measured against: the square root of the forecast, at least 1; large days err by more."""
    return np.sqrt(np.maximum(predicted, 1.0))


def half_widths(actual: np.ndarray, predicted: np.ndarray, level: float) -> np.ndarray:
    """[W, C, 14] earlier days to [C]: the conformal quantile of |error| ÷ scale, with its finite-sample correction.

    NaN days (closed) are left out. NaN for a category with too few days to give the level.
    """
    scores = np.abs(predicted - actual) / error_scale(predicted)
    widths = np.full(actual.shape[1], np.nan)
    for category in range(actual.shape[1]):
        known = np.sort(scores[:, category][np.isfinite(actual[:, category])])
        rank = math.ceil((len(known) + 1) * level)
        if rank <= len(known):
            widths[category] = known[rank - 1]
    return widths


def interval(predicted: np.ndarray, widths: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """[C, 14] units and [C] half-widths to the lower and upper ends [C, 14]; a forecast of 0 (closed) has no width."""
    reach = np.where(predicted > 0, widths[:, None] * error_scale(predicted), 0.0)
    return np.maximum(predicted - reach, 0.0), predicted + reach

from __future__ import annotations

from typing import TypedDict

import numpy as np


class ForecastErrors(TypedDict):
    mape: float | None
    mapeDays: int
    wape: float | None
    rmse: float | None
    bias: float | None
    days: int
    actualSum: float


def forecast_errors(actual: np.ndarray, predicted: np.ndarray) -> ForecastErrors:
    """Errors over N days; `actual` and `predicted` are [N], finite.

    mape: mean |error| ÷ actual over the `mapeDays` days with actual > 0. wape: Σ|error| ÷ Σ actual.
    bias: (Σ predicted − Σ actual) ÷ Σ actual. None where the divisor is 0; fractions, rmse in units.
    """
    actual, predicted = np.asarray(actual, dtype=float), np.asarray(predicted, dtype=float)
    if actual.shape != predicted.shape:
        raise ValueError(f"{actual.shape} actual values, {predicted.shape} predicted ones")
    error = predicted - actual
    sold = actual > 0
    total = float(actual.sum())
    return {
        "mape": float(np.mean(np.abs(error[sold]) / actual[sold])) if sold.any() else None,
        "mapeDays": int(sold.sum()),
        "wape": float(np.abs(error).sum() / total) if total else None,
        "rmse": float(np.sqrt(np.mean(error**2))) if error.size else None,
        "bias": float(error.sum() / total) if total else None,
        "days": int(error.size),
        "actualSum": total,
    }

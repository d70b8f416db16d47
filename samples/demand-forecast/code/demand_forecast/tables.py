"""The output tables."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from .backtest import Judged
from .panel import HORIZON, Panel


def backtest_table(panel: Panel, judged: list[Judged], registered: dict[tuple[str, int], str]) -> pa.Table:
    """One row per origin, category, forecaster and day. `registered`: model names by (candidate, category index)."""
    rows = [
        {
            "origin": panel.days[one.origin.day].item(),
            "date": panel.days[one.origin.day + step].item(),
            "horizon": step + 1,
            "category": panel.categories[category],
            "model": name,
            "predicted": float(predicted[category, step]),
            "lower": _or_none(one.lower[name][category, step]),
            "upper": _or_none(one.upper[name][category, step]),
            "actual": float(np.nan_to_num(one.actual[category, step])),
            "chosen": one.chosen[category] == name,
            "registered_model": registered.get((name, category)),
            "is_holdout": one.origin.is_holdout,
            "is_rolling": one.origin.is_rolling,
        }
        for one in judged
        for name, predicted in one.predicted.items()
        for category in range(predicted.shape[0])
        for step in range(HORIZON)
    ]
    schema = pa.schema(
        [
            ("origin", pa.date32()),
            ("date", pa.date32()),
            ("horizon", pa.int32()),
            ("category", pa.string()),
            ("model", pa.string()),
            ("predicted", pa.float64()),
            ("lower", pa.float64()),
            ("upper", pa.float64()),
            ("actual", pa.float64()),
            ("chosen", pa.bool_()),
            ("registered_model", pa.string()),
            ("is_holdout", pa.bool_()),
            ("is_rolling", pa.bool_()),
        ]
    )
    return pa.Table.from_pylist(rows, schema=schema)


def forecast_table(
    panel: Panel,
    predicted: np.ndarray,
    lower: np.ndarray,
    upper: np.ndarray,
    model_versions: list[str],
    level: float,
) -> pa.Table:
    """The 14 days after the last known one; arrays are [C, 14] units, `model_versions` [C]."""
    rows = [
        {
            "category": panel.categories[category],
            "forecast_date": panel.days[panel.known_days + step].item(),
            "predicted_units": float(predicted[category, step]),
            "prediction_interval_lower": _or_none(lower[category, step]),
            "prediction_interval_upper": _or_none(upper[category, step]),
            "model_version": model_versions[category],
            "horizon": step + 1,
            "interval_level": level,
        }
        for category in range(predicted.shape[0])
        for step in range(HORIZON)
    ]
    schema = pa.schema(
        [
            ("category", pa.string()),
            ("forecast_date", pa.date32()),
            ("predicted_units", pa.float64()),
            ("prediction_interval_lower", pa.float64()),
            ("prediction_interval_upper", pa.float64()),
            ("model_version", pa.string()),
            ("horizon", pa.int32()),
            ("interval_level", pa.float64()),
        ]
    )
    return pa.Table.from_pylist(rows, schema=schema)


def _or_none(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None

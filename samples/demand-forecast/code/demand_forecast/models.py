"""LightGBM on the target divided by the category's recent level: one model per category, and one over all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import lightgbm as lgb
import numpy as np

from .features import FEATURE_NAMES, Rows, rows_at, training_rows
from .panel import HORIZON, Panel, known_before


@dataclass(frozen=True)
class Fit:
    """One piece of work: the models of one kind, fitted on what was known before day `origin`.

    kind: `lightgbm` (one model for each of the first `categories`) or `lightgbm_global` (one model over the panel).
    """

    origin: int
    kind: str
    categories: int
    params: dict[str, Any]
    rounds: int
    origin_step: int
    keeps_models: bool

    @property
    def model_count(self) -> int:
        return self.categories if self.kind == "lightgbm" else 1


@dataclass(frozen=True)
class Fitted:
    """predicted [C, 14] units, C = `categories` of the fit or the whole panel; models as LightGBM text, or none."""

    predicted: np.ndarray
    models: list[str]


def fit(panel: Panel, work: Fit) -> Fitted:
    """Trains on target days before the origin and forecasts the 14 days from it."""
    known = known_before(panel, work.origin)
    train, target = training_rows(known, work.origin, work.origin_step)
    ahead = rows_at(known, work.origin)
    if work.kind == "lightgbm_global":
        boosters = [train_booster(train.x, target, work)]
        ratio = boosters[0].predict(ahead.x)
    else:
        boosters = []
        ratio = np.zeros(work.categories * HORIZON)
        for category in range(work.categories):
            own, next_days = train.category == category, ahead.category == category
            booster = train_booster(train.x[own], target[own], work)
            ratio[category * HORIZON : (category + 1) * HORIZON] = booster.predict(ahead.x[next_days])
            boosters.append(booster)
    predicted = to_units(ratio, ahead, known.is_closed())
    return Fitted(predicted, [booster.model_to_string() for booster in boosters] if work.keeps_models else [])


def train_booster(x: np.ndarray, target: np.ndarray, work: Fit) -> lgb.Booster:
    data = lgb.Dataset(x, target, feature_name=FEATURE_NAMES, params={"verbosity": -1}, free_raw_data=True)
    return lgb.train({"verbosity": -1, **work.params}, data, num_boost_round=work.rounds)


def to_units(ratio: np.ndarray, ahead: Rows, closed: np.ndarray) -> np.ndarray:
    """[C × 14] ratios to [C, 14] units: never below 0, and 0 where the shops are closed."""
    count = len(ratio)
    units = np.maximum(ratio * ahead.level[:count], 0.0)
    units[closed[ahead.target_day[:count]]] = 0.0
    return units.reshape(-1, HORIZON)

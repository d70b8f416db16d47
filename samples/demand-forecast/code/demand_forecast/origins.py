from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .features import FIRST_ORIGIN
from .panel import HORIZON


@dataclass(frozen=True)
class Origin:
    """A day (index) at whose start 14 days are forecast. `is_selection`: only to choose models for later origins."""

    day: int
    is_rolling: bool
    is_holdout: bool

    @property
    def is_selection(self) -> bool:
        return not (self.is_rolling or self.is_holdout)


def back_test_origins(days: np.ndarray, rolling: int, selection: int) -> list[Origin]:
    """Origins in order: the last `rolling` windows of 14 days that start on a Monday and do not overlap, `selection`
    more before them, and the last 14 days, which may be one of these. Windows past the last day do not count.

    Raises ValueError when the history is too short.
    """
    holdout = len(days) - HORIZON
    mondays = [day for day in range(len(days) - HORIZON + 1) if (int(days[day].astype(int)) - 4) % 7 == 0]
    if not mondays or mondays[-1] - HORIZON * (rolling + selection - 1) < FIRST_ORIGIN + HORIZON:
        raise ValueError(f"{len(days)} days are too few for {rolling + selection} origins of {HORIZON} days")
    windows = [mondays[-1] - HORIZON * back for back in range(rolling + selection - 1, -1, -1)]
    judged = set(windows[selection:])
    return [Origin(day, day in judged, day == holdout) for day in sorted({*windows, holdout})]

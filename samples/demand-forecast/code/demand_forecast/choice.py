from __future__ import annotations

import numpy as np


def choose(actual: np.ndarray, candidates: dict[str, np.ndarray]) -> list[str]:
    """The candidate of the smallest WAPE for each category, over earlier windows.

    actual and each candidate: [W, C, 14] units; NaN days (closed) are left out. A tie goes to the first named.
    """
    names = list(candidates)
    errors = np.stack([np.nansum(np.abs(candidates[name] - actual), axis=(0, 2)) for name in names])
    return [names[index] for index in errors.argmin(axis=0)]

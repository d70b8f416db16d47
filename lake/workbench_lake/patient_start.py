"""A start that outlasts a database that is away: killed and started again, it is back in seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from .failures import LakeFailure

T = TypeVar("T")

_PAUSE_SECONDS = 0.5


def patient_start(
    start: Callable[[], T],
    patience_seconds: float,
    *,
    sleep: Callable[[float], None] = time.sleep,
    now: Callable[[], float] = time.monotonic,
) -> T:
    """What `start` gives. It is repeated while it fails in a way that may pass; then its last failure is raised."""
    give_up_at = now() + patience_seconds
    while True:
        try:
            return start()
        except LakeFailure as failure:
            if not failure.retryable or now() >= give_up_at:
                raise
        sleep(_PAUSE_SECONDS)

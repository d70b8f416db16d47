from __future__ import annotations

import pytest

from workbench_lake.failures import LakeFailure
from workbench_lake.patient_start import patient_start


class Start:
    """Fails in turn with each of `failures`, and then succeeds. Its clock moves when it sleeps."""

    def __init__(self, *failures: LakeFailure) -> None:
        self.left = list(failures)
        self.time = 0.0

    def __call__(self) -> str:
        if self.left:
            raise self.left.pop(0)
        return "started"

    def sleep(self, seconds: float) -> None:
        self.time += seconds

    def patiently(self, seconds: float) -> str:
        return patient_start(self, seconds, sleep=self.sleep, now=lambda: self.time)


AWAY = LakeFailure("engine_unavailable", "The catalog's database does not answer.", retryable=True)
WRONG = LakeFailure("engine_failed", "The warehouse may not be read or written.")


def test_waits_for_a_database_that_comes_back() -> None:
    start = Start(AWAY, AWAY, AWAY)
    assert start.patiently(60) == "started"
    assert start.time > 0


def test_gives_up_in_the_end_and_at_once_where_waiting_does_not_help() -> None:
    start = Start(*[AWAY] * 1000)
    with pytest.raises(LakeFailure, match="does not answer"):
        start.patiently(10)
    assert 9 <= start.time <= 11
    start = Start(WRONG)
    with pytest.raises(LakeFailure, match="may not be read"):
        start.patiently(10)
    assert start.time == 0

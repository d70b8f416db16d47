import json

import numpy as np
import pytest
from paths import REPOSITORY

from workbench_jobs.forecast_errors import forecast_errors

CASES = json.loads((REPOSITORY / "domain/experiments/forecast-errors.cases.json").read_text())["cases"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_errors_are_those_of_the_shared_cases(case):
    found = forecast_errors(np.array(case["actual"]), np.array(case["predicted"]))
    assert found.keys() == case["expected"].keys()
    for name, value in case["expected"].items():
        assert found[name] == (value if value is None else pytest.approx(value, abs=1e-12)), name


def test_different_lengths_are_refused():
    with pytest.raises(ValueError, match="actual values"):
        forecast_errors(np.array([1.0]), np.array([1.0, 2.0]))

import dataclasses

import numpy as np
import pytest
from conftest import DAYS, feature_table
from demand_forecast.backtest import CANDIDATES, back_test, baseline_forecasts
from demand_forecast.choice import choose
from demand_forecast.features import rows_at, training_rows
from demand_forecast.intervals import half_widths, interval
from demand_forecast.models import Fit, fit
from demand_forecast.origins import back_test_origins
from demand_forecast.panel import HORIZON, panel_from_table
from demand_forecast.train import settings_from

ORIGIN = 150


def quick_fit(origin: int, kind: str) -> Fit:
    params = {"objective": "regression", "num_leaves": 7, "min_data_in_leaf": 10, "num_threads": 1, "seed": 1}
    return Fit(origin, kind, 3, params, rounds=10, origin_step=7, keeps_models=False)


@pytest.fixture
def corrupted(units):
    """The same shop, but from the origin's day on nothing is as it was."""
    changed = units.copy()
    changed[:, ORIGIN:] = 10_000 + np.arange(changed.shape[1] - ORIGIN)
    return panel_from_table(feature_table(changed), limit=3)


@pytest.mark.parametrize("kind", CANDIDATES)
def test_a_corrupted_future_changes_no_prediction(panel, corrupted, kind):
    honest, blind = (fit(each, quick_fit(ORIGIN, kind)).predicted for each in (panel, corrupted))
    np.testing.assert_array_equal(honest, blind)
    later = [fit(each, quick_fit(ORIGIN + 1, kind)).predicted for each in (panel, corrupted)]
    assert not np.allclose(*later), "the corruption must be one that a model would see"


def test_a_corrupted_future_changes_no_input_row_and_no_baseline(panel, corrupted):
    for name in ("x", "level"):
        np.testing.assert_array_equal(
            getattr(rows_at(panel, ORIGIN), name), getattr(rows_at(corrupted, ORIGIN), name), err_msg=name
        )
    honest, blind = (baseline_forecasts(each, ORIGIN, 3) for each in (panel, corrupted))
    for name, forecast in honest.items():
        np.testing.assert_array_equal(forecast, blind[name], err_msg=name)


def test_a_corrupted_future_changes_neither_the_choice_nor_the_interval(panel, corrupted):
    origins = back_test_origins(DAYS, rolling=3, selection=3)
    day = next(origin for origin in origins if origin.is_rolling).day
    generator = np.random.default_rng(0)
    fitted = {(o.day, name): generator.uniform(10, 200, (3, HORIZON)) for o in origins for name in CANDIDATES}
    changed = panel.units.copy()
    changed[:, day:] = 9999.0
    one, other = (
        back_test(each, origins, fitted, 3, 0.8)[0] for each in (panel, dataclasses.replace(panel, units=changed))
    )
    assert one.origin.day == day
    assert one.chosen == other.chosen
    for name in CANDIDATES:
        np.testing.assert_array_equal(one.upper[name], other.upper[name])


def test_training_targets_lie_before_the_origin_and_on_open_days(panel):
    rows, target = training_rows(panel, 190, 1)
    assert rows.target_day.max() < 190
    assert np.isfinite(target).all()
    christmas = int(np.flatnonzero(np.datetime64("2017-12-25") == DAYS)[0])
    assert christmas not in set(rows.target_day)


def test_closed_days_are_forecast_as_zero(panel):
    origin = len(DAYS) - HORIZON
    closed = panel.is_closed()[origin : origin + HORIZON]
    assert closed.sum() == 1
    assert (fit(panel, quick_fit(origin, "lightgbm_global")).predicted[:, closed] == 0).all()


def test_origins_are_mondays_that_do_not_overlap_and_end_with_the_holdout():
    origins = back_test_origins(DAYS, rolling=4, selection=2)
    rolling = [origin for origin in origins if origin.is_rolling]
    assert [str(DAYS[origin.day]) for origin in rolling] == ["2017-11-06", "2017-11-20", "2017-12-04", "2017-12-18"]
    assert [origin.is_holdout for origin in rolling] == [False, False, False, True]
    assert sum(origin.is_selection for origin in origins) == 2


def test_a_holdout_that_starts_on_another_weekday_is_an_origin_of_its_own():
    origins = back_test_origins(DAYS[:-2], rolling=4, selection=2)
    holdout = [origin for origin in origins if origin.is_holdout]
    assert [(str(DAYS[one.day]), one.is_rolling) for one in holdout] == [("2017-12-16", False)]


def test_too_short_a_history_is_refused():
    with pytest.raises(ValueError, match="too few"):
        back_test_origins(DAYS[:120], rolling=8, selection=3)


def test_the_choice_is_the_smaller_error_of_each_category():
    actual = np.full((2, 2, HORIZON), 10.0)
    near, far = actual + 1, actual + 5
    mixed = np.stack([near[:, 0], far[:, 1]], axis=1)
    other = np.stack([far[:, 0], near[:, 1]], axis=1)
    assert choose(actual, {"a": mixed, "b": other}) == ["a", "b"]


def test_intervals_cover_what_they_promise():
    generator = np.random.default_rng(1)
    predicted = np.full((60, 1, HORIZON), 100.0)
    widths = half_widths(generator.poisson(predicted).astype(float), predicted, 0.8)
    lower, upper = interval(predicted[0], widths)
    fresh = generator.poisson(100, 20_000)
    assert ((fresh >= lower[0, 0]) & (fresh <= upper[0, 0])).mean() == pytest.approx(0.8, abs=0.04)


def test_no_width_is_promised_from_too_few_days():
    assert np.isnan(half_widths(np.ones((1, 1, 3)), np.ones((1, 1, 3)), 0.8)).all()


def test_an_unknown_hyperparameter_is_refused_by_name():
    with pytest.raises(ValueError, match="n_trees"):
        settings_from({"n_trees": 3})
    with pytest.raises(ValueError, match="forecast_horizon"):
        settings_from({"forecast_horizon": 7})

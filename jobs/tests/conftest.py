"""A small shop: three categories, 200 days, one year's shape in little."""

import duckdb
import numpy as np
import pandas as pd
import pytest
from demand_forecast.panel import (
    CALENDAR_COLUMNS,
    HISTORY_COLUMNS,
    HORIZON,
    PROMOTION_COLUMNS,
    calendar_features,
    history_features,
    panel_from_table,
)
from paths import SAMPLE

DAYS = np.arange("2017-06-19", "2018-01-01", dtype="datetime64[D]")
CATEGORIES = ["ALPHA", "BETA", "GAMMA"]


def feature_table(units: np.ndarray) -> pd.DataFrame:
    """[3, 196] units to the feature table's columns."""
    calendar = calendar_features(DAYS)
    closed = calendar[:, CALENDAR_COLUMNS.index("is_closed")] == 1
    history = history_features(np.where(closed, np.nan, units))
    generator = np.random.default_rng(5)
    promotions = generator.integers(1, 50, (len(CATEGORIES), len(DAYS) // 7, len(PROMOTION_COLUMNS))).repeat(7, axis=1)
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "category": name,
                    "sale_date": DAYS,
                    "units_sold": np.where(closed, 0, units[index]),
                    **dict(zip(CALENDAR_COLUMNS, calendar.T, strict=True)),
                    **dict(zip(HISTORY_COLUMNS, history[index, :-HORIZON].T, strict=True)),
                    **dict(zip(PROMOTION_COLUMNS, promotions[index].T, strict=True)),
                    "rank_before_holdout": index + 1,
                }
            )
            for index, name in enumerate(CATEGORIES)
        ]
    )


@pytest.fixture
def units() -> np.ndarray:
    generator = np.random.default_rng(3)
    week = np.array([1.0, 0.9, 0.9, 1.0, 1.1, 1.5, 1.4])
    return np.stack([generator.poisson(level * np.tile(week, 28)) for level in (200, 80, 20)]).astype(float)


@pytest.fixture
def panel(units):
    return panel_from_table(feature_table(units), limit=3)


@pytest.fixture
def shop():
    """A DuckDB with the source tables; returns a function from (transactions, products, promotions) to the features."""

    def features(
        transactions: pd.DataFrame, products: pd.DataFrame, promotions: pd.DataFrame, sql: str = "demand_features"
    ) -> pd.DataFrame:
        with duckdb.connect() as connection:
            connection.execute("ATTACH ':memory:' AS lake; CREATE SCHEMA lake.sample")
            for name, frame in (("transactions", transactions), ("products", products), ("promotions", promotions)):
                connection.register("frame", frame)
                connection.execute(f"CREATE TABLE lake.sample.{name} AS SELECT * FROM frame")
            return connection.execute((SAMPLE / f"{sql}.sql").read_text()).df()

    return features

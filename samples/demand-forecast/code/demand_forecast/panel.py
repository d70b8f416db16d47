"""The feature table as arrays: one row per category, one column per day, the days to forecast included."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

HORIZON = 14

HOLIDAYS = np.array(
    [
        "2017-01-01", "2017-01-16", "2017-02-05", "2017-02-14", "2017-02-20", "2017-04-16", "2017-05-14",
        "2017-05-29", "2017-06-18", "2017-07-04", "2017-09-04", "2017-10-31", "2017-11-23", "2017-12-25",
        "2018-01-01", "2018-01-15",
    ],
    dtype="datetime64[D]",
)  # fmt: skip

CALENDAR_COLUMNS = [
    "day_of_week",
    "day_of_month",
    "is_weekend",
    "days_since_holiday",
    "days_to_holiday",
    "is_holiday_period",
    "is_closed",
]

PROMOTION_COLUMNS = [
    "promo_display_products",
    "promo_mailer_products",
    "promo_display_store_products",
    "promo_mailer_store_products",
    "promo_display_unit_share",
    "promo_mailer_unit_share",
]

HISTORY_COLUMNS = [
    "sales_rolling_7d",
    "sales_rolling_14d",
    "sales_rolling_30d",
    "sales_volatility_30d",
    "sales_lag_0d",
    "sales_lag_7d",
    "sales_lag_14d",
]


@dataclass(frozen=True)
class Panel:
    """C categories (largest first), D known days, D + 14 days in all.

    units [C, D]: whole units; NaN on a day when the shops are closed.
    calendar [D + 14, 7], promotions [C, D + 14, 6], history [C, D + 14, 7]: in the order of the column lists above.
    history is what was known 14 days before its day, so it reaches 14 days past the last known one.
    """

    categories: list[str]
    days: np.ndarray
    units: np.ndarray
    calendar: np.ndarray
    promotions: np.ndarray
    history: np.ndarray

    @property
    def known_days(self) -> int:
        return self.units.shape[1]

    def is_closed(self) -> np.ndarray:
        """[D + 14], True where the shops do not open; known in advance."""
        return self.calendar[:, CALENDAR_COLUMNS.index("is_closed")] == 1


def calendar_features(days: np.ndarray) -> np.ndarray:
    """[N] dates to [N, 7], in the order of CALENDAR_COLUMNS; the same rules as the feature SQL."""
    index = pd.DatetimeIndex(days)
    distance = (days[:, None].astype("datetime64[D]") - HOLIDAYS[None, :]).astype(int)
    since = np.where(distance >= 0, distance, 30).min(axis=1).clip(max=30)
    until = np.where(distance <= 0, -distance, 30).min(axis=1).clip(max=30)
    weekday = index.day_of_week.to_numpy() + 1
    return np.column_stack(
        [
            weekday,
            index.day,
            weekday >= 6,
            since,
            until,
            (until <= 3) | (since <= 1),
            (index.month == 12) & (index.day == 25),
        ]
    ).astype(float)


def history_features(units: np.ndarray, future: int = HORIZON) -> np.ndarray:
    """[C, D] units to [C, D + future, 7], in the order of HISTORY_COLUMNS, each as it stood 14 days before its day."""
    known = pd.DataFrame(units.T)
    at_origin = known.reindex(range(known.shape[0] + future)).shift(HORIZON)
    columns = [
        at_origin.rolling(7, min_periods=1).mean(),
        at_origin.rolling(14, min_periods=1).mean(),
        at_origin.rolling(30, min_periods=1).mean(),
        at_origin.rolling(30, min_periods=2).std(),
        at_origin,
        at_origin.shift(7),
        at_origin.shift(14),
    ]
    return np.stack([column.to_numpy().T for column in columns], axis=2)


def panel_from_table(table: pd.DataFrame, limit: int) -> Panel:
    """The `limit` largest categories (by sales value before the holdout) of the feature table.

    Promotions of days after the table's last are not known: the mean of the category's last four weeks stands in.
    Raises ValueError when a category lacks a day.
    """
    largest = table.loc[table["rank_before_holdout"] <= limit].sort_values(["rank_before_holdout", "sale_date"])
    categories = list(dict.fromkeys(largest["category"]))
    days = np.sort(largest["sale_date"].unique()).astype("datetime64[D]")
    if len(largest) != len(categories) * len(days):
        raise ValueError(f"{len(largest)} rows for {len(categories)} categories and {len(days)} days: some are missing")

    def cube(columns: list[str]) -> np.ndarray:
        return largest[columns].to_numpy(dtype=float).reshape(len(categories), len(days), len(columns))

    future = days[-1] + np.arange(1, HORIZON + 1)
    all_days = np.concatenate([days, future])
    calendar = np.concatenate([cube(CALENDAR_COLUMNS)[0], calendar_features(future)])
    units = cube(["units_sold"])[:, :, 0].copy()
    units[:, calendar[: len(days), CALENDAR_COLUMNS.index("is_closed")] == 1] = np.nan
    promotions = cube(PROMOTION_COLUMNS)
    stand_in = np.repeat(promotions[:, -28:].mean(axis=1, keepdims=True), HORIZON, axis=1)
    history = np.concatenate([cube(HISTORY_COLUMNS), history_features(units)[:, -HORIZON:]], axis=1)
    return Panel(
        categories=categories,
        days=all_days,
        units=units,
        calendar=calendar,
        promotions=np.concatenate([promotions, stand_in], axis=1),
        history=history,
    )


def known_before(panel: Panel, origin: int) -> Panel:
    """The panel as it stood when day `origin` began: units and history of later days are gone.

    Calendar and promotions stay: they are planned ahead. History stays up to day origin + 13, which it may describe.
    """
    units = panel.units[:, :origin]
    days = origin + HORIZON
    return Panel(
        categories=panel.categories,
        days=panel.days[:days],
        units=units,
        calendar=panel.calendar[:days],
        promotions=panel.promotions[:, :days],
        history=panel.history[:, :days],
    )

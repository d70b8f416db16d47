-- Daily demand features: one row per product category and business day, zero-filled.
--
-- Business day. Timestamps are naive UTC; the shops are in America/New_York, hence two timezone() calls.
-- Left out: fuel (filed under COUPON/MISC ITEMS and FUEL, whose "quantities" are not units), lines without a product
-- or category, and lines of zero quantity. `excluded_lines.sql` counts them.
-- Closed days. The shops are closed on 25 December: the row is there with 0 units and is_closed = 1, and no average,
-- lag or deviation counts it.
-- No look-ahead. Every history column (sales_*, price_*, discount_*) is the value as it stood 14 days before its row:
-- the forecast horizon. units_sold, revenue, num_orders, num_subcategories, avg_selling_price and avg_discount_pct
-- are outcomes of the day itself: targets and facts, never inputs.
-- Known for the target day: the calendar, and promotions, because displays and mailers are planned by the week
-- before it begins.
WITH lines AS (
  SELECT
    CAST(timezone('America/New_York', timezone('UTC', t.transaction_timestamp)) AS DATE) AS sale_date,
    p.product_category AS category,
    p.product_type AS subcategory,
    t.product_id,
    t.basket_id,
    t.quantity,
    t.sales_value,
    t.retail_disc + t.coupon_disc + t.coupon_match_disc AS discount
  FROM lake.sample.transactions AS t
  JOIN lake.sample.products AS p ON p.product_id = t.product_id
  WHERE t.quantity > 0
    AND p.product_category IS NOT NULL
    AND p.product_category NOT IN ('COUPON/MISC ITEMS', 'FUEL')
),
bounds AS (
  SELECT
    min(sale_date) AS first_day,
    max(sale_date) AS last_day,
    CAST(date_trunc('week', min(sale_date)) AS DATE) AS first_monday
  FROM lines
),
holidays AS (
  SELECT CAST(day AS DATE) AS holiday
  FROM (VALUES
    ('2017-01-01'), ('2017-01-16'), ('2017-02-05'), ('2017-02-14'), ('2017-02-20'), ('2017-04-16'), ('2017-05-14'),
    ('2017-05-29'), ('2017-06-18'), ('2017-07-04'), ('2017-09-04'), ('2017-10-31'), ('2017-11-23'), ('2017-12-25'),
    ('2018-01-01'), ('2018-01-15')
  ) AS known(day)
),
calendar AS (
  SELECT
    day.sale_date,
    1 + CAST(date_diff('day', bounds.first_monday, day.sale_date) // 7 AS BIGINT) AS week,
    min(date_diff('day', h.holiday, day.sale_date)) FILTER (h.holiday <= day.sale_date) AS days_since_holiday,
    min(date_diff('day', day.sale_date, h.holiday)) FILTER (h.holiday >= day.sale_date) AS days_to_holiday
  FROM bounds
  CROSS JOIN (
    SELECT CAST(unnest(generate_series(first_day, last_day, INTERVAL 1 DAY)) AS DATE) AS sale_date FROM bounds
  ) AS day
  CROSS JOIN holidays AS h
  GROUP BY ALL
),
daily AS (
  SELECT
    category,
    sale_date,
    sum(quantity) AS units_sold,
    sum(sales_value) AS revenue,
    count(DISTINCT basket_id) AS num_orders,
    count(DISTINCT subcategory) AS num_subcategories,
    sum(sales_value) / sum(quantity) AS avg_selling_price,
    sum(discount) / nullif(sum(sales_value) + sum(discount), 0) AS avg_discount_pct
  FROM lines
  GROUP BY category, sale_date
),
ranks AS (
  SELECT category, row_number() OVER (ORDER BY sum(revenue) DESC, category) AS rank_before_holdout
  FROM daily, bounds
  WHERE sale_date <= bounds.last_day - 14
  GROUP BY category
),
-- The key (product, store, week) repeats in some rows of the source: stores are counted once.
product_promotions AS (
  SELECT
    product_id,
    week,
    count(DISTINCT store_id) FILTER (display_location <> '0') AS display_stores,
    count(DISTINCT store_id) FILTER (mailer_location <> '0') AS mailer_stores
  FROM lake.sample.promotions
  GROUP BY product_id, week
),
-- How much of the category a promoted product stands for: its units in the eight weeks that ended before the week in
-- which a 14-day forecast of this week is made.
product_weeks AS (
  SELECT l.category, l.product_id, c.week, sum(l.quantity) AS units
  FROM lines AS l
  JOIN calendar AS c ON c.sale_date = l.sale_date
  GROUP BY ALL
),
recent_units AS (
  SELECT p.category, p.product_id, w.week, sum(p.units) AS units
  FROM (SELECT DISTINCT week FROM calendar) AS w
  JOIN product_weeks AS p ON p.week BETWEEN w.week - 10 AND w.week - 3
  GROUP BY ALL
),
promotions AS (
  SELECT
    p.product_category AS category,
    pp.week,
    count(*) FILTER (display_stores > 0) AS display_products,
    count(*) FILTER (mailer_stores > 0) AS mailer_products,
    sum(display_stores) AS display_store_products,
    sum(mailer_stores) AS mailer_store_products
  FROM product_promotions AS pp
  JOIN lake.sample.products AS p ON p.product_id = pp.product_id
  GROUP BY ALL
),
promotion_stores AS (
  SELECT count(DISTINCT store_id) AS stores FROM lake.sample.promotions
),
promoted_shares AS (
  SELECT
    r.category,
    r.week,
    sum(r.units * coalesce(pp.display_stores, 0)) / (any_value(ps.stores) * sum(r.units)) AS display_unit_share,
    sum(r.units * coalesce(pp.mailer_stores, 0)) / (any_value(ps.stores) * sum(r.units)) AS mailer_unit_share
  FROM recent_units AS r
  CROSS JOIN promotion_stores AS ps
  LEFT JOIN product_promotions AS pp ON pp.product_id = r.product_id AND pp.week = r.week
  GROUP BY r.category, r.week
),
filled AS (
  SELECT
    ranks.category,
    c.sale_date,
    c.week,
    c.days_since_holiday,
    c.days_to_holiday,
    CASE WHEN month(c.sale_date) = 12 AND day(c.sale_date) = 25 THEN 1 ELSE 0 END AS is_closed,
    coalesce(d.units_sold, 0) AS units_sold,
    CASE WHEN month(c.sale_date) = 12 AND day(c.sale_date) = 25 THEN NULL ELSE coalesce(d.units_sold, 0) END AS open_units,
    coalesce(d.revenue, 0) AS revenue,
    coalesce(d.num_orders, 0) AS num_orders,
    coalesce(d.num_subcategories, 0) AS num_subcategories,
    d.avg_selling_price,
    d.avg_discount_pct,
    ranks.rank_before_holdout
  FROM calendar AS c
  CROSS JOIN ranks
  LEFT JOIN daily AS d ON d.category = ranks.category AND d.sale_date = c.sale_date
)
SELECT
  f.category,
  f.sale_date,
  CAST(f.units_sold AS DOUBLE) AS units_sold,
  CAST(f.revenue AS DOUBLE) AS revenue,
  CAST(f.num_orders AS BIGINT) AS num_orders,
  CAST(f.num_subcategories AS BIGINT) AS num_subcategories,
  CAST(f.avg_selling_price AS DOUBLE) AS avg_selling_price,
  CAST(f.avg_discount_pct AS DOUBLE) AS avg_discount_pct,
  CAST(avg(f.open_units) OVER (history ROWS BETWEEN 20 PRECEDING AND 14 PRECEDING) AS DOUBLE) AS sales_rolling_7d,
  CAST(avg(f.open_units) OVER (history ROWS BETWEEN 27 PRECEDING AND 14 PRECEDING) AS DOUBLE) AS sales_rolling_14d,
  CAST(avg(f.open_units) OVER (history ROWS BETWEEN 43 PRECEDING AND 14 PRECEDING) AS DOUBLE) AS sales_rolling_30d,
  CAST(stddev_samp(f.open_units) OVER (history ROWS BETWEEN 43 PRECEDING AND 14 PRECEDING) AS DOUBLE)
    AS sales_volatility_30d,
  CAST(lag(f.open_units, 14) OVER history AS DOUBLE) AS sales_lag_0d,
  CAST(lag(f.open_units, 21) OVER history AS DOUBLE) AS sales_lag_7d,
  CAST(lag(f.open_units, 28) OVER history AS DOUBLE) AS sales_lag_14d,
  CAST(avg(f.avg_selling_price) OVER (history ROWS BETWEEN 43 PRECEDING AND 14 PRECEDING) AS DOUBLE) AS price_rolling_30d,
  CAST(avg(f.avg_discount_pct) OVER (history ROWS BETWEEN 43 PRECEDING AND 14 PRECEDING) AS DOUBLE)
    AS discount_rolling_30d,
  CAST(isodow(f.sale_date) AS INTEGER) AS day_of_week,
  CAST(day(f.sale_date) AS INTEGER) AS day_of_month,
  CAST(month(f.sale_date) AS INTEGER) AS month,
  CAST(CASE WHEN isodow(f.sale_date) >= 6 THEN 1 ELSE 0 END AS INTEGER) AS is_weekend,
  CAST(least(coalesce(f.days_since_holiday, 30), 30) AS INTEGER) AS days_since_holiday,
  CAST(least(coalesce(f.days_to_holiday, 30), 30) AS INTEGER) AS days_to_holiday,
  CAST(CASE WHEN f.days_to_holiday <= 3 OR f.days_since_holiday <= 1 THEN 1 ELSE 0 END AS INTEGER) AS is_holiday_period,
  CAST(f.is_closed AS INTEGER) AS is_closed,
  CAST(coalesce(p.display_products, 0) AS DOUBLE) AS promo_display_products,
  CAST(coalesce(p.mailer_products, 0) AS DOUBLE) AS promo_mailer_products,
  CAST(coalesce(p.display_store_products, 0) AS DOUBLE) AS promo_display_store_products,
  CAST(coalesce(p.mailer_store_products, 0) AS DOUBLE) AS promo_mailer_store_products,
  CAST(s.display_unit_share AS DOUBLE) AS promo_display_unit_share,
  CAST(s.mailer_unit_share AS DOUBLE) AS promo_mailer_unit_share,
  CAST(f.rank_before_holdout AS INTEGER) AS rank_before_holdout
FROM filled AS f
LEFT JOIN promotions AS p ON p.category = f.category AND p.week = f.week
LEFT JOIN promoted_shares AS s ON s.category = f.category AND s.week = f.week
WINDOW history AS (PARTITION BY f.category ORDER BY f.sale_date)
ORDER BY f.category, f.sale_date

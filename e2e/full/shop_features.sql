-- One row per category and day. Every sales_* column is the value as it stood 14 days before its row, the forecast's horizon.
WITH daily AS (
  SELECT
    pc.category,
    CAST(o.order_date AS DATE) AS sale_date,
    sum(oi.quantity) AS units_sold,
    sum(oi.quantity * oi.unit_price) AS revenue,
    count(DISTINCT o.order_id) AS num_orders,
    avg(oi.unit_price) AS avg_selling_price,
    avg(oi.discount) AS avg_discount_pct
  FROM {shop}.order_items AS oi
  JOIN {shop}.orders AS o ON o.order_id = oi.order_id
  JOIN {shop}.product_categories AS pc ON pc.product_id = oi.product_id
  GROUP BY ALL
),
ranks AS (
  SELECT category, row_number() OVER (ORDER BY sum(revenue) DESC, category) AS rank_before_holdout
  FROM daily
  WHERE sale_date <= (SELECT max(sale_date) FROM daily) - 14
  GROUP BY category
),
stock AS (
  SELECT
    pc.category,
    count(*) FILTER (pc.seasonal_flag) AS seasonal_products,
    count(*) FILTER (inv.quantity_on_hand <= inv.reorder_point) AS low_stock_products
  FROM {shop}.product_categories AS pc
  LEFT JOIN {stock}.inventory AS inv ON inv.product_id = pc.product_id
  GROUP BY pc.category
),
filled AS (
  SELECT
    r.category,
    r.rank_before_holdout,
    c.day AS sale_date,
    c.days_since_holiday,
    c.days_to_holiday,
    c.is_closed,
    coalesce(d.units_sold, 0) AS units_sold,
    coalesce(d.revenue, 0) AS revenue,
    coalesce(d.num_orders, 0) AS num_orders,
    d.avg_selling_price,
    d.avg_discount_pct
  FROM {calendar} AS c
  CROSS JOIN ranks AS r
  LEFT JOIN daily AS d ON d.category = r.category AND d.sale_date = c.day
)
SELECT
  f.category,
  f.sale_date,
  CAST(f.units_sold AS DOUBLE) AS units_sold,
  CAST(f.revenue AS DOUBLE) AS revenue,
  f.num_orders,
  CAST(f.avg_selling_price AS DOUBLE) AS avg_selling_price,
  CAST(f.avg_discount_pct AS DOUBLE) AS avg_discount_pct,
  avg(f.units_sold) OVER (history ROWS BETWEEN 20 PRECEDING AND 14 PRECEDING) AS sales_rolling_7d,
  avg(f.units_sold) OVER (history ROWS BETWEEN 27 PRECEDING AND 14 PRECEDING) AS sales_rolling_14d,
  avg(f.units_sold) OVER (history ROWS BETWEEN 43 PRECEDING AND 14 PRECEDING) AS sales_rolling_30d,
  stddev_samp(f.units_sold) OVER (history ROWS BETWEEN 43 PRECEDING AND 14 PRECEDING) AS sales_volatility_30d,
  CAST(lag(f.units_sold, 14) OVER history AS DOUBLE) AS sales_lag_0d,
  CAST(lag(f.units_sold, 21) OVER history AS DOUBLE) AS sales_lag_7d,
  CAST(lag(f.units_sold, 28) OVER history AS DOUBLE) AS sales_lag_14d,
  CAST(isodow(f.sale_date) AS INTEGER) AS day_of_week,
  CAST(day(f.sale_date) AS INTEGER) AS day_of_month,
  CAST(CASE WHEN isodow(f.sale_date) >= 6 THEN 1 ELSE 0 END AS INTEGER) AS is_weekend,
  CAST(f.days_since_holiday AS INTEGER) AS days_since_holiday,
  CAST(f.days_to_holiday AS INTEGER) AS days_to_holiday,
  CAST(CASE WHEN f.days_to_holiday <= 3 OR f.days_since_holiday <= 1 THEN 1 ELSE 0 END AS INTEGER) AS is_holiday_period,
  CAST(f.is_closed AS INTEGER) AS is_closed,
  CAST(s.seasonal_products AS DOUBLE) AS promo_display_products,
  0.0::DOUBLE AS promo_mailer_products,
  0.0::DOUBLE AS promo_display_store_products,
  0.0::DOUBLE AS promo_mailer_store_products,
  0.0::DOUBLE AS promo_display_unit_share,
  0.0::DOUBLE AS promo_mailer_unit_share,
  s.low_stock_products,
  CAST(f.rank_before_holdout AS INTEGER) AS rank_before_holdout
FROM filled AS f
JOIN stock AS s ON s.category = f.category
WINDOW history AS (PARTITION BY f.category ORDER BY f.sale_date)
ORDER BY f.category, f.sale_date

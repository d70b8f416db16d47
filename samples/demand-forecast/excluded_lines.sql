-- Order lines that the demand features leave out, by reason. A line may have several reasons: the last row counts each
-- line once.
WITH judged AS (
  SELECT
    t.product_id,
    t.quantity,
    t.sales_value,
    p.product_id IS NULL AS has_no_product,
    p.product_id IS NOT NULL AND p.product_category IS NULL AS has_no_category,
    coalesce(p.product_category = 'COUPON/MISC ITEMS', FALSE) AS is_miscellaneous,
    coalesce(p.product_category = 'FUEL', FALSE) AS is_fuel,
    t.quantity <= 0 AS has_no_quantity
  FROM lake.sample.transactions AS t
  LEFT JOIN lake.sample.products AS p ON p.product_id = t.product_id
),
reasons AS (
  SELECT 1 AS place, 'category COUPON/MISC ITEMS (mostly fuel)' AS reason, * FROM judged WHERE is_miscellaneous
  UNION ALL SELECT 2, 'category FUEL', * FROM judged WHERE is_fuel
  UNION ALL SELECT 3, 'quantity zero', * FROM judged WHERE has_no_quantity
  UNION ALL SELECT 4, 'product not in the product table', * FROM judged WHERE has_no_product
  UNION ALL SELECT 5, 'product without a category', * FROM judged WHERE has_no_category
  UNION ALL SELECT 6, 'left out in all', * FROM judged
    WHERE is_miscellaneous OR is_fuel OR has_no_quantity OR has_no_product OR has_no_category
)
SELECT
  reason,
  CAST(count(*) AS BIGINT) AS line_count,
  CAST(count(DISTINCT product_id) AS BIGINT) AS product_count,
  CAST(sum(quantity) AS BIGINT) AS units,
  CAST(round(sum(sales_value), 2) AS DOUBLE) AS sales_value
FROM reasons
GROUP BY place, reason
ORDER BY place

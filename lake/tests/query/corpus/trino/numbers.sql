-- integer division truncates
SELECT id, i / 7, i / -7, b / 3, si / 4, ti / 2 FROM lake.t.numbers WHERE id <> 3;
-- integer modulo keeps the sign of the dividend
SELECT id, i % 7, i % -7, b % 3, mod(i, 5), si % 4 FROM lake.t.numbers;
-- division by a column
SELECT id, i / b, i % b FROM lake.t.numbers WHERE b <> 0 AND id < 9;
-- division by nullif
SELECT id, i / nullif(b, 0) FROM lake.t.numbers;
-- literal division
SELECT 7 / 2, -7 / 2, 7 / 2.0, 7 / 2e0, 7 % 4, -7 % 4, 7.5 % 2, -7.5 % 2;
-- decimal addition
SELECT id, d + e, d - e, d + 1, d - i, 1.5 + d FROM lake.t.numbers WHERE id <> 3;
-- decimal multiplication
SELECT id, d * e, d * 2, d * 0.5, i * d FROM lake.t.numbers WHERE id NOT IN (3, 7);
-- decimal division rounds half up
SELECT id, d / 3, d / 0.7, e / 7, 1 / 3.0, 10.00 / 6, -10.00 / 6, 0.05 / 2, -0.05 / 2 FROM lake.t.numbers WHERE id <> 3;
-- decimal division by a column
SELECT id, e / d FROM lake.t.numbers WHERE d <> 0;
-- decimal division scale
SELECT CAST(1 AS decimal(10,4)) / CAST(3 AS decimal(5,1)), CAST(2 AS decimal(3,0)) / CAST(3 AS decimal(12,8)), 100 / CAST(7 AS decimal(4,2));
-- decimal modulo
SELECT id, d % 3, d % 0.7, e % 2 FROM lake.t.numbers WHERE id <> 3;
-- sum of integers is a bigint
SELECT sum(i), sum(si), sum(ti), sum(i) / 2 FROM lake.t.numbers;
-- average of integers
SELECT avg(i), avg(si), avg(ti) FROM lake.t.numbers;
-- average of decimals keeps the scale
SELECT avg(d), avg(e), avg(DISTINCT d) FROM lake.t.numbers WHERE id NOT IN (3);
-- average of decimals in groups
SELECT flag, avg(d), sum(d), count(d) FROM lake.t.numbers GROUP BY flag;
-- average of decimals filtered
SELECT avg(d) FILTER (WHERE id > 5), sum(d) FILTER (WHERE id > 100), count(*) FILTER (WHERE flag) FROM lake.t.numbers;
-- average of nothing
SELECT avg(d), sum(i), count(i), max(d), min(x) FROM lake.t.numbers WHERE id > 100;
-- rounding of doubles
SELECT id, round(x), round(x, 1), floor(x), ceil(x), truncate_ FROM (SELECT id, x, CAST(x AS double) AS truncate_ FROM lake.t.numbers WHERE id NOT IN (7)) t;
-- rounding of literals
SELECT round(2.5e0), round(-2.5e0), round(0.5e0), round(1.5e0), round(2.345e0, 2), round(1.005e0, 2), round(-1.5e0), round(123.456e0, 1);
-- rounding of decimals
SELECT id, round(d), round(d, 1), round(e, 3), floor(d), ceiling(d), abs(d), sign(d) FROM lake.t.numbers;
-- rounding of integers
SELECT id, round(i), floor(i), ceil(i), abs(i), sign(si) FROM lake.t.numbers;
-- double to integer rounds half away from zero
SELECT CAST(2.5e0 AS bigint), CAST(3.5e0 AS integer), CAST(-2.5e0 AS bigint), CAST(0.49e0 AS integer), CAST(-0.5e0 AS integer), TRY_CAST(1e30 AS bigint);
-- decimal to integer rounds half up
SELECT id, CAST(d AS bigint), CAST(e AS bigint), TRY_CAST(d AS integer), CAST(2.5 AS integer), CAST(-2.5 AS integer) FROM lake.t.numbers;
-- decimal to decimal
SELECT id, CAST(e AS decimal(20,2)), CAST(d AS decimal(12,1)), CAST(d AS decimal(20,6)), TRY_CAST(e AS decimal(8,2)) FROM lake.t.numbers;
-- integer to decimal
SELECT id, CAST(i AS decimal(12,2)), CAST(b AS decimal(38,3)), TRY_CAST(b AS decimal(10,0)) FROM lake.t.numbers;
-- to double
SELECT id, CAST(i AS double), CAST(d AS double), CAST(b AS double) / 2, CAST(r AS double) FROM lake.t.numbers;
-- text to integer
SELECT id, TRY_CAST(number AS integer), TRY_CAST(number AS bigint), TRY_CAST(number AS smallint) FROM lake.t.texts;
-- text to decimal
SELECT id, TRY_CAST(number AS decimal(10,2)), TRY_CAST(number AS decimal(12,0)) FROM lake.t.texts;
-- text to boolean
SELECT TRY_CAST('true' AS boolean), TRY_CAST('T' AS boolean), TRY_CAST('0' AS boolean), TRY_CAST('yes' AS boolean), TRY_CAST('' AS boolean);
-- text to numbers, written out
SELECT CAST('12' AS bigint), CAST('-3.75' AS decimal(5,1)), CAST('1e3' AS double), CAST('007' AS integer), CAST('1.5' AS double);
-- numbers to text
SELECT id, CAST(i AS varchar), CAST(d AS varchar), CAST(flag AS varchar), CAST(b AS varchar(25)), CAST(e AS varchar) FROM lake.t.numbers;
-- numbers to booleans and back
SELECT id, CAST(i AS boolean), CAST(flag AS integer), CAST(flag AS bigint) FROM lake.t.numbers;
-- comparison with NaN
SELECT id, x > 1, x < 1, x = x, x <> x, x >= 2.5, x <= 2.5 FROM lake.t.numbers;
-- NaN in WHERE
SELECT id FROM lake.t.numbers WHERE x > 0;
-- not greater with NaN
SELECT id FROM lake.t.numbers WHERE NOT x > 0;
-- BETWEEN with NaN
SELECT id, x BETWEEN 0 AND 5, x NOT BETWEEN 0 AND 5 FROM lake.t.numbers;
-- comparing two doubles
SELECT a.id, b.id FROM lake.t.numbers a JOIN lake.t.numbers b ON a.x = b.x AND a.id <= b.id;
-- comparing doubles of rows
SELECT a.id, b.id, a.x < b.x, a.x >= b.x FROM lake.t.numbers a CROSS JOIN lake.t.numbers b WHERE a.id IN (2, 9, 10) AND b.id IN (1, 9, 11);
-- order of NaN
SELECT id, x FROM lake.t.numbers ORDER BY x, id;
-- order of NaN descending
SELECT id, x FROM lake.t.numbers ORDER BY x DESC, id;
-- largest with NaN
SELECT max(x), min(x) FROM lake.t.numbers;
-- largest of NaN alone
SELECT max(x), min(x) FROM lake.t.numbers WHERE id = 9;
-- largest with NaN in groups
SELECT flag, max(x), min(x), count(x) FROM lake.t.numbers GROUP BY flag;
-- grouping by doubles
SELECT x, count(*) FROM lake.t.numbers GROUP BY x;
-- distinct doubles
SELECT DISTINCT x FROM lake.t.numbers;
-- double arithmetic
SELECT id, x + 1, x * 2, x - i, x / 2, x / 0.5 FROM lake.t.numbers;
-- double divided by zero
SELECT 1e0 / 0, -1e0 / 0, is_nan(0e0 / 0), is_infinite(1e0 / 0);
-- real arithmetic
SELECT id, r * 2, r + r, r / 2, CAST(r AS double), r > 1 FROM lake.t.numbers WHERE id NOT IN (7);
-- greatest and least with NULL
SELECT id, greatest(i, 5), least(d, 1), greatest(si, i), least(id, 3) FROM lake.t.numbers;
-- powers and roots
SELECT id, sqrt(abs(i)), power(si, 2), exp(ti), cbrt(i), ln(abs(i) + 1), log10(id), log2(id), log(2, id) FROM lake.t.numbers WHERE id IN (1, 4, 5, 8, 12);
-- angles
SELECT id, sin(id), cos(id), tan(id), atan2(id, 2), degrees(id), radians(id), pi(), e() FROM lake.t.numbers;
-- bits
SELECT id, bitwise_and(id, 6), bitwise_or(id, 8), bitwise_xor(id, 5) FROM lake.t.numbers;
-- small integers beside literals
SELECT ti + 1000, si + 100000, ti * 300, si - 40000 FROM lake.t.numbers;
-- mixed integers
SELECT id, ti + si, si + i, i + b FROM lake.t.numbers WHERE id NOT IN (3, 7);
-- negative numbers
SELECT -i, -d, -x, -(-5), - -5, +5 FROM lake.t.numbers WHERE id IN (1, 5, 8);
-- coalesce of numbers
SELECT id, coalesce(i, -1), coalesce(d, 0), coalesce(i, 1.5), coalesce(x, 0), coalesce(NULL, si, 2) FROM lake.t.numbers;
-- nullif
SELECT id, nullif(i, 7), nullif(d, 1), nullif(x, 2.5) FROM lake.t.numbers;
-- case of mixed numbers
SELECT id, CASE WHEN flag THEN i ELSE d END, CASE id WHEN 1 THEN 1 WHEN 2 THEN 2.5 END, CASE WHEN id > 5 THEN x ELSE i END FROM lake.t.numbers;
-- decimal against double
SELECT id FROM lake.t.numbers WHERE d > 7.5e0;
-- decimal literals
SELECT 1.50, .5, 0.10, 123456789.123456789, DECIMAL '1.20', DECIMAL '-0.5', 1e2, 1.5E-3;
-- large integers
SELECT 2147483647, 2147483648, 9223372036854775807, -9223372036854775807;
-- spread of numbers
SELECT stddev(i), stddev_pop(si), variance(d), var_pop(ti), stddev_samp(id), var_samp(id) FROM lake.t.numbers WHERE id NOT IN (3, 7);
-- spread of one number
SELECT stddev(id), stddev_pop(id), variance(id) FROM lake.t.numbers WHERE id = 1;
-- covariance
SELECT covar_samp(CAST(id AS double), CAST(si AS double)), covar_pop(x, CAST(si AS double)) FROM lake.t.numbers WHERE id < 6 AND id <> 3;
-- covariance of integers is real
-- refused: is not translated: Trino reckons in real
SELECT covar_samp(id, si) FROM lake.t.numbers;
-- IN over numbers
SELECT id FROM lake.t.numbers WHERE i IN (100, 7.0, 13) OR d IN (0.05, 1);
-- NOT IN over numbers
SELECT id FROM lake.t.numbers WHERE i NOT IN (100, 7);
-- doubles with finite numbers
SELECT id, is_finite(x), is_nan(x) FROM lake.t.numbers;
-- even products
SELECT sum(d * i), sum(d * 2) / 3, sum(e) / count(*) FROM lake.t.numbers WHERE id NOT IN (3, 7);
-- averages divided
SELECT sum(d) / sum(id), avg(d) / avg(e), 100.0 * sum(id) / sum(si) FROM lake.t.numbers WHERE id NOT IN (3, 7);

/** A million rows of four columns. */
export const MILLION =
  "SELECT i AS id, i % 1000 AS g, 's' || i AS s, CAST(i AS DECIMAL(12,2)) AS m FROM range(1000000) AS t(i)";

/** Every kind of value, by DuckDB's own words. */
export const TYPES = `SELECT i AS id, CASE WHEN i = 0 THEN NULL WHEN i = 1 THEN '' ELSE 'ü' END AS s,
  CAST('99999999999999999999999999999999999999' AS DECIMAL(38,0)) AS d38, CAST('-1.05' AS DECIMAL(5,2)) AS d,
  9007199254740993 + i AS b, 18446744073709551615::UBIGINT AS u, 170141183460469231731687303715884105727::HUGEINT AS h,
  TIMESTAMP '2026-01-01 10:00:00.123456' AS t, TIMESTAMPTZ '2026-01-01 10:00:00.123456+02' AS tz,
  TIMESTAMP_NS '2026-01-01 10:00:00.123456789' AS tn, DATE '0001-02-03' AS day, TIME '12:34:56.789' AS tod,
  '12:00:00+02'::TIMETZ AS todz, INTERVAL '1 month 2 days' AS iv, [i, NULL] AS l, {'a': i, 'b': ['x']} AS st,
  MAP {'k': 1.50::DECIMAL(5,2)} AS m, '\\xAB'::BLOB AS bl, 'a'::ENUM('a', 'b') AS en, '101'::BIT AS bits,
  'nan'::DOUBLE AS nan, 1.5::FLOAT AS f FROM range(3) AS t(i)`;

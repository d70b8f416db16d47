-- day of the week counts from Monday
SELECT id, EXTRACT(DOW FROM d), day_of_week(d), dow(ts), extract(day_of_week FROM ts) FROM lake.t.times;
-- weekends
SELECT id, CASE WHEN EXTRACT(DOW FROM d) IN (0, 6) THEN 1 ELSE 0 END AS is_weekend FROM lake.t.times;
-- parts of dates
SELECT id, year(d), quarter(d), month(d), week(d), day(d), day_of_year(d), year_of_week(d), extract(DOY FROM d), extract(YOW FROM d) FROM lake.t.times;
-- parts of times
SELECT id, hour(ts), minute(ts), second(ts), millisecond(ts), extract(HOUR FROM ts), extract(SECOND FROM ts) FROM lake.t.times;
-- parts of times with zone
SELECT id, year(tz), hour(tz), day_of_week(tz), extract(MINUTE FROM tz) FROM lake.t.times;
-- date_trunc of dates
SELECT id, date_trunc('month', d), date_trunc('week', d), date_trunc('quarter', d), date_trunc('year', d), date_trunc('day', d) FROM lake.t.times;
-- date_trunc of times
SELECT id, date_trunc('hour', ts), date_trunc('minute', ts), date_trunc('second', ts), date_trunc('week', ts), date_trunc('month', ts) FROM lake.t.times;
-- date_trunc of times with zone
SELECT id, date_trunc('day', tz), date_trunc('hour', tz), date_trunc('month', tz) FROM lake.t.times;
-- date_add to dates
SELECT id, date_add('day', 1, d), date_add('month', z, d), date_add('year', -1, d), date_add('week', 2, d), date_add('quarter', 1, d) FROM lake.t.times;
-- date_add to times
SELECT id, date_add('hour', z, ts), date_add('minute', -90, ts), date_add('second', 1, ts), date_add('millisecond', 1500, ts), date_add('month', 1, ts), date_add('day', z, ts) FROM lake.t.times;
-- date_diff of dates
SELECT id, date_diff('day', d, DATE '2024-03-31'), date_diff('week', d, DATE '2024-03-31'), date_diff('month', d, DATE '2024-03-31'), date_diff('year', d, DATE '2024-03-31'), date_diff('quarter', d, DATE '2024-03-31') FROM lake.t.times;
-- date_diff of dates backwards
SELECT id, date_diff('day', DATE '2024-03-31', d), date_diff('month', DATE '2024-03-31', d), date_diff('year', DATE '2024-02-29', d), date_diff('week', DATE '2024-01-31', d) FROM lake.t.times;
-- date_diff of all pairs
SELECT a.id, b.id, date_diff('month', a.d, b.d), date_diff('year', a.d, b.d), date_diff('day', a.d, b.d), date_diff('quarter', a.d, b.d) FROM lake.t.times a, lake.t.times b;
-- date_diff of times
SELECT a.id, b.id, date_diff('day', a.ts, b.ts), date_diff('hour', a.ts, b.ts), date_diff('month', a.ts, b.ts), date_diff('second', a.ts, b.ts), date_diff('minute', a.ts, b.ts), date_diff('year', a.ts, b.ts) FROM lake.t.times a, lake.t.times b;
-- dates and intervals
SELECT id, d + INTERVAL '1' DAY, d - INTERVAL '1' MONTH, d + INTERVAL '2' YEAR, INTERVAL '3' DAY + d FROM lake.t.times;
-- times and intervals
SELECT id, ts + INTERVAL '90' MINUTE, ts - INTERVAL '1' DAY, ts + INTERVAL '1' MONTH, ts + INTERVAL '30' SECOND FROM lake.t.times;
-- date ranges
SELECT id FROM lake.t.times WHERE d BETWEEN DATE '2024-01-01' AND DATE '2024-12-31';
-- date ranges over times
SELECT id FROM lake.t.times WHERE ts >= DATE '2024-01-01' AND ts < DATE '2024-03-01';
-- timestamp literals
SELECT id FROM lake.t.times WHERE ts > TIMESTAMP '2023-12-31 12:34:56.789' OR ts = TIMESTAMP '1900-03-01 00:00:00';
-- casts between dates and times
SELECT id, CAST(ts AS date), CAST(d AS timestamp), date(ts), CAST(tz AS date), CAST(tz AS timestamp(6)) FROM lake.t.times;
-- casts to fewer digits round
SELECT id, CAST(ts AS timestamp(3)), CAST(ts AS timestamp(0)), CAST(ts AS timestamp(6)), CAST(ts AS timestamp) FROM lake.t.times;
-- times as text
SELECT id, CAST(d AS varchar), CAST(ts AS varchar), CAST(CAST(ts AS timestamp(3)) AS varchar), CAST(CAST(ts AS timestamp(0)) AS varchar) FROM lake.t.times;
-- date_format
SELECT id, date_format(ts, '%Y-%m-%d %H:%i:%s'), date_format(d, '%d/%m/%y'), date_format(ts, '%W %M %e'), date_format(ts, '%a %b %c'), date_format(ts, '%h:%i %p'), date_format(ts, '%j %f'), date_format(ts, '%k %l %T'), date_format(ts, '%r') FROM lake.t.times;
-- format_datetime
SELECT id, format_datetime(ts, 'yyyy-MM-dd HH:mm:ss'), format_datetime(ts, 'EEE d MMM yy'), format_datetime(ts, 'EEEE'), format_datetime(ts, 'h:mm a'), format_datetime(ts, 'yyyyMMdd''T''HHmmss.SSS'), format_datetime(d, 'MMMM yyyy'), format_datetime(ts, 'e') FROM lake.t.times;
-- date_parse
SELECT date_parse('2024-03-15 10:20:30', '%Y-%m-%d %H:%i:%s'), date_parse('15/03/2024', '%d/%m/%Y'), date_parse('20240315', '%Y%m%d');
-- last day of the month
SELECT id, last_day_of_month(d), last_day_of_month(ts) FROM lake.t.times;
-- comparing times with zone
SELECT id FROM lake.t.times WHERE tz >= TIMESTAMP '2024-01-01 00:00:00 UTC';
-- comparing times with zone to dates
SELECT id FROM lake.t.times WHERE tz >= DATE '2024-01-01';
-- local time in a zone
SELECT id, CAST(tz AT TIME ZONE 'America/New_York' AS date), hour(tz AT TIME ZONE 'America/New_York'), CAST(tz AT TIME ZONE 'Asia/Tokyo' AS timestamp(6)) FROM lake.t.times WHERE year(tz) > 1980;
-- grouping by local day
SELECT CAST(tz AT TIME ZONE 'America/New_York' AS date) AS day, count(*) FROM lake.t.times WHERE year(tz) > 1980 GROUP BY 1;
-- seconds since 1970
SELECT id, to_unixtime(ts), to_unixtime(tz) FROM lake.t.times;
-- smallest and largest time
SELECT min(d), max(d), min(ts), max(ts), min(tz), max(tz) FROM lake.t.times;
-- order of times
SELECT id FROM lake.t.times ORDER BY ts DESC, id;
-- counts by month
SELECT date_trunc('month', ts) AS m, count(*) AS n, sum(z) FROM lake.t.times GROUP BY date_trunc('month', ts) ORDER BY 1;
-- coalesce of times
SELECT id, coalesce(d, DATE '1970-01-01'), coalesce(ts, TIMESTAMP '1970-01-01 00:00:00'), nullif(d, DATE '2024-01-01') FROM lake.t.times;
-- greatest date
SELECT id, greatest(d, DATE '2024-01-01'), least(ts, TIMESTAMP '2024-01-01 00:00:00') FROM lake.t.times;
-- dates from text
SELECT CAST('2024-02-29' AS date), from_iso8601_date('2024-02-29'), CAST('2024-02-29 10:11:12.345' AS timestamp);
-- weeks of the year at its ends
SELECT d, week(d), year_of_week(d), week_of_year(d) FROM UNNEST(sequence(DATE '2020-12-25', DATE '2021-01-10', INTERVAL '1' DAY)) AS u(d);
-- a calendar
SELECT d, dow(d), day_of_year(d), quarter(d), last_day_of_month(d) FROM UNNEST(sequence(DATE '2024-02-20', DATE '2024-03-05', INTERVAL '1' DAY)) AS u(d) ORDER BY d;

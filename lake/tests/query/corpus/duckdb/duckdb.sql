-- division of integers is of doubles
SELECT id, i / 7, i // 7, i % 7, i // b, i % b FROM lake.t.numbers WHERE id NOT IN (3, 7);
-- weekdays count from Sunday
SELECT id, extract(dow FROM d), dayofweek(d), isodow(d), date_part('dow', ts), extract(isodow FROM d) FROM lake.t.times;
-- all groups
SELECT team, count(*) AS n, max(salary) AS m FROM lake.t.staff GROUP BY ALL ORDER BY n DESC, team;
-- groups by alias
SELECT year(hired) AS y, count(*) AS n FROM lake.t.staff GROUP BY y ORDER BY y;
-- from first
FROM lake.t.staff SELECT name, salary WHERE salary > 5000;
-- all but some
SELECT * EXCLUDE (salary, hired) FROM lake.t.staff;
-- all with one replaced
SELECT * REPLACE (id + 1 AS id) FROM lake.t.staff;
-- an alias used beside it
SELECT id + 1 AS n, n * 2 AS m FROM lake.t.staff;
-- sums are huge
SELECT sum(b) AS s, sum(i) AS t, avg(d) AS a, avg(i) FROM lake.t.numbers WHERE id NOT IN (3, 7);
-- sums beyond a bigint
SELECT sum(b) FROM lake.t.numbers WHERE id = 3 OR id = 1;
-- casts by colons
SELECT id::varchar, d::integer, '2024-01-05'::date, i::double, (d * 2)::decimal(12,1) FROM lake.t.numbers WHERE id < 6 AND id <> 3;
-- dates as text
SELECT id FROM lake.t.times WHERE d >= '2024-01-01' AND d BETWEEN '2023-01-01' AND '2024-03-01';
-- dates and numbers
SELECT id, d + 3, d - 1, d - DATE '2024-01-01', d + INTERVAL 1 DAY, ts + INTERVAL '2' HOUR FROM lake.t.times;
-- truncated dates
SELECT id, date_trunc('month', d), date_trunc('week', ts), year(d), month(d), quarter(d), last_day(d) FROM lake.t.times;
-- doubles beside numbers
SELECT id FROM lake.t.numbers WHERE x > 0;
-- doubles below numbers
SELECT id FROM lake.t.numbers WHERE x < 1 OR 3 < x;
-- texts
SELECT id, length(s), lower(s), s || 'x', contains(s, 'l'), strpos(s, 'o'), replace(s, 'l', 'L'), starts_with(s, 'h') FROM lake.t.texts;
-- patterns
SELECT id FROM lake.t.texts WHERE s LIKE '%l%' AND s NOT LIKE 'H%';
-- nulls come last
SELECT id, team FROM lake.t.staff ORDER BY team DESC, id;
-- windows
SELECT id, row_number() OVER (PARTITION BY team ORDER BY id) AS n, lag(name) OVER (ORDER BY id) AS before, sum(salary) OVER (PARTITION BY team) AS t FROM lake.t.staff;
-- filtered counts
SELECT count(*) FILTER (WHERE team = 'web') AS web, count(DISTINCT team) AS teams, bool_or(salary > 8000) AS rich FROM lake.t.staff;
-- joins
SELECT a.name, b.name AS boss FROM lake.t.staff a LEFT JOIN lake.t.staff b ON a.boss = b.id;
-- joins by one column
SELECT * FROM (SELECT name, team FROM lake.t.staff) a JOIN (SELECT 'data' AS team, 1 AS n UNION ALL SELECT 'web', 2) b USING (team);
-- queries in queries
WITH a AS (SELECT team, sum(salary) AS s FROM lake.t.staff GROUP BY team) SELECT * FROM a WHERE s > (SELECT avg(s) FROM a) OR team IN (SELECT team FROM lake.t.staff WHERE id = 4);
-- case and coalesce
SELECT id, CASE WHEN salary > 6000 THEN 'high' WHEN salary IS NULL THEN 'none' ELSE 'low' END AS pay, coalesce(team, 'no team') AS t, ifnull(boss, 0) AS b FROM lake.t.staff;
-- unions
SELECT team FROM lake.t.staff UNION SELECT 'web' UNION ALL SELECT NULL;
-- values
SELECT n * 2 AS m, s FROM (VALUES (1, 'a'), (2, 'b')) AS t(n, s);
-- limits
SELECT id FROM lake.t.texts ORDER BY id LIMIT 3 OFFSET 2;
-- spread
SELECT stddev(salary) AS s, var_pop(salary) AS v FROM lake.t.staff;
-- having by alias
SELECT team, count(*) AS n FROM lake.t.staff GROUP BY team HAVING n > 1;
-- distinct
SELECT DISTINCT team FROM lake.t.staff;
-- decimals
SELECT id, d + 1.5 AS a, d * 2 AS b, -d AS c, abs(d) AS e, d / 4 AS f FROM lake.t.numbers WHERE id NOT IN (3);
-- qualify
-- refused: QUALIFY
SELECT name FROM lake.t.staff QUALIFY row_number() OVER (PARTITION BY team ORDER BY id) = 1;
-- pivot
-- refused: PIVOT
PIVOT lake.t.staff ON team USING sum(salary);
-- unnest in the select list
-- refused: unnest
SELECT id, unnest(a) FROM lake.t.nested;
-- lists
-- refused: array
SELECT a FROM lake.t.nested;
-- exact quantiles
-- refused: quantile_cont
SELECT quantile_cont(salary, 0.5) FROM lake.t.staff;
-- reading files
-- refused: read_csv
SELECT * FROM read_csv('/etc/passwd');
-- files by name
-- refused: There is no table
SELECT * FROM '/etc/passwd';
-- distinct on
-- refused: DISTINCT ON
SELECT DISTINCT ON (team) name FROM lake.t.staff;
-- implicit casts
-- refused: beside
SELECT id FROM lake.t.texts WHERE number = 5;
-- upper case beyond ASCII
-- refused: upper
SELECT upper(s) FROM lake.t.texts;
-- copying
-- refused: COPY is not offered
COPY lake.t.staff TO '/tmp/x';
-- attaching
-- refused: ATTACH is not offered
ATTACH 'x.db';
-- settings of DuckDB
-- refused: SET is not offered
SET threads = 1;
-- columns by pattern
-- refused: columns
SELECT COLUMNS('s.*') FROM lake.t.staff;
-- as of joins
-- refused: ASOF
SELECT 1 FROM lake.t.staff a ASOF JOIN lake.t.staff b ON a.id >= b.id;

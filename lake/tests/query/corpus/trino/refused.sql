-- approximate quantiles
-- refused: approx_percentile
SELECT approx_percentile(salary, 0.5) FROM lake.t.staff;
-- approximate counts
-- refused: approx_distinct
SELECT approx_distinct(name) FROM lake.t.staff;
-- char pads
-- refused: char(n)
SELECT CAST(name AS char(10)) FROM lake.t.staff;
-- double as text
-- refused: its text differs
SELECT CAST(x AS varchar) FROM lake.t.numbers;
-- double as decimal
-- refused: the last digit may differ
SELECT CAST(x AS decimal(10,2)) FROM lake.t.numbers;
-- try
-- refused: The function try
SELECT TRY(1 / 0);
-- date minus date
-- refused: date - date
SELECT hired - DATE '2020-01-01' FROM lake.t.staff;
-- comparing rows
-- refused: IN over rows
SELECT name FROM lake.t.staff WHERE (id, team) IN ((1, 'lead'));
-- comparing arrays
-- refused: Comparing array(integer)
SELECT id FROM lake.t.nested WHERE a = ARRAY[1];
-- pattern matching over rows
-- refused: MATCH
SELECT * FROM lake.t.staff MATCH_RECOGNIZE (ORDER BY id PATTERN (A) DEFINE A AS id > 1);
-- samples
-- refused: SAMPLE
SELECT * FROM lake.t.staff TABLESAMPLE BERNOULLI (10);
-- ties
-- refused: WITH TIES
SELECT id FROM lake.t.staff ORDER BY team FETCH FIRST 1 ROWS WITH TIES;
-- table functions
-- refused: table function
SELECT * FROM TABLE(sequence(1, 3));
-- any_match
-- refused: any_match
SELECT any_match(a, e -> e > 1) FROM lake.t.nested;
-- reduce
-- refused: reduce
SELECT reduce(a, 0, (s, x) -> s + x, s -> s) FROM lake.t.nested;
-- distinct elements
-- refused: array_distinct
SELECT array_distinct(a) FROM lake.t.nested;
-- look-ahead
-- refused: regular expression
SELECT regexp_like(name, 'a(?=b)') FROM lake.t.staff;
-- patterns from columns
-- refused: a pattern that is written out
SELECT regexp_like(s, u) FROM lake.t.texts;
-- the engine's own tables
-- refused: cannot be read
SELECT * FROM system.runtime.queries;
-- the information schema
-- refused: cannot be read
SELECT * FROM information_schema.tables;
-- text compared to numbers
-- refused: have no type in common
SELECT id FROM lake.t.texts WHERE number = 5;
-- text plus number
-- refused: varchar(1) + integer
SELECT '1' + 1;
-- count of two columns
-- refused: count(DISTINCT
SELECT count(DISTINCT id, name) FROM lake.t.staff;
-- histogram
-- refused: histogram
SELECT histogram(team) FROM lake.t.staff;
-- typeof
-- refused: typeof
SELECT typeof(id) FROM lake.t.staff;
-- week-based years in patterns
-- refused: in a pattern is not translated
SELECT date_format(d, '%x-%v') FROM lake.t.times;
-- unnest of two arrays
-- refused: several arrays
SELECT * FROM lake.t.nested CROSS JOIN UNNEST(a, v) AS u (x, y);
-- unnest of a map
-- refused: UNNEST of map
SELECT * FROM lake.t.nested CROSS JOIN UNNEST(m) AS u (k, v);
-- minute precision of zones
-- refused: AT TIME ZONE is translated
SELECT CAST(tz AT TIME ZONE '+05:30' AS date) FROM lake.t.times;
-- replace of nothing
-- refused: to look for
SELECT replace(s, '', '-') FROM lake.t.texts;
-- json values
-- refused: json_extract
SELECT json_extract(s, '$.a') FROM lake.t.texts;
-- unknown function
-- refused: frobnicate
SELECT frobnicate(1);
-- calls
-- refused: CALL is not offered
CALL system.runtime.kill_query('x');
-- deleting
-- refused: DELETE is not offered
DELETE FROM lake.t.staff WHERE id = 1;
-- settings
-- refused: SET is not offered
SET SESSION query_max_run_time = '1s';
-- creating catalogs
-- refused: CREATE CATALOG is not offered
CREATE CATALOG x USING memory;

-- ranks
SELECT id, row_number() OVER (ORDER BY salary, id), rank() OVER (ORDER BY salary), dense_rank() OVER (ORDER BY salary), percent_rank() OVER (ORDER BY salary), cume_dist() OVER (ORDER BY salary) FROM lake.t.staff;
-- ranks in partitions
SELECT id, row_number() OVER (PARTITION BY team ORDER BY hired DESC, id), ntile(2) OVER (PARTITION BY team ORDER BY id) FROM lake.t.staff;
-- neighbours
SELECT id, lag(name) OVER (ORDER BY id), lead(name, 2) OVER (ORDER BY id), lag(salary, 1, 0) OVER (ORDER BY id), lead(id, 1, -1) OVER (PARTITION BY team ORDER BY id) FROM lake.t.staff;
-- neighbours without NULLs
SELECT id, lag(team) IGNORE NULLS OVER (ORDER BY id DESC), first_value(boss) IGNORE NULLS OVER (ORDER BY id), last_value(salary) IGNORE NULLS OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM lake.t.staff;
-- first and last
SELECT id, first_value(name) OVER (PARTITION BY team ORDER BY id), last_value(name) OVER (PARTITION BY team ORDER BY id), nth_value(name, 2) OVER (ORDER BY id) FROM lake.t.staff;
-- last value of the whole partition
SELECT id, last_value(name) OVER (PARTITION BY team ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM lake.t.staff;
-- running totals
SELECT id, sum(salary) OVER (ORDER BY id), count(*) OVER (ORDER BY id), max(salary) OVER (ORDER BY id), sum(id) OVER (ORDER BY id) FROM lake.t.staff;
-- peers share a running total
SELECT id, sum(id) OVER (ORDER BY team), avg(id) OVER (ORDER BY team), avg(salary) OVER (ORDER BY team) FROM lake.t.staff;
-- rolling means
SELECT day, who, avg(score) OVER (PARTITION BY kind ORDER BY day, who ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS m, sum(amount) OVER (PARTITION BY kind ORDER BY day, who ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING) AS s FROM lake.t.events WHERE who < 4;
-- rolling means of decimals
SELECT id, avg(salary) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM lake.t.staff;
-- frames by range of numbers
SELECT id, sum(id) OVER (ORDER BY id RANGE BETWEEN 2 PRECEDING AND 1 FOLLOWING), count(*) OVER (ORDER BY id RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM lake.t.staff;
-- frames by groups
SELECT id, count(*) OVER (ORDER BY team GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM lake.t.staff;
-- frames by days
SELECT day, count(*) OVER (ORDER BY day RANGE BETWEEN INTERVAL '6' DAY PRECEDING AND CURRENT ROW) FROM (SELECT DISTINCT day FROM lake.t.events) t;
-- share of a total
SELECT team, salary, salary / sum(salary) OVER (PARTITION BY team) AS share, sum(salary) OVER () FROM lake.t.staff WHERE salary IS NOT NULL;
-- windows over groups
SELECT kind, sum(amount) AS total, rank() OVER (ORDER BY sum(amount) DESC) AS place, sum(sum(amount)) OVER () AS whole FROM lake.t.events GROUP BY kind;
-- a named window
SELECT id, sum(id) OVER w, row_number() OVER w FROM lake.t.staff WINDOW w AS (PARTITION BY team ORDER BY id);
-- spread over a window
SELECT day, stddev(score) OVER (ORDER BY day ROWS BETWEEN 3 PRECEDING AND CURRENT ROW) FROM (SELECT day, max(score) AS score FROM lake.t.events GROUP BY day) t;
-- the first of each group
SELECT * FROM (SELECT team, name, row_number() OVER (PARTITION BY team ORDER BY salary DESC, id) AS n FROM lake.t.staff) t WHERE n = 1;
-- differences between days
SELECT day, total, total - lag(total) OVER (ORDER BY day) AS change FROM (SELECT day, sum(amount) AS total FROM lake.t.events GROUP BY day) t;
-- windows in order
SELECT id FROM lake.t.staff ORDER BY row_number() OVER (ORDER BY name DESC);
-- order of NULLs in windows
SELECT id, row_number() OVER (ORDER BY team, id), row_number() OVER (ORDER BY team DESC, id), row_number() OVER (ORDER BY team NULLS FIRST, id) FROM lake.t.staff;

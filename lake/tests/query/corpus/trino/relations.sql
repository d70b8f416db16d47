-- inner join
SELECT a.name, b.name AS boss FROM lake.t.staff a JOIN lake.t.staff b ON a.boss = b.id;
-- left join
SELECT a.name, b.name FROM lake.t.staff a LEFT JOIN lake.t.staff b ON a.boss = b.id AND b.team = 'lead';
-- right and full join
SELECT a.id, b.id FROM lake.t.staff a FULL JOIN lake.t.staff b ON a.id = b.boss;
-- right join
SELECT a.id, b.id FROM lake.t.staff a RIGHT OUTER JOIN lake.t.staff b ON a.id = b.boss WHERE b.id > 2;
-- join with USING puts the column first
SELECT * FROM lake.t.times JOIN lake.t.texts USING (id) WHERE id < 4;
-- join with USING of a later column
SELECT * FROM (SELECT name, team FROM lake.t.staff) a JOIN (SELECT 'data' AS team, 1 AS n UNION ALL SELECT 'web', 2) b USING (team);
-- full join with USING
SELECT id, a.name, b.s FROM lake.t.staff a FULL JOIN lake.t.texts b USING (id);
-- cross join and comma
SELECT count(*) FROM lake.t.staff a, lake.t.staff b CROSS JOIN lake.t.texts;
-- star of one table
SELECT b.*, a.id FROM lake.t.staff a JOIN lake.t.staff b ON a.boss = b.id;
-- names of two parts
SELECT staff.name FROM t.staff WHERE t.staff.salary > 5000;
-- names of three parts in columns
SELECT lake.t.staff.name FROM lake.t.staff ORDER BY lake.t.staff.id;
-- names in any case
SELECT Name, "team" FROM LAKE.T.Staff WHERE SALARY >= 7000;
-- group by number and name
SELECT team, count(*), max(salary) FROM lake.t.staff GROUP BY 1 ORDER BY 2 DESC, team;
-- having
SELECT team, avg(salary) AS pay FROM lake.t.staff GROUP BY team HAVING count(*) > 1 AND avg(salary) > 5000;
-- grouping sets
SELECT team, boss, count(*), grouping(team, boss) FROM lake.t.staff GROUP BY GROUPING SETS ((team), (boss), ());
-- rollup
SELECT team, boss, sum(salary), grouping(team) FROM lake.t.staff GROUP BY ROLLUP (team, boss);
-- cube
SELECT team, boss, count(*) FROM lake.t.staff GROUP BY CUBE (team, boss);
-- group by an expression
SELECT year(hired) / 2, count(*) FROM lake.t.staff GROUP BY year(hired) / 2;
-- distinct
SELECT DISTINCT team, boss IS NULL FROM lake.t.staff;
-- count distinct
SELECT count(DISTINCT team), count(DISTINCT boss), sum(DISTINCT salary), avg(DISTINCT boss) FROM lake.t.staff;
-- union removes duplicates
SELECT team FROM lake.t.staff UNION SELECT 'web' UNION SELECT NULL;
-- union all of numbers and decimals
SELECT id FROM lake.t.staff UNION ALL SELECT salary FROM lake.t.staff UNION ALL SELECT 1.5;
-- union of integers and doubles
SELECT id AS v FROM lake.t.staff UNION ALL SELECT x FROM lake.t.numbers;
-- intersect and except
(SELECT team FROM lake.t.staff INTERSECT SELECT 'web') UNION ALL (SELECT team FROM lake.t.staff EXCEPT SELECT 'data');
-- except all
SELECT team FROM lake.t.staff EXCEPT ALL SELECT 'data';
-- order of a union
SELECT name FROM lake.t.staff WHERE id < 3 UNION ALL SELECT s FROM lake.t.texts WHERE id < 3 ORDER BY name LIMIT 3;
-- scalar subquery
SELECT name, salary - (SELECT avg(salary) FROM lake.t.staff) FROM lake.t.staff;
-- correlated subquery
SELECT name, (SELECT count(*) FROM lake.t.staff b WHERE b.boss = a.id) AS reports FROM lake.t.staff a;
-- exists
SELECT name FROM lake.t.staff a WHERE EXISTS (SELECT 1 FROM lake.t.staff b WHERE b.boss = a.id);
-- not exists
SELECT name FROM lake.t.staff a WHERE NOT EXISTS (SELECT * FROM lake.t.staff b WHERE b.boss = a.id);
-- IN a query
SELECT name FROM lake.t.staff WHERE id IN (SELECT boss FROM lake.t.staff);
-- NOT IN a query with NULLs finds nothing
SELECT name FROM lake.t.staff WHERE id NOT IN (SELECT boss FROM lake.t.staff);
-- any and all
SELECT name FROM lake.t.staff WHERE salary >= ALL (SELECT salary FROM lake.t.staff WHERE salary IS NOT NULL) OR id = ANY (SELECT 3);
-- common table expressions
WITH a AS (SELECT team, sum(salary) AS s FROM lake.t.staff GROUP BY team), b (t, s2) AS (SELECT team, s * 2 FROM a) SELECT a.team, b.s2 FROM a JOIN b ON a.team = b.t;
-- a CTE hides a table
WITH staff AS (SELECT 1 AS id) SELECT * FROM staff;
-- CTEs inside queries
SELECT * FROM (WITH x AS (SELECT id FROM lake.t.staff WHERE id < 3) SELECT id + 1 AS n FROM x) y;
-- recursive
WITH RECURSIVE chain (id, name, level) AS (SELECT id, name, 1 FROM lake.t.staff WHERE boss IS NULL UNION ALL SELECT s.id, s.name, c.level + 1 FROM lake.t.staff s JOIN chain c ON s.boss = c.id) SELECT * FROM chain;
-- numbers by recursion
WITH RECURSIVE n (v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < 8) SELECT v, v * v FROM n;
-- values
VALUES (1, 'a'), (2, NULL), (3, 'c');
-- values in FROM
SELECT t.n * 2, t.s FROM (VALUES (1, 'a'), (2.5, 'b')) AS t (n, s);
-- table
TABLE lake.t.staff;
-- limit and offset
SELECT id FROM lake.t.texts ORDER BY id OFFSET 3 LIMIT 4;
-- fetch first
SELECT id FROM lake.t.texts ORDER BY id DESC FETCH FIRST 2 ROWS ONLY;
-- order by an alias
SELECT id, salary * 12 AS yearly FROM lake.t.staff ORDER BY yearly DESC NULLS LAST, id;
-- order by an alias that hides a column
SELECT -id AS id FROM lake.t.staff ORDER BY id;
-- order by an expression of an alias
SELECT id, salary AS s FROM lake.t.staff WHERE salary IS NOT NULL ORDER BY -s, id;
-- an alias that hides a column, in an expression
SELECT id, -salary AS salary FROM lake.t.staff WHERE salary IS NOT NULL ORDER BY salary + 1, id;
-- an alias is not seen in WHERE
SELECT -id AS id FROM lake.t.staff WHERE id > 5;
-- order by number
SELECT team, name FROM lake.t.staff ORDER BY 1 DESC, 2;
-- order by something that is not shown
SELECT name FROM lake.t.staff ORDER BY hired, id;
-- nulls come last in both directions
SELECT id, team FROM lake.t.staff ORDER BY team DESC, id;
-- lateral
SELECT a.name, b.n FROM lake.t.staff a CROSS JOIN LATERAL (SELECT count(*) AS n FROM lake.t.staff b WHERE b.boss = a.id) b;
-- left lateral
SELECT a.name, b.name FROM lake.t.staff a LEFT JOIN LATERAL (SELECT name FROM lake.t.staff b WHERE b.boss = a.id ORDER BY id LIMIT 1) b ON true;
-- joins in brackets
SELECT a.id, c.id FROM lake.t.staff a LEFT JOIN (lake.t.staff b JOIN lake.t.staff c ON b.boss = c.id) ON a.boss = b.id;
-- conditions without columns
SELECT 1 WHERE 1 = 1 AND NOT false;
-- three-valued logic
SELECT id, flag AND i > 0, flag OR i IS NULL, NOT flag, flag IS NULL FROM lake.t.numbers;
-- IS DISTINCT FROM
SELECT a.id, a.flag IS DISTINCT FROM b.flag, a.i IS NOT DISTINCT FROM b.i FROM lake.t.numbers a JOIN lake.t.numbers b ON a.id = b.id + 1;
-- case without else
SELECT id, CASE WHEN flag THEN 'yes' WHEN NOT flag THEN 'no' END, if(flag, 1, 0), if(i > 5, 'big') FROM lake.t.numbers;
-- aggregates of conditions
SELECT count_if(flag), bool_and(flag), bool_or(flag), every(id > 0), count(flag) FROM lake.t.numbers;
-- largest by
SELECT team, max_by(name, salary), min_by(name, hired) FROM lake.t.staff WHERE id NOT IN (5) GROUP BY team;
-- arrays of groups
SELECT team, array_agg(name ORDER BY id DESC), array_agg(boss ORDER BY id) FROM lake.t.staff GROUP BY team;
-- any value of equal values
SELECT team, arbitrary(team), any_value(team) FROM lake.t.staff GROUP BY team;
-- division of counts
SELECT count(*) / 3, count(*) * 100.0 / 7, count(*) / 3e0, sum(id) * 1.0 / count(*) FROM lake.t.staff;
-- comments
SELECT /* a comment; with a semicolon */ id -- and another
FROM lake.t.staff WHERE name = 'Ada' -- ';'
;
-- columns of the same name
SELECT a.id, b.id FROM lake.t.staff a JOIN lake.t.staff b ON a.id = b.id + 1;
-- quoted names
SELECT id AS "An Id", name AS "select" FROM lake.t.staff AS "the staff" WHERE "the staff".id = 1;
-- deep nesting
SELECT * FROM (SELECT * FROM (SELECT * FROM (SELECT id, salary * 2 AS d FROM lake.t.staff) a) b WHERE d > 9000) c;
-- decimals through queries
SELECT sum(d) AS s FROM (SELECT salary * 1.05 AS d FROM lake.t.staff) t;

-- subscripts
SELECT id, a[1], v[2] FROM lake.t.nested WHERE id IN (1, 3);
-- element_at
SELECT id, element_at(a, 1), element_at(a, -1), element_at(a, 9), element_at(v, 2), element_at(m, 'one'), element_at(m, 'none') FROM lake.t.nested;
-- maps by key
SELECT id, m['two'] FROM lake.t.nested WHERE id IN (1, 5);
-- cardinality
SELECT id, cardinality(a), cardinality(v), cardinality(m) FROM lake.t.nested;
-- contains is unknown beside NULL
SELECT id, contains(a, 5), contains(a, 9), contains(v, 'z'), contains(v, 'q') FROM lake.t.nested;
-- array position
SELECT id, array_position(a, 4), array_position(v, 'y'), array_position(a, 99) FROM lake.t.nested;
-- smallest and largest element
SELECT id, array_max(a), array_min(a), array_max(v) FROM lake.t.nested;
-- sorting
SELECT id, array_sort(a), array_sort(v), reverse(a) FROM lake.t.nested;
-- joining
SELECT id, array_join(v, '-'), array_join(a, ',') FROM lake.t.nested;
-- slices
SELECT id, slice(a, 2, 2), slice(a, 1, 1) FROM lake.t.nested WHERE a IS NOT NULL;
-- concatenation of arrays
SELECT id, a || ARRAY[9], ARRAY[0] || a || a FROM lake.t.nested;
-- transform and filter
SELECT id, transform(a, e -> e * 2 + id), filter(a, e -> e > 2), transform(v, s -> upper(s) || '!') FROM lake.t.nested;
-- flatten
SELECT flatten(ARRAY[ARRAY[1, 2], ARRAY[], ARRAY[3]]);
-- sequences
SELECT sequence(1, 5), sequence(0, 10, 5), sequence(3, 1, -1), cardinality(sequence(1, 100));
-- unnest
SELECT n.id, u.e FROM lake.t.nested n CROSS JOIN UNNEST(n.a) AS u (e);
-- unnest with ordinality
SELECT n.id, u.e, u.o FROM lake.t.nested n CROSS JOIN UNNEST(n.v) WITH ORDINALITY AS u (e, o);
-- unnest of a literal
SELECT x, x * x FROM UNNEST(ARRAY[1, 2, 3]) AS t (x);
-- left join unnest
SELECT n.id, u.e FROM lake.t.nested n LEFT JOIN UNNEST(n.a) AS u (e) ON true;
-- unnest of a sequence
SELECT sum(x), count(*) FROM UNNEST(sequence(1, 1000)) AS t (x);
-- fields of rows
SELECT id, w.p, n.w.q FROM lake.t.nested n WHERE n.w.p > 0;
-- rows made
SELECT CAST(ROW(1, 'x') AS ROW(a bigint, b varchar)).a, ROW(id, v) FROM lake.t.nested;
-- maps made
SELECT MAP(ARRAY['a', 'b'], ARRAY[1, 2]), map_keys(m), map_values(m) FROM lake.t.nested WHERE id IN (1, 3);
-- arrays of decimals
SELECT ARRAY[1, 2.5, 3.25], ARRAY['a', NULL], ARRAY[NULL, 1];
-- nested columns as they are
SELECT * FROM lake.t.nested;
-- grouping by arrays
SELECT a, count(*) FROM lake.t.nested GROUP BY a;

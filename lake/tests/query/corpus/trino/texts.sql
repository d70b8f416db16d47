-- concatenation with NULL is NULL
SELECT id, s || u, 'a' || s || 'b', concat(s, u), concat('x', s, u) FROM lake.t.texts;
-- concat_ws leaves NULL out
SELECT id, concat_ws('-', s, u, 'z') FROM lake.t.texts;
-- length counts characters
SELECT id, length(s), length(u), length(s || 'é') FROM lake.t.texts;
-- upper and lower
SELECT id, upper(s), lower(s), upper(u) FROM lake.t.texts;
-- trims take white space
SELECT id, trim(s), ltrim(s), rtrim(s), length(trim(s)), length(ltrim(u)) FROM lake.t.texts;
-- trims of letters
SELECT id, trim(BOTH 'a' FROM s), trim(LEADING 'ha' FROM s), trim(TRAILING 'o' FROM s), rtrim(s, 'do') FROM lake.t.texts;
-- substr from the start
SELECT id, substr(s, 1), substr(s, 2, 3), substr(s, 100), substring(s, 3), substring(s FROM 2 FOR 2) FROM lake.t.texts;
-- substr with zero and negative
SELECT id, substr(s, 0), substr(s, 0, 3), substr(s, -3), substr(s, -3, 2), substr(s, -100), substr(s, 2, 0) FROM lake.t.texts;
-- substr with columns
SELECT t.id, n.id, substr(t.s, n.i / 10), substr(t.s, n.ti, n.si) FROM lake.t.texts t JOIN lake.t.numbers n ON n.id < 6 AND n.id <> 3;
-- strpos
SELECT id, strpos(s, 'l'), strpos(s, u), position('o' IN s), strpos(s, '') FROM lake.t.texts;
-- replace
SELECT id, replace(s, 'l', 'L'), replace(s, 'a'), replace(s, 'ab', '') FROM lake.t.texts;
-- split_part gives NULL past the end
SELECT id, split_part(s, ',', 1), split_part(s, ',', 3), split_part(s, ',', 9), split_part(s, '-', 2) FROM lake.t.texts;
-- split
SELECT id, split(s, ','), cardinality(split(s, ' ')) FROM lake.t.texts;
-- padding
SELECT id, lpad(s, 8, '*'), rpad(s, 3, 'ab'), lpad(number, 4, '0') FROM lake.t.texts;
-- starts_with
SELECT id FROM lake.t.texts WHERE starts_with(s, 'h') OR starts_with(s, 'order');
-- LIKE
SELECT id FROM lake.t.texts WHERE s LIKE '%l%' OR s LIKE '_a_';
-- LIKE is exact about case
SELECT id, s LIKE 'h%', s NOT LIKE 'H%', s LIKE 'naïve%' FROM lake.t.texts;
-- LIKE with an escape
SELECT id FROM lake.t.texts WHERE s LIKE 'x\_y\%z' ESCAPE '\';
-- LIKE without an escape
SELECT id, s LIKE 'x\_y%' FROM lake.t.texts;
-- LIKE over lines
SELECT id FROM lake.t.texts WHERE s LIKE 'line1%line2';
-- LIKE of one character beyond ASCII
SELECT id FROM lake.t.texts WHERE s LIKE '_ smile' OR s LIKE '日___ス_';
-- comparison of texts is by bytes
SELECT id, s < 'a', s >= 'H', s = 'hello', s <> 'Hello World' FROM lake.t.texts;
-- order of texts
SELECT id, s FROM lake.t.texts ORDER BY s, id;
-- order of texts descending
SELECT id, u FROM lake.t.texts ORDER BY u DESC, id;
-- order with NULLs first
SELECT id, s FROM lake.t.texts ORDER BY s DESC NULLS FIRST, id;
-- smallest and largest text
SELECT min(s), max(s), min(u), max(number) FROM lake.t.texts;
-- cast to varchar of a length cuts
SELECT id, CAST(s AS varchar(3)), CAST(s AS varchar), CAST('abcdef' AS varchar(2)) FROM lake.t.texts;
-- regexp_like
SELECT id, regexp_like(s, 'l+'), regexp_like(s, '^h'), regexp_like(s, 'o$'), regexp_like(s, '[0-9]{3}') FROM lake.t.texts;
-- regexp_like with digits
SELECT id, regexp_like(number, '^\d+$'), regexp_like(s, '\d-\d') FROM lake.t.texts;
-- regexp_extract gives NULL without a match
SELECT id, regexp_extract(s, '[a-z]+'), regexp_extract(s, '([0-9]+)-([0-9]+)', 2), regexp_extract(s, 'l(.)', 1) FROM lake.t.texts;
-- regexp_extract_all
SELECT id, regexp_extract_all(s, '[a-z]+'), regexp_extract_all(s, '(.)-(.)', 1) FROM lake.t.texts;
-- regexp_replace
SELECT id, regexp_replace(s, '[aeiou]', '_'), regexp_replace(s, 'l+'), regexp_replace(s, '([a-z])([0-9])', '$2$1') FROM lake.t.texts;
-- regexp with alternatives
SELECT id, regexp_like(s, 'hello|world'), regexp_extract(s, '(?:he|or)[a-z]+'), regexp_replace(s, '^(h|n)', 'X') FROM lake.t.texts;
-- regexp at the ends of lines
SELECT id, regexp_like(s, 'line1$'), regexp_like(s, '^line2'), regexp_like(s, 'line1.line2'), regexp_like('a' || chr(10), 'a$') FROM lake.t.texts WHERE id IN (1, 9);
-- quotes in texts
SELECT id, s, 'it''s', '', '"' FROM lake.t.texts WHERE s = 'O''Brien';
-- line breaks in texts
SELECT 'a
  b', length('a
  b');
-- empty text is not NULL
SELECT id, s IS NULL, s = '', coalesce(s, 'none'), nullif(s, '') FROM lake.t.texts;
-- concatenation in groups
SELECT team, listagg(name, ', ') WITHIN GROUP (ORDER BY name DESC) FROM lake.t.staff GROUP BY team;
-- reverse
SELECT id, reverse(number) FROM lake.t.texts WHERE number IS NOT NULL;
-- chr and codepoint
SELECT chr(65), chr(233), codepoint('A'), codepoint('日');
-- hashes
SELECT id, to_hex(md5(to_utf8(s))), to_hex(sha256(to_utf8(u))), to_hex(to_utf8(s)) FROM lake.t.texts;
-- greatest of texts
SELECT id, greatest(s, u), least(s, u, 'm') FROM lake.t.texts;
-- case over texts
SELECT id, CASE s WHEN 'hello' THEN 'one' WHEN '' THEN 'none' ELSE u END, CASE WHEN s LIKE 'a%' THEN 1 END FROM lake.t.texts;
-- IN over texts
SELECT id FROM lake.t.texts WHERE s IN ('hello', '', 'aaa') AND u NOT IN ('a');
-- distinct texts
SELECT DISTINCT length(s), u IS NULL FROM lake.t.texts;
-- texts with dates
SELECT id, TRY_CAST(s AS date), TRY_CAST(number AS date) FROM lake.t.texts;
-- json scalars
SELECT id, json_extract_scalar(s, '$.a'), json_extract_scalar(s, '$.b.c'), json_extract_scalar(s, '$.l[1]'), json_extract_scalar(s, '$.b'), json_extract_scalar(s, '$.no') FROM lake.t.texts;

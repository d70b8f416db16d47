import { describe, expect, it } from "vitest";
import { originOf } from "./origins";
import { previewStatement } from "./preview-statement";

/** The preview at the `|` of a text, with blanks squeezed. */
function previewAt(marked: string, dialect: "trino" | "duckdb" = "trino") {
  const offset = marked.indexOf("|");
  const sql = marked.replace("|", "");
  const preview = previewStatement(sql, offset, dialect);
  return preview === null ? null : { ...preview, text: preview.sql.replaceAll(/\s+/g, " "), source: sql };
}

describe("a preview of the part under the cursor", () => {
  it("is the statement's query where the cursor is in no part of it", () => {
    const preview = previewAt("SELECT a| FROM t ORDER BY a");
    expect(preview?.text).toBe("SELECT a FROM t ORDER BY a LIMIT 200");
    expect(preview?.part).toEqual({ kind: "query" });
  });

  it("keeps a limit that the query has", () => {
    expect(previewAt("SELECT a| FROM t LIMIT 5")?.text).toBe(
      "SELECT * FROM ( SELECT a FROM t LIMIT 5 ) AS part LIMIT 200",
    );
  });

  it("does not mistake a limit of a sub-query for its own", () => {
    expect(previewAt("SELECT a| FROM (SELECT 1 AS a LIMIT 1) AS t")?.text).toBe(
      "SELECT a FROM (SELECT 1 AS a LIMIT 1) AS t LIMIT 200",
    );
  });

  it("is a CTE with those before it, from its name or from inside", () => {
    const sql =
      "WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS y FROM a), c AS (SELECT 3) SELECT * FROM b, c";
    const wanted = "WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS y FROM a) SELECT * FROM b LIMIT 200";
    expect(previewAt(sql.replace("x + 1", "x +| 1"))?.text).toBe(wanted);
    expect(previewAt(sql.replace(" b AS", " b| AS"))?.text).toBe(wanted);
    expect(previewAt(sql.replace("FROM a)", "FROM a)|"))?.text).toBe(wanted);
    expect(previewAt(sql.replace("x + 1", "x +| 1"))?.part).toEqual({ kind: "cte", name: "b" });
  });

  it("is the whole query behind the CTEs", () => {
    expect(previewAt("WITH a AS (SELECT 1 AS x) SELECT x| FROM a")?.text).toBe(
      "WITH a AS (SELECT 1 AS x) SELECT x FROM a LIMIT 200",
    );
  });

  it("is a sub-query with the CTEs that it may use", () => {
    const preview = previewAt("WITH a AS (SELECT 1 AS x) SELECT * FROM (SELECT x| FROM a) AS s");
    expect(preview?.text).toBe("WITH a AS (SELECT 1 AS x) SELECT x FROM a LIMIT 200");
    expect(preview?.part).toEqual({ kind: "subquery" });
    expect(preview?.source.slice(preview.start, preview.end)).toBe("SELECT x FROM a");
  });

  it("lets an inner name hide an outer one", () => {
    expect(
      previewAt("WITH a AS (SELECT 1 AS x) SELECT * FROM (WITH a AS (SELECT 2 AS x) SELECT x| FROM a) AS s")
        ?.text,
    ).toBe(
      "WITH a AS (SELECT 1 AS x) SELECT * FROM ( WITH a AS (SELECT 2 AS x) SELECT x FROM a ) AS part LIMIT 200",
    );
    expect(
      previewAt("WITH a AS (SELECT 1) SELECT * FROM (WITH b AS (SELECT 2| FROM a) SELECT * FROM b) AS s")
        ?.text,
    ).toBe(
      "WITH a AS (SELECT 1) SELECT * FROM ( WITH b AS (SELECT 2 FROM a) SELECT * FROM b ) AS around_1 LIMIT 200",
    );
  });

  it("keeps a recursive CTE whole", () => {
    expect(
      previewAt(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i| + 1 FROM n WHERE i < 9) SELECT * FROM n",
      )?.text,
    ).toBe(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT * FROM n LIMIT 200",
    );
  });

  it("is the query of a CREATE TABLE AS and of an INSERT, never the writing", () => {
    expect(previewAt("CREATE TABLE analytics.u_ada.t AS SELECT 1| AS x")?.text).toBe(
      "SELECT 1 AS x LIMIT 200",
    );
    expect(previewAt("INSERT INTO t (a, b) SELECT 1|, 2")?.text).toBe("SELECT 1, 2 LIMIT 200");
    expect(previewAt("DROP TABLE t|")).toBeNull();
    expect(previewAt("|")).toBeNull();
  });

  it("is not led astray by texts, names, comments and functions with parentheses", () => {
    const sql = `SELECT '(select', "a)b" /* ( */, coalesce(x|, 1) FROM t -- (`;
    expect(previewAt(sql)?.text).toBe(`SELECT '(select', "a)b" /* ( */, coalesce(x, 1) FROM t LIMIT 200`);
  });

  it("reads FROM first in DuckDB's dialect alone", () => {
    expect(previewAt("FROM t| SELECT a", "duckdb")?.text).toBe("FROM t SELECT a LIMIT 200");
    expect(previewAt("SELECT * FROM (FROM t| ) AS s", "duckdb")?.text).toBe("FROM t LIMIT 200");
  });

  it("knows a quoted CTE by its name and copies it as written", () => {
    const preview = previewAt('WITH "my ""a""" AS (SELECT 1|) SELECT 2');
    expect(preview?.part).toEqual({ kind: "cte", name: 'my "a"' });
    expect(preview?.text).toBe('WITH "my ""a""" AS (SELECT 1) SELECT * FROM "my ""a""" LIMIT 200');
  });

  it("survives parentheses that are not closed", () => {
    expect(previewAt("SELECT * FROM (SELECT 1|")?.text).toBe("SELECT * FROM (SELECT 1 LIMIT 200");
    expect(previewAt("SELECT 1)| FROM t")?.text).toBe("SELECT 1) FROM t LIMIT 200");
  });

  it("tells where its own text stems from", () => {
    const source = "WITH a AS (SELECT 1 AS x) SELECT * FROM (SELECT oops FROM a) AS s";
    const preview = previewStatement(source, source.indexOf("oops"), "trino");
    const place = preview?.sql.indexOf("oops") ?? 0;
    expect(originOf(preview?.origins ?? [], place)).toBe(source.indexOf("oops"));
  });
});

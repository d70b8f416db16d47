import { expect, it } from "vitest";
import { formatSql } from "./format-sql";

it("lays out both dialects and leaves placeholders, texts and comments as they are", async () => {
  const text = "select a, 'it''s {{x}}' from t where d >= {{day}} -- why\n;select 2";
  for (const dialect of ["trino", "duckdb"] as const) {
    const formatted = await formatSql(text, dialect);
    expect(formatted).toContain("SELECT\n  a,\n  'it''s {{x}}'");
    expect(formatted).toContain("d >= {{day}} -- why");
    expect(formatted).toContain(";\n\nSELECT\n  2");
    expect(await formatSql(formatted, dialect)).toBe(formatted);
  }
});

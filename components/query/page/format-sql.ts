import type { Dialect } from "@/domain/query/dialect";

/** The text laid out anew: words in capitals, two blanks; placeholders stay as they are. Throws where it cannot be read. */
export async function formatSql(text: string, dialect: Dialect): Promise<string> {
  const { formatDialect, trino, duckdb } = await import("sql-formatter");
  return formatDialect(text, {
    dialect: dialect === "trino" ? trino : duckdb,
    keywordCase: "upper",
    tabWidth: 2,
    paramTypes: { custom: [{ regex: String.raw`\{\{\s*[\p{L}_][\p{L}\p{N}_]*\s*\}\}` }] },
  });
}

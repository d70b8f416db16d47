import type { PreparedSql, PrepareInput, SqlLanguage } from "../../../domain/ports/sql-language";
import type { StatementKind } from "../../../domain/query/query-run";
import { Failure } from "../../../domain/shared/failure";
import { type SqlToken, sqlTokens } from "../../../domain/shared/sql-tokens";

const KINDS: Record<string, StatementKind> = {
  SELECT: "select",
  WITH: "select",
  EXPLAIN: "explain",
  CREATE: "create_table_as",
  INSERT: "insert",
  DROP: "drop_table",
};

export type MemorySqlLanguage = SqlLanguage & { seen: readonly PrepareInput[] };

/**
 * A language that knows a few words. It finds tables behind FROM, JOIN and INTO by three parts, says `<engine>:` before
 * what it gives an engine, and refuses for an engine a statement that holds the word `not_on_<engine>`.
 */
export function memorySqlLanguage(): MemorySqlLanguage {
  const seen: PrepareInput[] = [];
  return {
    seen,
    prepare: async (input) => {
      seen.push(input);
      return understand(input);
    },
    close: async () => {},
  };
}

const wrong = (message: string, offset: number): Failure =>
  new Failure("invalid_input", message, { errors: [{ pointer: `/sql/${offset}`, message }] });

const unquoted = (token: SqlToken | undefined): string =>
  token?.kind === "quoted" ? token.text.slice(1, -1) : (token?.text ?? "");

function understand({ sql, engine, tables }: PrepareInput): PreparedSql {
  const tokens = sqlTokens(sql);
  const words = tokens.map(({ text }) => text.toUpperCase());
  const kind = KINDS[words[0] ?? ""];
  if (kind === undefined) throw wrong("Syntax error: this is no statement.", tokens[0]?.start ?? 0);
  const refused = words.indexOf(`NOT_ON_${engine.toUpperCase()}`);
  if (refused !== -1)
    throw wrong(`${words[refused]} means something else there.`, tokens[refused]?.start ?? 0);
  const nameAt = (index: number) => {
    const parts = [tokens[index], tokens[index + 2], tokens[index + 4]];
    return { name: parts.map(unquoted).join("."), offset: tokens[index]?.start ?? 0 };
  };
  const write = writeOf(words, kind, nameAt);
  const start = kind === "insert" || kind === "create_table_as" ? tokens[words.indexOf("SELECT")]?.start : 0;
  const reads = words.flatMap((word, index) => {
    if (word !== "FROM" && word !== "JOIN") return [];
    if (words[index + 1] === "(") return [];
    const { name, offset } = nameAt(index + 1);
    if (!tables.some((table) => table.name === name)) throw wrong(`There is no table ${name}.`, offset);
    return [name];
  });
  const prefix = `${engine}:`;
  const body = kind === "drop_table" ? "" : sql.slice(start ?? 0);
  return {
    kind,
    sql: body === "" ? "" : prefix + body,
    reads: [...new Set(reads)],
    write,
    isAnalyzed: kind === "explain" && words[1] === "ANALYZE",
    isOrdered: words.includes("ORDER"),
    origins: body === "" ? [] : [[prefix.length, start ?? 0, body.length]],
  };
}

function writeOf(
  words: string[],
  kind: StatementKind,
  nameAt: (index: number) => { name: string },
): PreparedSql["write"] {
  const ifExists = words.includes("EXISTS");
  const first = words.indexOf(kind === "insert" ? "INTO" : "TABLE") + 1;
  const index = ifExists ? words.indexOf("EXISTS") + 1 : first;
  if (kind === "select" || kind === "explain") return null;
  const mode =
    kind === "insert" ? "append" : kind === "drop_table" ? "drop" : words[1] === "OR" ? "replace" : "create";
  return { table: nameAt(index).name, mode, ifExists, columns: null };
}

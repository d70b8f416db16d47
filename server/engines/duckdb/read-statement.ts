import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { StatementReads } from "../../../domain/ports/statement-checker";
import type { InputError } from "../../../domain/shared/failure";
import { checkStatement, mentioned, type Readable, type StatementPlace } from "./check-statement";
import type { CheckWork } from "./duckdb-messages";
import { StatementRefused } from "./statement-refused";

/** What a statement reads, by its parse tree. Fails with StatementRefused unless it is one SELECT over what it may read. */
export async function readStatement(
  connection: DuckDBConnection,
  sql: string,
  readable: Readable,
): Promise<StatementReads> {
  if (sql.trim() === "")
    throw new StatementRefused({ code: "invalid_input", message: "The statement is empty." });
  const parsed = await connection.runAndReadAll(
    "SELECT json_serialize_sql($sql::VARCHAR, skip_null := true, skip_empty := true)",
    { sql },
  );
  const tree: unknown = JSON.parse(String(parsed.getRowsJson()[0]?.[0]));
  const problem = checkStatement(tree, readable);
  if (problem !== null) {
    const { place, ...said } = problem;
    throw new StatementRefused({ ...said, ...placed(sql, place, said.message) });
  }
  return mentioned(tree, readable);
}

/** The place in UTF-16 units, as everybody but the parser counts them. */
function placed(sql: string, place: StatementPlace | undefined, message: string): { errors?: InputError[] } {
  if (place === undefined) return {};
  const { at, unit } = place;
  const before =
    unit === "bytes" ? Buffer.from(sql).subarray(0, at).toString() : [...sql].slice(0, at).join("");
  const offset = before.length;
  return { errors: [{ pointer: `/sql/${offset}`, message }] };
}

let parser: Promise<DuckDBConnection> | undefined;

/** Checks a statement that another process is to run: the instance here only parses. */
export async function checkWork({ sql, tables, databases }: CheckWork): Promise<StatementReads> {
  parser ??= openParser();
  return readStatement(await parser, sql, { tables, databases });
}

async function openParser(): Promise<DuckDBConnection> {
  const settings = { enable_external_access: "false", lock_configuration: "true", threads: "1" };
  return (await DuckDBInstance.create(":memory:", settings)).connect();
}

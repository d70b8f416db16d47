import { Client } from "pg";
import type { DatabaseCatalog, DatabaseTable } from "../../../domain/ports/database-catalog";
import type { AttachedDatabase } from "../../../domain/ports/statement-engine";
import { Failure } from "../../../domain/shared/failure";
import { trinoTypeOf } from "./trino-type-of";

const READ_ONLY = "-c default_transaction_read_only=on";
/** Reads every table and owns none; since PostgreSQL 14. */
const READER = "pg_read_all_data";

const COLUMNS = `
  SELECT n.nspname AS schema, c.relname AS name, greatest(c.reltuples, 0)::float8 AS rows,
         CASE WHEN c.relkind IN ('r', 'm') THEN c.relpages::float8 * current_setting('block_size')::int END AS bytes,
         c.reltuples < 0 AS is_unknown, a.attname AS column, NOT a.attnotnull AS nullable,
         CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod)
              ELSE format_type(a.atttypid, a.atttypmod) END AS type
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid
   WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
     AND has_schema_privilege(n.oid, 'USAGE') AND has_any_column_privilege(c.oid, 'SELECT')
   ORDER BY 1, 2, a.attnum`;

const KEYS = `
  SELECT n.nspname AS schema, c.relname AS name, k.contype AS kind, fn.nspname AS other_schema, f.relname AS other_name,
         ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY u(num, place)
                 JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.num ORDER BY place) AS columns,
         ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY u(num, place)
                 JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.num ORDER BY place) AS others
    FROM pg_constraint k
    JOIN pg_class c ON c.oid = k.conrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_class f ON f.oid = k.confrelid
    LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
   WHERE k.contype IN ('p', 'f')
   ORDER BY 1, 2, k.conname`;

/** What the user may do beyond reading, also by roles that it can take. */
const RIGHTS = `
  SELECT current_setting('server_version_num')::int AS version, rolsuper AS is_superuser,
         EXISTS (SELECT 1 FROM pg_roles r
                  WHERE r.rolname IN ('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files')
                    AND pg_has_role(current_user, r.oid, 'MEMBER')) AS reaches_server
    FROM pg_roles WHERE rolname = current_user`;

type ColumnRow = {
  schema: string;
  name: string;
  rows: number;
  bytes: number | null;
  is_unknown: boolean;
  column: string;
  nullable: boolean;
  type: string;
};
type KeyRow = {
  schema: string;
  name: string;
  kind: "p" | "f";
  other_schema: string | null;
  other_name: string | null;
  columns: string[];
  others: string[];
};
type RightsRow = { version: number; is_superuser: boolean; reaches_server: boolean };

/** Tables, keys and rights of PostgreSQL databases, from their own catalog. Each call has a connection of its own. */
export function postgresDatabaseCatalog(): DatabaseCatalog {
  return {
    async describe(database, { timeoutMs, signal }) {
      const client = new Client({
        host: database.host,
        port: database.port,
        database: database.database,
        user: database.user,
        password: database.password,
        ssl: false,
        connectionTimeoutMillis: timeoutMs,
        query_timeout: timeoutMs,
        application_name: "benchwright",
        ...tls(database),
      });
      client.on("error", () => undefined);
      const onAbort = () => void client.end().catch(() => undefined);
      signal?.addEventListener("abort", onAbort, { once: true });
      try {
        await client.connect();
        await client.query("BEGIN READ ONLY");
        const { rows: rights } = await client.query<RightsRow>(RIGHTS);
        const { rows: columns } = await client.query<ColumnRow>(COLUMNS);
        const { rows: keys } = await client.query<KeyRow>(KEYS);
        return { tables: tablesOf(columns, keys), options: optionsFor(rights[0], database) };
      } catch (error) {
        throw error instanceof Failure ? error : toFailure(error, database);
      } finally {
        signal?.removeEventListener("abort", onAbort);
        client.end().catch(() => undefined);
      }
    },
  };
}

/** `prefer` is tried without encryption here: what is read are names, and node-postgres does not ask first. */
const tls = ({ ssl }: AttachedDatabase) => (ssl === "require" ? { ssl: { rejectUnauthorized: false } } : {});

function optionsFor(rights: RightsRow | undefined, { user, catalog }: AttachedDatabase): string {
  if (rights === undefined || (!rights.is_superuser && !rights.reaches_server)) return READ_ONLY;
  if (rights.is_superuser && rights.version >= 140_000) return `${READ_ONLY} -c role=${READER}`;
  throw new Failure(
    "forbidden",
    `The user ${user} of ${catalog} may reach files and programs of its server, so statements cannot use it.`,
    { hint: "Give the connection a user that only reads." },
  );
}

function tablesOf(columns: ColumnRow[], keys: KeyRow[]): DatabaseTable[] {
  const tables = new Map<string, DatabaseTable>();
  const keyOf = ({ schema, name }: { schema: string; name: string }) => JSON.stringify([schema, name]);
  for (const row of columns) {
    const { schema, name, bytes, is_unknown: isUnknown } = row;
    const table = tables.get(keyOf(row)) ?? {
      schema,
      name,
      columns: [],
      primaryKey: [],
      foreignKeys: [],
      rows: isUnknown ? null : row.rows,
      bytes: isUnknown ? null : bytes,
    };
    table.columns.push({ name: row.column, type: trinoTypeOf(row.type), isNullable: row.nullable });
    tables.set(keyOf(row), table);
  }
  for (const key of keys) {
    const table = tables.get(keyOf(key));
    if (table === undefined) continue;
    if (key.kind === "p") table.primaryKey = key.columns;
    else if (key.other_schema !== null && key.other_name !== null) {
      const { other_schema: schema, other_name: other, others: references } = key;
      table.foreignKeys.push({ columns: key.columns, schema, table: other, references });
    }
  }
  return [...tables.values()];
}

function toFailure(error: unknown, { catalog }: AttachedDatabase): Failure {
  const code = (error as { code?: unknown }).code;
  const cause = error instanceof Error ? `${String(code)}: ${error.message}` : error;
  if (code === "28P01" || code === "28000" || code === "42501" || code === "3D000") {
    return new Failure("forbidden", `The database ${catalog} refuses its user, its password or its name.`, {
      hint: "Check the connection under Sources.",
      cause,
    });
  }
  if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) && !/^(08|53|57)/.test(code)) {
    return new Failure("engine_failed", `The database ${catalog} failed at telling its tables.`, { cause });
  }
  return new Failure("engine_unavailable", `The database ${catalog} does not answer.`, {
    hint: "Check the connection under Sources.",
    retryable: true,
    cause,
  });
}

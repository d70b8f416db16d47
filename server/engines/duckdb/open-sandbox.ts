import { dirname } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { TableLocation } from "../../../domain/ports/query-engine";
import { quotedName } from "../../../domain/shared/quoted-name";
import type { StatementWork } from "./duckdb-messages";
import { hasExtensions, loadExtensions } from "./load-extensions";
import { text } from "./quoting";
import { readStatement } from "./read-statement";
import { StatementRefused } from "./statement-refused";
import { viewStatements } from "./view-statements";

const BUCKET = /^s3:\/\//;

/**
 * Opens an instance of its own for one statement: in memory, with the tables as views, locked so that nothing but the
 * tables' files and the one file to write can be reached.
 */
export async function openSandbox(
  work: StatementWork,
): Promise<{ connection: DuckDBConnection; close: () => void }> {
  const { limits, extensions } = work.settings;
  const instance = await DuckDBInstance.create(":memory:", {
    memory_limit: `${limits.memoryLimitBytes}B`,
    threads: String(limits.threads),
    temp_directory: limits.tempDir,
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
    // The files of that folder were verified when they were installed; to do so again takes 150 ms a statement.
    ...(hasExtensions(extensions) ? { allow_unsigned_extensions: "true" } : {}),
  });
  const connection = await instance.connect();
  const close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  try {
    const tables = await readTables(connection, work);
    await prepare(connection, work, tables);
    for (const statement of viewStatements(tables)) await connection.run(statement);
    await connection.run("SET lock_configuration = true");
    return { connection, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** Loads what the tables need, and shuts the world out but for their files. */
async function prepare(
  connection: DuckDBConnection,
  work: StatementWork,
  tables: TableLocation[],
): Promise<void> {
  const target = work.kind === "writeParquet" ? [work.partialPath ?? work.path] : [];
  const files = [...tables.flatMap((table) => ("uris" in table ? table.uris : [])), ...target];
  const folders = tables.flatMap((table) => ("uris" in table ? [] : [folderOf(table.metadataLocation)]));
  const isRemote = [...files, ...folders].some((place) => BUCKET.test(place));
  await loadExtensions(
    connection,
    [...(isRemote ? ["httpfs"] : []), ...(folders.length > 0 ? ["avro", "iceberg"] : [])],
    work.settings.extensions,
  );
  if (isRemote) await giveAccess(connection, work);
  await connection.run(
    `SET TimeZone = 'UTC'; SET allowed_paths = [${files.map(text).join(", ")}];
     SET allowed_directories = [${folders.map(text).join(", ")}]; SET enable_external_access = false`,
  );
}

/** `…/table/metadata/00001.metadata.json` lies in the table's folder, as everything of the table does. */
const folderOf = (metadataLocation: string): string => `${dirname(dirname(metadataLocation))}/`;

async function giveAccess(connection: DuckDBConnection, { settings }: StatementWork): Promise<void> {
  const { s3 } = settings;
  if (s3 === null) {
    throw new StatementRefused({
      code: "engine_unavailable",
      message: "A table lies in a bucket, and no access to one is set.",
      hint: "Set S3_BUCKET and its companions, then start again.",
    });
  }
  const endpoint = s3.endpoint === null ? null : new URL(s3.endpoint);
  const own =
    endpoint === null
      ? ""
      : `, ENDPOINT ${text(endpoint.host + endpoint.pathname.replace(/\/$/, ""))}, URL_STYLE 'path', USE_SSL ${endpoint.protocol === "https:"}`;
  await connection.run(
    `CREATE SECRET ${quotedName("bucket")} (TYPE s3, KEY_ID ${text(s3.accessKeyId)}, SECRET ${text(s3.secretAccessKey)},
     REGION ${text(s3.region)}, SCOPE ${text(s3.scope)}${own})`,
  );
}

/** The tables that the statement reads. Fails with StatementRefused unless it is one SELECT over those it may read. */
async function readTables(connection: DuckDBConnection, work: StatementWork): Promise<TableLocation[]> {
  const tables = work.tables.map((table) => table.name);
  const reads = new Set((await readStatement(connection, work.sql, { tables, databases: [] })).tables);
  return work.tables.filter((table) => reads.has(table.name));
}

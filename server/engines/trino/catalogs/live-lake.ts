import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { tableFromIPC } from "@uwdata/flechette";
import { Client } from "pg";
import type { EngineStatement, StatementControl } from "../../../../domain/ports/statement-engine";
import { physicalCatalog } from "../../../../domain/query/physical-catalog";
import { SPOOL_FILES } from "../../../../domain/query/result-spool";
import { trinoHttp } from "../trino-http";
import { trinoStatementEngine } from "../trino-statement-engine";
import type { LakePlace } from "./catalog-properties";

const HELPER = fileURLToPath(new URL("../live-helper.py", import.meta.url));

export type LiveLakeOptions = {
  url: string;
  serverUrl: string;
  python: string;
  /** Null for a lake in a folder of its own. */
  bucket: { name: string; s3: NonNullable<LakePlace["s3"]> } | null;
};

/**
 * For contracts with a live Trino: a workspace with a database of its own, whose lake holds shop.products with two
 * snapshots, and an engine that reads it.
 */
export async function liveLake({ url, serverUrl, python, bucket }: LiveLakeOptions) {
  const workspaceId = randomUUID();
  const user = `contract-${workspaceId}`;
  const name = `trino_${workspaceId.replaceAll("-", "")}`;
  const databaseUrl = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
  const at = (catalog: string) => physicalCatalog(catalog, workspaceId);
  const root = await mkdtemp(join(tmpdir(), "trino-"));
  const warehouse = bucket === null ? root : `s3://${bucket.name}/${workspaceId}`;
  const server = new Client(serverUrl);
  await server.connect();
  await server.query(`CREATE DATABASE ${name}`);
  const access =
    bucket === null ? [] : [bucket.s3.endpoint ?? "", bucket.s3.accessKeyId, bucket.s3.secretAccessKey];
  const clear = async () => {
    await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    // A test may have made a role of that name.
    await server.query(`DROP ROLE IF EXISTS ${name}`);
    await server.end();
    await rm(root, { recursive: true, force: true });
  };
  const args = [HELPER, "table", databaseUrl, at("lake"), warehouse, ...access];
  const { stdout } = await promisify(execFile)(python, args).catch(async (error: unknown) => {
    await clear();
    throw error;
  });
  const { snapshots } = JSON.parse(stdout) as { snapshots: string[] };
  const engine = trinoStatementEngine({
    url,
    user,
    lake: { databaseUrl, warehouse, s3: bucket?.s3 ?? null },
    tempDir: join(root, "temp"),
    toParquet: async () => ({ rowCount: 0, bytes: 0, columns: [] }),
  });
  const watching = trinoHttp({ url, user: "contract-watching" });
  let count = 0;
  return {
    ...{ workspaceId, user, name, databaseUrl, root, server, snapshots, engine, watching, at },
    /** All rows of a statement; numbers exact. */
    async rowsOf(sql: string, more: Partial<EngineStatement> = {}, control?: StatementControl) {
      const folder = join(root, `result-${++count}`);
      await engine.run({ sql, workspaceId, tables: [], databases: [], ...more }, folder, control);
      const bytes = await readFile(join(folder, SPOOL_FILES.data));
      const table = tableFromIPC(bytes, { useBigInt: true, useDecimalInt: true });
      return Array.from({ length: table.numRows }, (_, row) => table.children.map((child) => child.at(row)));
    },
    async dispose() {
      await engine.parts.catalogs.prune(workspaceId, []);
      await Promise.all([engine.close(), watching.close()]);
      await clear();
    },
  };
}
export type LiveLake = Awaited<ReturnType<typeof liveLake>>;

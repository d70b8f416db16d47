import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { tableFromIPC } from "@uwdata/flechette";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StatementControl } from "../../../../domain/ports/statement-engine";
import { physicalCatalog } from "../../../../domain/query/physical-catalog";
import { SPOOL_FILES } from "../../../../domain/query/result-spool";
import { Failure } from "../../../../domain/shared/failure";
import { trinoHttp } from "../trino-http";
import { trinoRows } from "../trino-rows";
import { trinoStatementEngine } from "../trino-statement-engine";

const {
  CONTRACT_TRINO_URL: url = "",
  CONTRACT_DATABASE_URL: serverUrl = "",
  CONTRACT_LAKE_PYTHON: python = "",
  CONTRACT_S3_ENDPOINT: endpoint = "",
  CONTRACT_S3_BUCKET: bucket = "",
  CONTRACT_S3_REGION: region = "",
  CONTRACT_S3_ACCESS_KEY_ID: accessKeyId = "",
  // biome-ignore lint/style/noProcessEnv: a contract test finds its engines there
} = process.env;
const HELPER = fileURLToPath(new URL("../live-helper.py", import.meta.url));
const SECRET = "canary-of-the-bucket";

if ([url, serverUrl, python, endpoint].includes("")) {
  describe("a live Trino on a lake in a bucket", () => {
    it.skip("needs CONTRACT_TRINO_URL, CONTRACT_DATABASE_URL, CONTRACT_LAKE_PYTHON and CONTRACT_S3_ENDPOINT", () => {});
  });
} else {
  describe("a live Trino on a lake in a bucket", () => {
    const workspaceId = randomUUID();
    const user = `contract-${workspaceId}`;
    const name = `bucket_${workspaceId.replaceAll("-", "")}`;
    const lake = physicalCatalog("lake", workspaceId);
    const warehouse = `s3://${bucket}/${workspaceId}`;
    const databaseUrl = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
    const server = new Client(serverUrl);
    const watching = trinoHttp({ url, user: "contract-watching" });
    let root: string;
    let snapshots: string[];
    let engine: ReturnType<typeof trinoStatementEngine>;
    let count = 0;

    async function rowsOf(sql: string, control?: StatementControl) {
      const folder = join(root, `result-${++count}`);
      await engine.run({ sql, workspaceId, tables: [], databases: [] }, folder, control);
      const bytes = await readFile(join(folder, SPOOL_FILES.data));
      const table = tableFromIPC(bytes, { useBigInt: true, useDecimalInt: true });
      return Array.from({ length: table.numRows }, (_, row) => table.children.map((child) => child.at(row)));
    }

    beforeAll(async () => {
      root = await mkdtemp(join(tmpdir(), "trino-bucket-"));
      await server.connect();
      await server.query(`CREATE DATABASE ${name}`);
      const args = [HELPER, "table", databaseUrl, lake, warehouse, endpoint, accessKeyId, SECRET];
      snapshots = (JSON.parse((await promisify(execFile)(python, args)).stdout) as { snapshots: string[] })
        .snapshots;
      engine = trinoStatementEngine({
        url,
        user,
        lake: { databaseUrl, warehouse, s3: { endpoint, region, accessKeyId, secretAccessKey: SECRET } },
        tempDir: join(root, "temp"),
        toParquet: async () => ({ rowCount: 0, bytes: 0, columns: [] }),
      });
    });
    afterAll(async () => {
      await engine?.parts.catalogs.prune(workspaceId, []);
      await Promise.all([engine?.close(), watching.close()]);
      await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await server.end();
      await rm(root, { recursive: true, force: true });
    });

    it("reads its tables, also in an earlier state", async () => {
      const sql = `SELECT id, name, price FROM ${lake}.shop.products ORDER BY id`;
      expect(await rowsOf(sql)).toEqual([
        [1n, "milk", 150n],
        [2n, "bread", 250n],
        [3n, "", 350n],
      ]);
      const before = `SELECT count(*) FROM ${lake}.shop.products FOR VERSION AS OF ${snapshots[0]}`;
      expect(await rowsOf(before)).toEqual([[2n]]);
    });

    it("shows the key of the bucket to nobody", async () => {
      const queries = await trinoRows(watching, "SELECT query FROM system.runtime.queries");
      expect(queries.length).toBeGreaterThan(0);
      expect(JSON.stringify(queries)).not.toContain(SECRET);
    });

    it("ends a statement over its tables that is cancelled", async () => {
      const abort = new AbortController();
      const products = `${lake}.shop.products`;
      const numbers = "TABLE(sequence(0, 100000000))";
      const failing = rowsOf(`SELECT count(*) FROM ${products}, ${numbers} a, ${numbers} b`, {
        signal: abort.signal,
        onStart: () => abort.abort(new Failure("cancelled", "The statement was cancelled.")),
      });
      await expect(failing).rejects.toMatchObject({ code: "cancelled" });
      const running = `SELECT count(*) FROM system.runtime.queries WHERE "user" = '${user}' AND state NOT IN ('FINISHED', 'FAILED')`;
      expect(await trinoRows(watching, running)).toEqual([[0]]);
    });
  });
}

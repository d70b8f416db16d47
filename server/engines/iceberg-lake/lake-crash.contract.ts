import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TableCommit } from "../../../domain/ports/table-catalog";
import { Failure } from "../../../domain/shared/failure";
import { icebergLakeAdmin } from "./iceberg-lake-admin";
import { icebergTableCatalog } from "./iceberg-table-catalog";

const {
  CONTRACT_LAKE_PYTHON: python = "",
  CONTRACT_DATABASE_URL: serverUrl = "",
  BENCHWRIGHT_FULL_TESTS,
  // biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
} = process.env;
const ROUNDS = BENCHWRIGHT_FULL_TESTS === undefined ? 4 : 40;
const PROJECT = join(import.meta.dirname, "../../../lake");
const NAME = "lake.shop.orders";
const ROWS = 1000;

if (python === "" || serverUrl === "") {
  describe("a lake whose service is killed", () => {
    it.skip("needs CONTRACT_LAKE_PYTHON and CONTRACT_DATABASE_URL", () => {});
  });
} else {
  describe("a lake whose service is killed", () => {
    const database = `scratch_${randomUUID().replaceAll("-", "")}`;
    const token = randomBytes(16).toString("hex");
    let server: pg.Client;
    let folder: string;
    let port: number;
    let service: ChildProcess;

    const settings = () => ({ url: `http://127.0.0.1:${port}`, token });
    const start = () => {
      const url = new URL(serverUrl);
      url.pathname = `/${database}`;
      service = spawn(python, ["-m", "workbench_lake"], {
        cwd: PROJECT,
        stdio: "ignore",
        env: {
          NODE_ENV: "test",
          PATH: "/usr/bin:/bin",
          PYTHONDONTWRITEBYTECODE: "1",
          LAKE_DATABASE_URL: url.href,
          LAKE_WAREHOUSE: folder,
          LAKE_TOKEN: token,
          LAKE_PORT: String(port),
        },
      });
    };
    const kill = async () => {
      const gone = once(service, "exit");
      service.kill("SIGKILL");
      await gone;
    };
    /** Repeats an act until the service, which may just be starting, answers it. */
    const patiently = async <T>(act: () => Promise<T>): Promise<T> => {
      for (;;) {
        try {
          return await act();
        } catch (error) {
          if (!(error instanceof Failure && error.code === "engine_unavailable")) throw error;
          await sleep(50);
        }
      }
    };
    const write = async (path: string) => {
      const connection = await (await DuckDBInstance.create(":memory:")).connect();
      await connection.run(`COPY (SELECT range AS id FROM range(${ROWS})) TO '${path}' (FORMAT parquet)`);
      connection.closeSync();
    };

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "lake-crash-"));
      server = new pg.Client({ connectionString: serverUrl });
      await server.connect();
      await server.query(`CREATE DATABASE ${database}`);
      const probe = createServer().listen(0, "127.0.0.1");
      await once(probe, "listening");
      port = (probe.address() as { port: number }).port;
      await new Promise((resolve) => probe.close(resolve));
      start();
    });
    afterAll(async () => {
      await kill();
      await server.query(`DROP DATABASE ${database} WITH (FORCE)`);
      await server.end();
      await rm(folder, { recursive: true, force: true });
    });

    it(
      "loses no commit and doubles none, whenever it dies",
      async () => {
        const catalog = icebergTableCatalog(settings());
        for (let round = 0; round < ROUNDS; round += 1) {
          const idempotencyKey = `round ${round}`;
          const commit: TableCommit = {
            name: NAME,
            writtenBy: "test",
            kind: "run",
            idempotencyKey,
            mode: "append",
          };
          await write(await patiently(() => catalog.stage("w", NAME, idempotencyKey)));
          const first = catalog.commit("w", commit).catch((error: unknown) => error);
          await sleep(round * (300 / ROUNDS));
          await kill();
          await first;
          start();
          await patiently(() => catalog.commit("w", commit));
          const table = await patiently(() => catalog.find("w", NAME));
          expect(table?.rowCount, idempotencyKey).toBe((round + 1) * ROWS);
        }
        const { items } = await icebergLakeAdmin(settings()).snapshots("w", NAME, { limit: 1000 });
        expect(items).toHaveLength(ROUNDS);
        expect(await catalog.currentFiles("w", NAME)).toHaveLength(ROUNDS);
      },
      30_000 + ROUNDS * 60_000,
    );
  });
}

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parsePipeline } from "../../domain/pipelines/document/parse-pipeline";
import type { Composition } from "../composition";
import type { PrismaClient } from "../db/client";
import { scratchDatabase } from "../db/scratch-database";
import { postgresKeyHolds } from "../engines/postgres/postgres-key-holds";
import { prismaPipelineStore } from "../pipelines/index";
import { createToken, ensureSampleWorkspace } from "../workspaces/index";
import { handleApiRequest } from "./handle-api-request";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const serverUrl = process.env.CONTRACT_DATABASE_URL ?? "";

describe.skipIf(serverUrl === "")(
  "a web process killed in the middle of a POST (CONTRACT_DATABASE_URL)",
  () => {
    let db: PrismaClient;
    let databaseUrl: string;
    let drop: () => Promise<void>;
    let keyHolds: ReturnType<typeof postgresKeyHolds>;
    let token: string;
    let parts: Composition;
    let child: ChildProcess | undefined;

    beforeAll(async () => {
      const scratch = await scratchDatabase(serverUrl);
      ({ db, url: databaseUrl, drop } = scratch);
      const workspace = await ensureSampleWorkspace(db);
      const actor = { id: "system", name: "test" };
      const clock = { now: () => new Date() };
      keyHolds = postgresKeyHolds(databaseUrl);
      parts = { db, keyHolds, clock, jobRunner: null, version: "1.2.3" } as unknown as Composition;
      const scope = { db, clock, workspace, role: "admin" as const, actor };
      ({ token } = await createToken(scope, { name: "t", role: "analyst" }));
      const task = { task_id: "a", type: "http", config: { url: "https://example.org" } };
      const parsed = parsePipeline({ pipeline_id: "p", name: "P", tasks: [task] });
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
      await prismaPipelineStore(db).savePipeline(workspace.id, parsed.document, false, "test");
    });
    afterAll(async () => {
      child?.kill("SIGKILL");
      await keyHolds?.close();
      await drop?.();
    });

    const request = (key: string) => ({
      url: "http://app.test/api/v1/pipelines/p/runs",
      headers: { authorization: `Bearer ${token}`, "idempotency-key": key },
    });

    /** Another web process, with this request alone. */
    function forked(key: string): ChildProcess {
      const path = fileURLToPath(new URL("./post-worker.ts", import.meta.url));
      const env = {
        PATH: "/usr/bin:/bin",
        NODE_ENV: "test" as const,
        BENCHWRIGHT_DATA: "/nonexistent",
        DATABASE_URL: databaseUrl,
        DBOS_DATABASE_URL: databaseUrl,
        NEXTAUTH_URL: "http://app.test",
        NEXTAUTH_SECRET: "0123456789abcdef",
        SECRET_BOX_KEY: Buffer.alloc(32).toString("base64"),
      };
      return fork(path, [JSON.stringify(request(key))], { execArgv: ["--import", "tsx"], env });
    }

    async function post(key: string) {
      const { url, headers } = request(key);
      const answer = await handleApiRequest(
        new Request(url, { method: "POST", headers, body: "{}" }),
        () => parts,
      );
      return { status: answer.status, body: (await answer.json()) as { id?: string } };
    }

    /** Runs `act` while nobody can write to the table. */
    async function whileLocked(table: string, act: () => Promise<void>): Promise<void> {
      await db.$transaction(
        async (tx) => {
          await tx.$executeRawUnsafe(`LOCK TABLE "${table}" IN SHARE MODE`);
          await act();
        },
        { timeout: 60_000 },
      );
    }

    const somebodyWaits = () =>
      until(
        () =>
          db.$queryRaw<unknown[]>`
          SELECT 1 AS "waits" FROM pg_locks
          WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        (rows) => rows.length > 0,
      );

    it("leaves its key to the next at once, and the run that it had started is the one", async () => {
      await whileLocked("AuditEntry", async () => {
        child = forked("k");
        await somebodyWaits();
        expect(await db.run.count()).toBe(1);
        expect((await post("k")).status).toBe(409);
        child.kill("SIGKILL");
        await once(child, "exit");
      });
      const { status, body } = await until(
        () => post("k"),
        (answer) => answer.status !== 409,
      );
      expect(status).toBe(202);
      expect(await db.run.findMany({ select: { id: true } })).toEqual([{ id: body.id }]);
      expect(await post("k")).toEqual({ status, body });
    }, 60_000);
  },
);

async function until<T>(ask: () => Promise<T>, holds: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (holds(answer)) return answer;
    await sleep(10);
  }
}

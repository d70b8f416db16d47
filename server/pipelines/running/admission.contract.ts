import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PrismaClient } from "../../db/client";
import { scratchDatabase } from "../../db/scratch-database";
import type { NewRun } from "../run-store";
import { prismaPipelineStore } from "../store";
import { admissionRows } from "./admission-rows";
import { admission } from "./admit-runs";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const serverUrl = process.env.CONTRACT_DATABASE_URL ?? "";
// biome-ignore lint/style/noProcessEnv: the whole size takes its time
const BACKLOG = process.env.BENCHWRIGHT_FULL_TESTS === "1" ? 100_000 : 20_000;

const at = new Date("2026-01-02T03:04:05Z");

describe.skipIf(serverUrl === "")("the admission of runs, on PostgreSQL (CONTRACT_DATABASE_URL)", () => {
  let scratch: Awaited<ReturnType<typeof scratchDatabase>>;
  let db: PrismaClient;
  beforeAll(async () => {
    scratch = await scratchDatabase(serverUrl);
    db = scratch.db;
  });
  afterAll(() => scratch?.drop());

  async function pipeline(more: object = {}): Promise<Pick<NewRun, "workspaceId" | "pipelineId">> {
    const where = { workspaceId: randomUUID(), pipelineId: "p" };
    const document = { pipeline_id: "p", name: "P", tasks: [], ...more };
    await db.pipelineVersion.create({ data: { ...where, version: 1, document, createdBy: "Ann" } });
    await db.pipeline.create({ data: { ...where, activeVersion: 1 } });
    return where;
  }
  const newRun = async (where: Awaited<ReturnType<typeof pipeline>>, more: Partial<NewRun> = {}) => {
    const run: NewRun = {
      ...where,
      id: randomUUID(),
      pipelineVersion: 1,
      startedBy: "Ann",
      rerunOf: null,
      createdAt: at,
      tasks: [],
      ...more,
    };
    await prismaPipelineStore(db).createRun(run);
    return run.id;
  };

  it("lets in as many as the document says: the highest priority first, then the oldest", async () => {
    const where = await pipeline({ max_active_runs: 2 });
    const [first, second, urgent] = [
      await newRun(where),
      await newRun(where),
      await newRun(where, { priority: 5 }),
    ];
    const rows = admissionRows(db);
    expect((await rows.admit(at)).sort()).toEqual([first, urgent].sort());
    expect(await rows.admit(at)).toEqual([]);
    expect((await rows.runningRuns(null)).sort()).toEqual([first, urgent].sort());
    expect((await rows.runningRuns(at)).sort()).toEqual([first, urgent].sort());
    expect(await rows.runningRuns(new Date(at.getTime() + 1))).toEqual([]);
    await prismaPipelineStore(db).cancelRun(urgent, "Ann", at);
    expect(await rows.admit(at)).toEqual([second]);
    for (const id of [first, second]) await prismaPipelineStore(db).cancelRun(id, "Ann", at);
  });

  it("lets in once, however many ask", async () => {
    const where = await pipeline({ max_active_runs: 3 });
    for (let run = 0; run < 6; run += 1) await newRun(where);
    const asked = await Promise.all(Array.from({ length: 8 }, () => admissionRows(db).admit(at)));
    const admitted = asked.flat();
    expect(new Set(admitted).size).toBe(admitted.length);
    expect(await db.run.count({ where: { ...where, status: "running" } })).toBe(3);
    await db.run.deleteMany({ where });
  });

  // How soon is measured by `npm run bench -- pipeline-backlog`.
  it(`starts the runs of a pipeline beside ${BACKLOG} that wait in another`, async () => {
    const crowded = await pipeline();
    await db.$executeRaw`
      INSERT INTO "Run" ("id", "workspaceId", "pipelineId", "pipelineVersion", "number", "status", "startedBy")
      SELECT gen_random_uuid()::text, ${crowded.workspaceId}, ${crowded.pipelineId}, 1, n, 'queued', 'Ann'
      FROM generate_series(1, ${BACKLOG}::int) n`;
    // As autovacuum does within a minute.
    await db.$executeRaw`ANALYZE "Run"`;
    const other = await pipeline();
    const started = new Set<string>();
    let seen: () => void = () => undefined;
    const over = new AbortController();
    const lets = admission({
      admission: admissionRows(db),
      store: prismaPipelineStore(db),
      driver: {
        start: async (id) => {
          started.add(id);
          seen();
        },
        state: async () => "running",
      },
      clock: { now: () => new Date() },
      everyMs: 200,
      lookAgainMs: 60_000,
      report: (error) => {
        throw error;
      },
    });
    const running = lets.run(over.signal);
    for (let round = 0; round < 10; round += 1) {
      const id = await newRun(other, { id: randomUUID() });
      while (!started.has(id)) await new Promise<void>((resolve) => (seen = resolve));
      await prismaPipelineStore(db).cancelRun(id, "Ann", at);
    }
    over.abort();
    await running;
    expect(await db.run.count({ where: { ...crowded, status: "running" } })).toBe(1);
  }, 60_000);
});

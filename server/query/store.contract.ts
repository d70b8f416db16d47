import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scratchDatabase } from "../db/scratch-database";
import { memoryQueryStore } from "./memory-store";
import type { QueryStore, StoredRun } from "./query-store";
import { prismaCatalogStore, prismaQueryStore } from "./store";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const serverUrl = process.env.CONTRACT_DATABASE_URL ?? "";

const at = new Date("2026-01-02T03:04:05.678Z");
const later = (ms: number) => new Date(at.getTime() + ms);

const runOf = (workspaceId: string, more: Partial<StoredRun> = {}): StoredRun => ({
  ...{ id: randomUUID(), workspaceId, createdById: "u1", createdBy: "Ann" },
  ...{ sql: "SELECT 50% FROM t", dialect: "trino", parameters: [{ name: "p", type: "text", value: null }] },
  ...{ kind: "select", status: "queued", translated: null, columns: null, rows: 0, bytes: 0 },
  placement: { engine: "duckdb", reason: "it reads no table", chosen: "auto" },
  ...{ rowsRead: null, bytesRead: null, progressShare: null, elapsedMs: 0, reads: [], writes: [] },
  ...{ resultKept: false, savedQuery: { name: "q", version: 2 }, error: null },
  ...{ createdAt: at, startedAt: null, endedAt: null },
  ...more,
});

const content = (sql: string) => ({
  sql,
  dialect: "trino" as const,
  parameters: [],
  chart: { b: 1, a: [null] },
});

/** What every store of this room promises; each case has a workspace of its own. */
function queryStoreContract(open: () => Promise<QueryStore>) {
  let store: QueryStore;
  beforeAll(async () => {
    store = await open();
  });

  it("keeps a run and its changes", async () => {
    const w = randomUUID();
    const run = runOf(w);
    await store.insertRun(run);
    expect(await store.run(w, run.id)).toEqual(run);
    expect(await store.run(randomUUID(), run.id)).toBeNull();
    const done = {
      ...{ status: "succeeded" as const, rows: 3e9, bytes: 5e12, rowsRead: 7, bytesRead: null },
      columns: [{ name: "a", type: "DECIMAL(12,2)" }],
      writes: [{ table: "analytics.a.b", mode: "create" as const, snapshotId: "12", rows: 5 }],
      reads: [{ table: "lake.a.b", snapshotId: null }],
      ...{ resultKept: true, startedAt: later(10), endedAt: later(250), translated: "SELECT 1" },
    };
    await store.changeRun(run.id, done);
    expect(await store.run(w, run.id)).toEqual({ ...run, ...done, progressShare: 1, elapsedMs: 240 });
    const place = { offset: 1, length: 2, line: 1, column: 2 };
    const error = { code: "invalid_input" as const, message: "No.", hint: null, place };
    await store.changeRun(run.id, { status: "failed", error });
    expect(await store.run(w, run.id)).toMatchObject({ status: "failed", error, progressShare: null });
  });

  it("lists runs newest first, by person, text, state and engine, without what is long", async () => {
    const w = randomUUID();
    const runs = [0, 1, 1, 2].map((second, index) =>
      runOf(w, {
        ...{ createdAt: later(second * 1000), createdById: index === 0 ? "u2" : "u1", translated: "long" },
        sql: index === 3 ? "SELECT 500" : "SELECT 50% x",
      }),
    );
    for (const run of runs) await store.insertRun(run);
    const ids = async (wanted: object) => (await store.runs(w, { limit: 10, ...wanted })).map(({ id }) => id);
    const all = await ids({});
    expect([all[0], all[3]]).toEqual([runs[3]?.id, runs[0]?.id]);
    expect(await ids({ limit: 2 })).toEqual(all.slice(0, 2));
    const before = (index: number) => {
      const run = runs.find(({ id }) => id === all[index]);
      return { before: { createdAt: run?.createdAt ?? at, id: run?.id ?? "" } };
    };
    expect(await ids(before(0))).toEqual(all.slice(1));
    expect(await ids(before(1))).toEqual(all.slice(2));
    expect(await ids({ createdById: "u2" })).toEqual([runs[0]?.id]);
    expect(await ids({ search: "select 50% X" })).toEqual(all.slice(1));
    expect(await ids({ search: "50%" })).toEqual(all.slice(1));
    expect(await ids({ status: "failed" })).toEqual([]);
    expect(await ids({ engine: "trino" })).toEqual([]);
    expect((await store.runs(w, { limit: 1 }))[0]).toMatchObject({ translated: null, columns: null });
  });

  it("knows what has not ended and what is kept", async () => {
    const w = randomUUID();
    const runs = ([null, later(2), later(1)] as const).map((endedAt) =>
      runOf(w, { endedAt, resultKept: true, bytes: 9, status: endedAt === null ? "running" : "succeeded" }),
    );
    for (const run of runs) await store.insertRun(run);
    const own = <T extends { workspaceId: string }>(found: T[]) =>
      found.filter((each) => each.workspaceId === w);
    expect(own(await store.unfinishedRuns()).map(({ id }) => id)).toEqual([runs[0]?.id]);
    expect(own(await store.keptResults())).toEqual([
      { id: runs[2]?.id, workspaceId: w, bytes: 9, endedAt: later(1) },
      { id: runs[1]?.id, workspaceId: w, bytes: 9, endedAt: later(2) },
    ]);
  });

  it("counts versions of saved queries up, over a removal too, and makes none for equal content", async () => {
    const w = randomUUID();
    const save = (sql: string, expectedVersion?: number) =>
      store.saveVersion({
        workspaceId: w,
        name: "a.b.q",
        content: content(sql),
        expectedVersion,
        by: "Ann",
        at,
      });
    expect(await save("1", 0)).toEqual({ version: 1, isNew: true });
    expect(await save("1", 7)).toEqual({ version: 1, isNew: false });
    expect(await save("2", 1)).toEqual({ version: 2, isNew: true });
    await expect(save("3", 1)).rejects.toMatchObject({ code: "conflict" });
    expect(await store.savedQueries(w)).toEqual([
      { name: "a.b.q", version: 2, ...content("2"), createdBy: "Ann", createdAt: at },
    ]);
    expect(await store.currentVersion(w, "a.b.q")).toBe(2);
    expect(await store.savedVersion(w, "a.b.q", 1)).toMatchObject(content("1"));
    expect((await store.savedVersions(w, "a.b.q")).map(({ version }) => version)).toEqual([2, 1]);
    expect(await store.removeSaved(w, "a.b.q")).toBe(true);
    expect(await store.removeSaved(w, "a.b.q")).toBe(false);
    expect(await store.savedQueries(w)).toEqual([]);
    expect(await store.currentVersion(w, "a.b.q")).toBeNull();
    expect(await store.savedVersion(w, "a.b.q", 2)).toMatchObject(content("2"));
    expect(await save("2", 0)).toEqual({ version: 3, isNew: true });
  });

  it("lets one of many savers of one version win", async () => {
    const w = randomUUID();
    const saves = await Promise.allSettled(
      ["a", "b", "c", "d"].map((sql) =>
        store.saveVersion({
          workspaceId: w,
          name: "a.b.q",
          content: content(sql),
          expectedVersion: 0,
          by: sql,
          at,
        }),
      ),
    );
    expect(saves.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await store.savedVersions(w, "a.b.q")).toHaveLength(1);
  });
}

describe("the store in memory", () => queryStoreContract(async () => memoryQueryStore()));

describe.skipIf(serverUrl === "")("the store in PostgreSQL (CONTRACT_DATABASE_URL)", () => {
  let scratch: Awaited<ReturnType<typeof scratchDatabase>>;
  afterAll(() => scratch?.drop());
  queryStoreContract(async () => {
    scratch = await scratchDatabase(serverUrl);
    return prismaQueryStore(scratch.db);
  });

  it("keeps catalog documents by version", async () => {
    const store = prismaCatalogStore(scratch.db);
    const workspaceId = randomUUID();
    const document = { name: "snow", connector: "snowflake", properties: { "connection-url": "x" } };
    const save = (expectedVersion: number | undefined) =>
      store.saveCatalog({ workspaceId, document, expectedVersion, updatedBy: "Ann", at });
    expect(await save(0)).toEqual({ document, version: 1, updatedAt: at, updatedBy: "Ann" });
    await expect(save(0)).rejects.toMatchObject({ code: "conflict" });
    expect(await save(1)).toMatchObject({ version: 2 });
    expect(await store.catalogs(workspaceId)).toHaveLength(1);
    expect(await store.removeCatalog(workspaceId, "snow")).toBe(true);
    expect(await store.removeCatalog(workspaceId, "snow")).toBe(false);
  });
});

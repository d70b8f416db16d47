import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ConnectionDocument } from "../../domain/sources/connection-document";
import { scratchDatabase } from "../db/scratch-database";
import { memorySourceStore } from "./memory/source-store";
import { memorySyncStore } from "./memory/sync-store";
import type { SourceStore } from "./source-store";
import { prismaSourceStore, prismaSyncStore } from "./store";
import type { NewSync, SyncStore } from "./sync-store";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const serverUrl = process.env.CONTRACT_DATABASE_URL ?? "";

const DOCUMENT: ConnectionDocument = {
  connector: "source-faker",
  config: { n: 1 },
  streams: [
    { name: "users", sync_mode: "full_refresh" },
    { name: "orders", sync_mode: "incremental" },
  ],
};

const at = (second: number) => new Date(Date.UTC(2026, 0, 2, 3, 4, second));
const ERROR = { code: "engine_failed", message: "m", hint: null, detail: null, retryable: true };

type Stores = { sources: SourceStore; syncs: SyncStore };

/** What every store of this room promises; each case has a workspace of its own. */
function sourceStoreContract(open: () => Promise<Stores>) {
  let stores: Stores;
  beforeAll(async () => {
    stores = await open();
  });
  const save = (workspaceId: string, document: Record<string, unknown> = DOCUMENT, more = {}) =>
    stores.sources.save({
      workspaceId,
      name: "shop",
      draft: false,
      document,
      baseVersion: undefined,
      createdBy: "Ann",
      at: at(0),
      ...more,
    });
  const newSync = (workspaceId: string, more: Partial<NewSync> = {}): NewSync => ({
    id: randomUUID(),
    workspaceId,
    connection: "shop",
    connectionVersion: 1,
    trigger: "manual",
    startedBy: "Ann",
    scheduledFor: null,
    createdAt: at(0),
    streams: ["users", "orders"].map((name) => {
      return { name, table: `lake.shop.${name}`, refresh: false, isIncremental: true, maxAttempts: 3 };
    }),
    ...more,
  });
  const created = async (more: Partial<NewSync> = {}) => {
    const workspaceId = randomUUID();
    await save(workspaceId);
    const sync = newSync(workspaceId, more);
    await stores.syncs.createSync(sync);
    return { ...sync, users: { syncId: sync.id, stream: "users", round: 1 } };
  };

  it("counts versions up, keeps drafts aside and makes none for an equal document", async () => {
    const workspaceId = randomUUID();
    expect(await save(workspaceId)).toBe(1);
    expect(await save(workspaceId)).toBe(1);
    expect(await save(workspaceId, { odd: true }, { draft: true, at: at(1) })).toBe(2);
    expect(await stores.sources.connection(workspaceId, "shop")).toMatchObject({
      paused: false,
      current: { version: 1, document: DOCUMENT },
      draft: { version: 2, document: { odd: true } },
    });
    await expect(save(workspaceId, { ...DOCUMENT, parallel: 2 }, { baseVersion: 1 })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await save(workspaceId, { ...DOCUMENT, parallel: 2 }, { baseVersion: 2 })).toBe(3);
    expect((await stores.sources.connection(workspaceId, "shop"))?.draft).toBeNull();
    expect(
      (await stores.sources.versions(workspaceId, "shop")).map((each) => [each.version, each.draft]),
    ).toEqual([
      [3, false],
      [2, true],
      [1, false],
    ]);
  });

  it("gives out each number once to authors who save at the same time", async () => {
    const workspaceId = randomUUID();
    const numbers = await Promise.all(
      [1, 2, 3, 4].map((n) => save(workspaceId, { ...DOCUMENT, config: { n: n + 1 } })),
    );
    expect(numbers.toSorted()).toEqual([1, 2, 3, 4]);
  });

  it("counts fire times from a new schedule on, from going on, and never backwards", async () => {
    const workspaceId = randomUUID();
    const dealt = async () => (await stores.sources.connection(workspaceId, "shop"))?.dealtUntil;
    const schedule = { type: "cron", expression: "0 * * * *" };
    await save(workspaceId, { ...DOCUMENT, schedule }, { at: at(1) });
    await stores.sources.setDealtUntil(workspaceId, "shop", at(5));
    await stores.sources.setDealtUntil(workspaceId, "shop", at(4));
    await save(workspaceId, { ...DOCUMENT, schedule, parallel: 2 }, { at: at(6) });
    expect(await dealt()).toEqual(at(5));
    await save(
      workspaceId,
      { ...DOCUMENT, schedule: { ...schedule, expression: "1 * * * *" } },
      { at: at(7) },
    );
    expect(await dealt()).toEqual(at(7));
    expect((await stores.sources.scheduled()).some((each) => each.workspaceId === workspaceId)).toBe(true);
    expect(await stores.sources.setPaused(workspaceId, "shop", true, at(8))).toBe(true);
    expect((await stores.sources.scheduled()).some((each) => each.workspaceId === workspaceId)).toBe(false);
    await stores.sources.setPaused(workspaceId, "shop", false, at(9));
    expect(await dealt()).toEqual(at(9));
  });

  it("removes a connection, and begins with nothing when its name comes back", async () => {
    const workspaceId = randomUUID();
    await save(workspaceId);
    expect(await stores.sources.remove(workspaceId, "shop", at(1))).toBe(true);
    expect(await stores.sources.remove(workspaceId, "shop", at(1))).toBe(false);
    expect(await stores.sources.connection(workspaceId, "shop")).toBeNull();
    expect(await save(workspaceId, { odd: 1 }, { draft: true, baseVersion: 0, at: at(2) })).toBe(2);
    expect(await stores.sources.connection(workspaceId, "shop")).toMatchObject({
      current: null,
      draft: { version: 2 },
    });
    expect(await stores.sources.connections(workspaceId)).toHaveLength(1);
  });

  it("keeps operations and never leaves their end", async () => {
    const { sources } = stores;
    const operation = {
      ...{ id: randomUUID(), workspaceId: randomUUID() },
      kind: "check" as const,
      subject: "shop",
      request: { connector: "source-faker", version: null, config: {} },
      ...{ createdBy: "Ann", createdAt: at(0) },
    };
    await sources.createOperation(operation);
    await sources.createOperation(operation);
    expect(await sources.unfinishedOperations()).toContain(operation.id);
    await sources.startOperation(operation.id, at(1));
    await sources.setOperationProgress(operation.id, "installing", "x");
    expect(await sources.operation(operation.id)).toMatchObject({ status: "running", phase: "installing" });
    expect(await sources.endOperation(operation.id, "succeeded", { result: { ok: true } }, at(2))).toBe(true);
    expect(await sources.endOperation(operation.id, "failed", { error: ERROR }, at(3))).toBe(false);
    expect(await sources.operation(operation.id)).toMatchObject({
      status: "succeeded",
      result: { ok: true },
      endedAt: at(2),
    });
    expect(await sources.operation(randomUUID())).toBeNull();
  });

  it("makes a sync once, and none with a stream of another that goes on", async () => {
    const { syncs } = stores;
    const sync = await created();
    await syncs.createSync(sync);
    const second = newSync(sync.workspaceId, { streams: sync.streams.slice(0, 1) });
    await expect(syncs.createSync(second)).rejects.toMatchObject({ code: "conflict" });
    await syncs.endStream(sync.users, "failed", ERROR, at(1));
    await syncs.createSync(second);
    expect((await syncs.sync(second.id))?.number).toBe(2);
    expect(await syncs.activeSyncs(sync.workspaceId, "shop")).toMatchObject([
      { number: 1, streams: ["orders"] },
      { number: 2, streams: ["users"] },
    ]);
    expect((await syncs.syncs(sync.workspaceId, { limit: 5 })).map((each) => each.number).sort()).toEqual([
      1, 2,
    ]);
    expect((await syncs.newestSyncs(sync.workspaceId)).map((each) => each.number)).toEqual([2]);
    expect(await syncs.unfinishedSyncs()).toEqual(expect.arrayContaining([sync.id, second.id]));
  });

  it("keeps what each attempt read and what was committed, each commit once", async () => {
    const { syncs } = stores;
    const { users, id } = await created();
    await syncs.startSync(id, at(1));
    expect(await syncs.startAttempt(users, 1, at(1))).toBe(true);
    await syncs.setProgress(users, { phase: "reading", rows: 9, bytes: 90, estimatedRows: 20, cursor: "c" });
    const commit = { snapshotId: "9007199254740993", rows: 7, bytes: 70, cursor: "7" };
    await syncs.addCommit(users, 1, commit, at(2));
    await syncs.addCommit(users, 1, commit, at(3));
    const change = {
      kind: "added",
      column: "x",
      from: null,
      to: "bigint",
      action: "evolved",
      count: null,
      text: "t",
    };
    await syncs.addSchemaChange(users, change);
    await syncs.addSchemaChange(users, { ...change, to: "double" });
    await syncs.retryStream(users, ERROR, at(30));
    expect((await syncs.sync(id))?.streams[0]).toMatchObject({
      status: "retrying",
      nextAttemptAt: at(30),
      error: ERROR,
      rows: 9,
      rowsCommitted: 7,
      snapshotId: "9007199254740993",
      commits: 1,
      cursor: "7",
      schemaChanges: [{ to: "double" }],
    });
    await syncs.startAttempt(users, 2, at(30));
    expect((await syncs.sync(id))?.streams[0]).toMatchObject({
      status: "running",
      attempt: 2,
      rowsBefore: 7,
      rows: 0,
      startedAt: at(1),
      attemptStartedAt: at(30),
      nextAttemptAt: null,
    });
  });

  it("ends a sync only with its last stream, as its worst one ended", async () => {
    const { syncs } = stores;
    const { id, users } = await created();
    await syncs.startAttempt(users, 1, at(1));
    await syncs.endStream(users, "succeeded", null, at(2));
    expect(await syncs.endSync(id, at(3))).toBe(false);
    await syncs.endStream({ ...users, stream: "orders" }, "failed", ERROR, at(4));
    expect(await syncs.endSync(id, at(5))).toBe(true);
    expect(await syncs.sync(id)).toMatchObject({ status: "failed", endedAt: at(5) });
    expect(await syncs.requeueStream(id, "orders", false, 3)).toBe(false);
    expect(await syncs.cancelSync(id, "Ann", at(6))).toBe(false);
  });

  it("leaves no end, and lets nothing of an earlier round through", async () => {
    const { syncs } = stores;
    const { id, users } = await created();
    await syncs.startAttempt(users, 1, at(1));
    await syncs.addCommit(users, 1, { snapshotId: "1", rows: 7, bytes: 70, cursor: null }, at(1));
    expect(await syncs.cancelStream(id, "users", at(2))).toBe(true);
    expect(await syncs.cancelStream(id, "users", at(3))).toBe(false);
    await syncs.endStream(users, "succeeded", null, at(4));
    expect(await syncs.startAttempt(users, 2, at(4))).toBe(false);
    expect((await syncs.sync(id))?.streams[0]).toMatchObject({ status: "cancelled", endedAt: at(2) });
    expect(await syncs.requeueStream(id, "users", true, 3)).toBe(true);
    expect(await syncs.requeueStream(id, "users", true, 3)).toBe(false);
    expect(await syncs.streamStatus(users)).toBeNull();
    await syncs.endStream(users, "failed", ERROR, at(5));
    await syncs.setProgress(users, {
      phase: "reading",
      rows: 5,
      bytes: 5,
      estimatedRows: null,
      cursor: null,
    });
    expect((await syncs.sync(id))?.streams[0]).toMatchObject({
      status: "queued",
      round: 2,
      refresh: true,
      maxAttempts: 4,
      error: null,
      rowsCommitted: 0,
    });
  });

  it("cancels a sync with all that has not ended", async () => {
    const { syncs } = stores;
    const { id, users, workspaceId } = await created();
    await syncs.startAttempt(users, 1, at(1));
    await syncs.endStream(users, "succeeded", null, at(2));
    expect(await syncs.cancelSync(id, "Ann", at(3))).toBe(true);
    expect((await syncs.sync(id))?.streams.map((each) => each.status)).toEqual(["succeeded", "cancelled"]);
    expect(await syncs.activeSyncs(workspaceId)).toEqual([]);
    expect(await syncs.freshness(workspaceId, "shop")).toEqual([
      { connection: "shop", stream: "users", dataAsOf: at(1), succeededAt: at(2) },
    ]);
  });

  it("keeps log lines once, in order", async () => {
    const { syncs } = stores;
    const { id, users } = await created();
    const line = (seq: number, text: string) => ({
      seq,
      attempt: 1,
      at: at(seq),
      level: "info" as const,
      text,
    });
    expect(await syncs.nextLogSeq(users)).toBe(0);
    await syncs.appendLog(users, [line(0, "a"), line(1, "b")]);
    await syncs.appendLog(users, [line(1, "other"), line(2, "c")]);
    await syncs.appendLog({ ...users, stream: "orders" }, [line(0, "x")]);
    expect(await syncs.nextLogSeq(users)).toBe(3);
    const texts = async (more: object) =>
      (await syncs.logLines({ syncId: id, limit: 10, ...more })).map((each) => each.text);
    expect(await texts({ stream: "users" })).toEqual(["a", "b", "c"]);
    expect(await texts({ stream: "users", afterSeq: 0 })).toEqual(["b", "c"]);
    expect((await texts({})).sort()).toEqual(["a", "b", "c", "x"]);
  });
}

describe("SourceStore and SyncStore: memory", () =>
  sourceStoreContract(async () => ({
    sources: memorySourceStore(),
    syncs: memorySyncStore(async () => DOCUMENT),
  })));

describe.skipIf(serverUrl === "")("SourceStore and SyncStore: PostgreSQL (CONTRACT_DATABASE_URL)", () => {
  let scratch: Awaited<ReturnType<typeof scratchDatabase>>;
  afterAll(() => scratch.drop());
  sourceStoreContract(async () => {
    scratch = await scratchDatabase(serverUrl);
    return { sources: prismaSourceStore(scratch.db), syncs: prismaSyncStore(scratch.db) };
  });
});

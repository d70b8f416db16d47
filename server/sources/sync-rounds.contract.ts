import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ConnectionDocument } from "../../domain/sources/connection-document";
import { scratchDatabase } from "../db/scratch-database";
import { memorySourceStore } from "./memory/source-store";
import { memorySyncStore } from "./memory/sync-store";
import type { SourceStore } from "./source-store";
import { prismaSourceStore, prismaSyncStore } from "./store";
import type { SyncStore } from "./sync-store";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const serverUrl = process.env.CONTRACT_DATABASE_URL ?? "";

const DOCUMENT: ConnectionDocument = {
  connector: "source-faker",
  config: {},
  streams: [{ name: "users", sync_mode: "incremental", cursor_field: "id" }],
};
const ERROR = { code: "engine_failed", message: "m", hint: null, detail: null, retryable: true };
const at = (second: number) => new Date(Date.UTC(2026, 0, 2, 3, 4, second));

type Stores = { sources: SourceStore; syncs: SyncStore };

/** What every store promises about one stream over its rounds and its syncs. */
function syncRoundsContract(open: () => Promise<Stores>) {
  let stores: Stores;
  beforeAll(async () => {
    stores = await open();
  });
  const save = (workspaceId: string, second: number) =>
    stores.sources.save({
      workspaceId,
      name: "shop",
      draft: false,
      document: DOCUMENT,
      baseVersion: undefined,
      createdBy: "Ann",
      at: at(second),
    });
  const newSync = async (
    workspaceId: string,
    second: number,
    more: { refresh?: boolean; isIncremental?: boolean; table?: string } = {},
  ) => {
    const id = randomUUID();
    await stores.syncs.createSync({
      id,
      workspaceId,
      connection: "shop",
      connectionVersion: 1,
      trigger: "manual",
      startedBy: "Ann",
      scheduledFor: null,
      createdAt: at(second),
      streams: [
        {
          name: "users",
          table: "lake.shop.users",
          refresh: false,
          isIncremental: true,
          maxAttempts: 3,
          ...more,
        },
      ],
    });
    return { syncId: id, stream: "users", round: 1 };
  };

  it("ends the wait of a stream that is asked for again", async () => {
    const { syncs } = stores;
    const workspaceId = randomUUID();
    await save(workspaceId, 0);
    const users = await newSync(workspaceId, 0);
    await syncs.startAttempt(users, 1, at(1));
    expect(await syncs.requeueStream(users.syncId, "users", false, 3)).toBe(false);
    await syncs.retryStream(users, ERROR, at(60));
    expect(await syncs.requeueStream(users.syncId, "users", false, 3)).toBe(true);
    expect(await syncs.startAttempt(users, 2, at(60))).toBe(false);
    const queued = { status: "queued", round: 2, maxAttempts: 4, nextAttemptAt: null, error: null };
    expect((await syncs.sync(users.syncId))?.streams[0]).toMatchObject(queued);
  });

  it("goes on with the cursor of the last commit that had one, unless it reads all or elsewhere", async () => {
    const { syncs } = stores;
    const workspaceId = randomUUID();
    await save(workspaceId, 0);
    const sync = async (second: number, cursors: (string | null)[], more = {}) => {
      const users = await newSync(workspaceId, second, more);
      const before = (await syncs.sync(users.syncId))?.streams[0]?.cursor;
      await syncs.startAttempt(users, 1, at(second));
      for (const [index, cursor] of cursors.entries())
        await syncs.addCommit(
          users,
          1,
          { snapshotId: randomUUID(), rows: 1, bytes: 1, cursor },
          at(second + index),
        );
      const shown = (await syncs.sync(users.syncId))?.streams[0]?.cursor;
      expect(shown).toBe(cursors.findLast((each) => each !== null) ?? before);
      await syncs.endStream(users, "succeeded", null, at(second + 5));
      await syncs.endSync(users.syncId, at(second + 5));
      return before;
    };
    expect(await sync(0, ["7", "8"])).toBeNull();
    expect(await sync(10, [null])).toBe("8");
    expect(await sync(20, [])).toBe("8");
    expect(await sync(30, [], { refresh: true })).toBeNull();
    expect(await sync(40, [], { isIncremental: false })).toBeNull();
    expect(await sync(50, [], { table: "lake.shop.people" })).toBeNull();
  });

  it("shows nothing of a connection that was removed, once its name is taken again", async () => {
    const { sources, syncs } = stores;
    const workspaceId = randomUUID();
    await save(workspaceId, 0);
    const users = await newSync(workspaceId, 1);
    await syncs.startAttempt(users, 1, at(1));
    await syncs.addCommit(users, 1, { snapshotId: "1", rows: 1, bytes: 1, cursor: "8" }, at(2));
    await syncs.endStream(users, "succeeded", null, at(3));
    await syncs.endSync(users.syncId, at(3));
    const shown = async () => [
      (await syncs.syncs(workspaceId, { connection: "shop", limit: 9 })).length,
      (await syncs.newestSyncs(workspaceId)).length,
      (await syncs.freshness(workspaceId, "shop")).length,
    ];
    expect(await shown()).toEqual([1, 1, 1]);
    await sources.remove(workspaceId, "shop", at(4));
    await save(workspaceId, 5);
    expect(await shown()).toEqual([0, 0, 0]);
    expect(await syncs.sync(users.syncId)).not.toBeNull();
    const again = await newSync(workspaceId, 6);
    expect((await syncs.sync(again.syncId))?.streams[0]?.cursor).toBeNull();
  });
}

describe("SyncStore over rounds: memory", () =>
  syncRoundsContract(async () => {
    const sources = memorySourceStore();
    const madeAt = async (workspaceId: string, name: string) =>
      (await sources.connection(workspaceId, name))?.createdAt ?? new Date(0);
    return { sources, syncs: memorySyncStore(async () => DOCUMENT, madeAt) };
  }));

describe.skipIf(serverUrl === "")("SyncStore over rounds: PostgreSQL (CONTRACT_DATABASE_URL)", () => {
  let scratch: Awaited<ReturnType<typeof scratchDatabase>>;
  afterAll(() => scratch.drop());
  syncRoundsContract(async () => {
    scratch = await scratchDatabase(serverUrl);
    return { sources: prismaSourceStore(scratch.db), syncs: prismaSyncStore(scratch.db) };
  });
});

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
    more: { refresh?: boolean; table?: string } = {},
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
      streams: [{ name: "users", table: "lake.shop.users", refresh: false, maxAttempts: 3, ...more }],
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
}

describe("SyncStore over rounds: memory", () =>
  syncRoundsContract(async () => ({
    sources: memorySourceStore(),
    syncs: memorySyncStore(async () => DOCUMENT),
  })));

describe.skipIf(serverUrl === "")("SyncStore over rounds: PostgreSQL (CONTRACT_DATABASE_URL)", () => {
  let scratch: Awaited<ReturnType<typeof scratchDatabase>>;
  afterAll(() => scratch.drop());
  syncRoundsContract(async () => {
    scratch = await scratchDatabase(serverUrl);
    return { sources: prismaSourceStore(scratch.db), syncs: prismaSyncStore(scratch.db) };
  });
});

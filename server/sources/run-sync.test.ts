import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { Failure } from "../../domain/shared/failure";
import { memoryConnectorRunner } from "../engines/memory/connector-runner";
import { sourceWorld } from "./memory/source-world";
import {
  DOCUMENT,
  ended,
  flaky,
  gate,
  numbers,
  ORDERS,
  saved,
  statuses,
  streamsIn,
  USERS,
} from "./memory/world-steps";
import { getSync } from "./syncs/get-sync";
import { readSyncLogs } from "./syncs/read-sync-logs";
import { startSync } from "./syncs/start-sync";

describe("a sync", () => {
  it("brings every stream, counts what was committed and knows how old the data is", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    const scope = await saved(world);
    const { id } = await startSync(scope, { name: "shop" });
    expect(statuses(await ended(world, id))).toEqual({ users: "succeeded", orders: "succeeded" });
    const view = await getSync(scope, { syncId: id });
    expect(view).toMatchObject({
      status: "succeeded",
      rows: 65,
      rowsCommitted: 65,
      streamCounts: { succeeded: 2 },
      streamStates: [
        { name: "users", namespace: null, status: "succeeded" },
        { name: "orders", namespace: null, status: "succeeded" },
      ],
      streams: [
        {
          name: "users",
          rows: 25,
          rowsCommitted: 25,
          bytes: 2_500,
          checkpoints: 1,
          phase: "done",
          attempt: 1,
        },
        {
          name: "orders",
          rows: 40,
          rowsCommitted: 40,
          checkpoints: 4,
          progressShare: 1,
          table: "lake.shop.orders",
        },
      ],
    });
    expect(view.streams[1]?.lagSeconds).toBeLessThan(10);
    expect(world.tables.get(ORDERS)?.rows).toEqual(numbers(40));
    expect(world.bugs).toEqual([]);
  });

  it("goes on behind what it has, and brings nothing twice", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    const scope = await saved(world);
    await ended(world, (await startSync(scope, { name: "shop" })).id);
    world.source.rows.orders = 55;
    const again = await ended(world, (await startSync(scope, { name: "shop", streams: ["orders"] })).id);
    expect(again.streams.map((each) => [each.name, each.rowsCommitted])).toEqual([["orders", 15]]);
    expect(world.tables.get(ORDERS)?.rows).toEqual(numbers(55));
    const refreshed = await startSync(scope, { name: "shop", streams: ["orders"], refresh: true });
    expect((await ended(world, refreshed.id)).streams[0]?.rowsCommitted).toBe(55);
    expect(world.tables.get(ORDERS)?.rows).toEqual(numbers(55));
  });

  it("tries again what may pass, shows when, and keeps what was committed before", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    const failures = [flaky(), flaky()];
    world.source.beforeCommit = async ({ stream }, rowsRead) => {
      if (stream.name !== "orders" || rowsRead < 20) return;
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
    };
    const scope = await saved(world);
    const { id } = await startSync(scope, { name: "shop" });
    const sync = await ended(world, id);
    expect(sync.status).toBe("succeeded");
    expect(sync.streams[1]).toMatchObject({ attempt: 3, maxAttempts: 3, rowsCommitted: 40 });
    expect(world.tables.get(ORDERS)?.rows).toEqual(numbers(40));
    const lines = await readSyncLogs(scope, { syncId: id, stream: "orders", limit: 100 });
    expect(lines.filter((line) => line.text === "The source does not answer.")).toHaveLength(2);
    expect(lines.map((line) => line.seq)).toEqual(lines.map((_, index) => index));
  });

  it("gives up after the last try, and at once what cannot pass, while the others go on", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    world.source.beforeCommit = async ({ stream }) => {
      if (stream.name === "users")
        throw new Failure("unauthenticated", "The password is wrong.", { hint: "Set it." });
      throw flaky();
    };
    const scope = await saved(world);
    const { id } = await startSync(scope, { name: "shop" });
    const view = (await ended(world, id)) && (await getSync(scope, { syncId: id }));
    expect(view.status).toBe("failed");
    expect(view.streams.map((each) => [each.attempt, each.error?.code])).toEqual([
      [1, "unauthenticated"],
      [3, "engine_unavailable"],
    ]);
    expect(view.error).toMatchObject({ message: "The password is wrong.", hint: "Set it." });
    expect(world.tables.get(USERS)?.rows).toEqual([]);
  });

  it("fails with the name of a secret that is not set", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    world.secrets.clear();
    const scope = await saved(world);
    const sync = await ended(world, (await startSync(scope, { name: "shop" })).id);
    expect(sync.streams[0]?.error).toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining("WORD"),
    });
  });

  it("shows no secret, wherever the connector says it", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    const canary = "open-sesame-canary";
    world.between.runner = (runner) => ({
      ...runner,
      syncStream: async (call) => {
        expect(JSON.stringify(call.config)).toContain(canary);
        call.onEvent({
          type: "log",
          level: "info",
          text: `using ${canary}\nand ${encodeURIComponent(canary)}`,
        });
        call.onEvent({ type: "log", level: "info", text: JSON.stringify(call.config) });
        call.onEvent({
          type: "schema_change",
          change: {
            kind: "added",
            column: canary,
            from: null,
            to: canary,
            action: canary,
            count: null,
            text: canary,
          },
        });
        call.onEvent({ type: "committed", snapshotId: "s", rows: 1, bytes: 1, cursor: canary });
        throw new Failure("unauthenticated", `The source refuses ${canary}.`, { hint: `Not ${canary}?` });
      },
      check: async () => ({ ok: false, message: `The source refuses ${canary}.` }),
    });
    const scope = await saved(world);
    const { id } = await startSync(scope, { name: "shop" });
    await ended(world, id);
    const shown = [
      await getSync(scope, { syncId: id }),
      await readSyncLogs(scope, { syncId: id, limit: 100 }),
      await world.syncs.sync(id),
      [...world.workflows.values()].map((each) => [each.input, [...each.steps]]),
    ];
    expect(JSON.stringify(shown)).toContain("******");
    expect(JSON.stringify(shown)).not.toContain(canary);
  });

  it("runs no more streams at a time than the document allows", async () => {
    const names = ["a", "b", "c", "d", "e"];
    const world = sourceWorld(memoryConnectorRunner, Object.fromEntries(names.map((name) => [name, 5])));
    let running = 0;
    let most = 0;
    world.source.beforeCommit = async () => {
      running += 1;
      most = Math.max(most, running);
      await sleep(10);
      running -= 1;
    };
    const scope = await saved(world, {
      ...DOCUMENT,
      parallel: 2,
      streams: names.map((name) => ({ name, sync_mode: "full_refresh" })),
    });
    const sync = await ended(world, (await startSync(scope, { name: "shop" })).id);
    expect(sync.status).toBe("succeeded");
    expect(most).toBe(2);
  });

  it("refuses a second sync of a stream, and takes one of another beside it", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    const hold = gate();
    world.source.beforeCommit = async ({ stream }) => {
      if (stream.name === "users") await hold.opened;
    };
    const scope = await saved(world);
    const first = await startSync(scope, { name: "shop", streams: ["users"] });
    await streamsIn(world, first.id, { users: "running" });
    await expect(startSync(scope, { name: "shop" })).rejects.toMatchObject({
      code: "conflict",
      message: "The stream users is being synced by sync 1 of shop.",
    });
    const second = await startSync(scope, { name: "shop", streams: ["orders"] });
    expect((await ended(world, second.id)).status).toBe("succeeded");
    hold.open();
    expect((await ended(world, first.id)).status).toBe("succeeded");
  });

  it("starts once for equal keys", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    const scope = await saved(world);
    const [a, b] = await Promise.all(
      [1, 2].map(() => startSync(scope, { name: "shop", idempotencyKey: "k" })),
    );
    expect(a?.id).toBe(b?.id);
    await ended(world, a?.id ?? "");
    await expect(startSync(scope, { name: "shop", idempotencyKey: "k" })).resolves.toMatchObject({
      id: a?.id,
      status: "succeeded",
    });
  });

  it("is the newest version's, pinned to the connector's newest version where none is known", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    const scope = await saved(world, { ...DOCUMENT, connector: "source-other", version: undefined });
    expect((await ended(world, (await startSync(scope, { name: "shop" })).id)).status).toBe("succeeded");
    const { current } = (await world.sources.connection("w", "shop")) ?? {};
    expect(current).toMatchObject({ version: 2, createdBy: "Benchwright", document: { version: "9.9.9" } });
  });

  it("fails in all streams where there is no such connector", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    const scope = await saved(world, { ...DOCUMENT, connector: "source-unknown", version: undefined });
    const sync = await ended(world, (await startSync(scope, { name: "shop" })).id);
    expect(sync.streams.map((each) => each.error?.code)).toEqual(["not_found", "not_found"]);
  });
});

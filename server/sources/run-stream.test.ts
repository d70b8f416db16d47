import { describe, expect, it } from "vitest";
import { memoryConnectorRunner } from "../engines/memory/connector-runner";
import { sourceWorld } from "./memory/source-world";
import {
  DOCUMENT,
  ended,
  gate,
  numbers,
  ORDERS,
  saved,
  statuses,
  streamsIn,
  USERS,
  until,
  type World,
} from "./memory/world-steps";
import { cancelStream, cancelSync } from "./syncs/cancel-sync";
import { followSync } from "./syncs/follow-sync";
import { followSyncLogs } from "./syncs/read-sync-logs";
import { refreshStream, retryStream } from "./syncs/repeat-stream";
import { startSync } from "./syncs/start-sync";

describe("one stream of a sync", () => {
  /** Users stay where they are until they are let go. */
  function held(world: World) {
    const hold = gate();
    world.source.beforeCommit = async ({ stream, signal }) => {
      if (stream.name !== "users") return;
      await Promise.race([
        hold.opened,
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error))),
      ]);
    };
    return hold;
  }

  it("is cancelled while the others go on, and comes back in the same sync", async () => {
    const world = sourceWorld(memoryConnectorRunner, { users: 25, orders: 40, more: 5 });
    const hold = gate();
    world.source.beforeCommit = async ({ stream }) => {
      if (stream.name === "more") await hold.opened;
    };
    const scope = await saved(world, {
      ...DOCUMENT,
      streams: [...DOCUMENT.streams, { name: "more", sync_mode: "full_refresh" }],
    });
    const { id } = await startSync(scope, { name: "shop" });
    await streamsIn(world, id, { users: "succeeded", orders: "succeeded", more: "running" });
    await expect(cancelStream(scope, { syncId: id, stream: "users" })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(retryStream(scope, { syncId: id, stream: "more" })).rejects.toMatchObject({
      code: "conflict",
    });
    world.source.rows.orders = 50;
    await expect(retryStream(scope, { syncId: id, stream: "orders" })).resolves.toMatchObject({ id });
    await until(async () => {
      const sync = await world.syncs.sync(id);
      const orders = sync?.streams.find((each) => each.name === "orders");
      return orders?.round === 2 && orders.status === "succeeded" ? orders : null;
    }, "synced again");
    await expect(refreshStream(scope, { name: "shop", stream: "users" })).resolves.toMatchObject({ id });
    hold.open();
    const sync = await ended(world, id);
    expect(sync.streams.map((each) => [each.status, each.rowsCommitted])).toEqual([
      ["succeeded", 25],
      ["succeeded", 50],
      ["succeeded", 5],
    ]);
    expect(world.tables.get(ORDERS)?.rows).toEqual(numbers(50));
    expect(world.tables.get(USERS)?.rows).toEqual(numbers(25));
  });

  it("begins its next attempt at once when it is asked to while it waits", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    const hold = held(world);
    const scope = await saved(world);
    const { id } = await startSync(scope, { name: "shop" });
    await streamsIn(world, id, { users: "running" });
    const error = { code: "engine_unavailable", message: "m", hint: null, detail: null, retryable: true };
    const tomorrow = new Date(Date.now() + 86_400_000);
    await world.syncs.retryStream({ syncId: id, stream: "users", round: 1 }, error, tomorrow);
    await expect(refreshStream(scope, { syncId: id, stream: "users" })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(retryStream(scope, { syncId: id, stream: "users" })).resolves.toMatchObject({ id });
    hold.open();
    const sync = await ended(world, id);
    expect(sync.streams[0]).toMatchObject({ status: "succeeded", round: 2, attempt: 2, nextAttemptAt: null });
    expect(world.tables.get(USERS)?.rows).toEqual(numbers(25));
  });

  it("leaves nothing half when it is cancelled, and is synced anew after the end", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    held(world);
    const scope = await saved(world);
    const { id } = await startSync(scope, { name: "shop" });
    await streamsIn(world, id, { users: "running", orders: "succeeded" });
    await cancelStream(scope, { syncId: id, stream: "users" });
    const sync = await ended(world, id);
    expect(statuses(sync)).toEqual({ users: "cancelled", orders: "succeeded" });
    expect(sync.status).toBe("cancelled");
    expect(world.tables.get(USERS)?.rows).toEqual([]);
    world.source.beforeCommit = async () => undefined;
    const again = await retryStream(scope, { syncId: id, stream: "users" });
    expect(again.id).not.toBe(id);
    expect((await ended(world, again.id)).streams).toMatchObject([{ name: "users", status: "succeeded" }]);
  });

  it("ends with its sync when that is cancelled, and stays so", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    held(world);
    const scope = await saved(world);
    const { id } = await startSync(scope, { name: "shop" });
    await streamsIn(world, id, { users: "running" });
    await cancelSync(scope, { syncId: id });
    expect((await world.syncs.sync(id))?.status).toBe("cancelled");
    await expect(cancelSync(scope, { syncId: id })).resolves.toMatchObject({ status: "cancelled" });
    // The next sync of the table waits until the cancelled one has let go of it.
    world.source.beforeCommit = async () => undefined;
    const next = await startSync(scope, { name: "shop" });
    expect((await ended(world, next.id)).status).toBe("succeeded");
    expect((await world.syncs.sync(id))?.streams[0]).toMatchObject({ status: "cancelled", rowsCommitted: 0 });
  });

  it("is followed: each change once, each line once, to the end", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    const hold = held(world);
    const scope = await saved(world);
    const { id } = await startSync(scope, { name: "shop" });
    await streamsIn(world, id, { users: "running", orders: "succeeded" });
    const { signal } = new AbortController();
    const views = followSync(scope, { syncId: id }, signal, 1);
    expect((await views.next()).value).toMatchObject({
      status: "running",
      streamCounts: { running: 1, succeeded: 1 },
    });
    const ledger = world.syncs;
    const key = { syncId: id, stream: "orders", round: 1 };
    const line = { attempt: 1, at: new Date(), level: "info" as const };
    await ledger.appendLog(key, [
      { ...line, seq: 900, text: "a" },
      { ...line, seq: 901, text: "b" },
    ]);
    const place = JSON.stringify({ orders: 900 });
    const batches = followSyncLogs(scope, { syncId: id, stream: "orders", lastEventId: place }, signal, 1);
    expect((await batches.next()).value).toMatchObject({
      id: JSON.stringify({ orders: 901 }),
      lines: [{ text: "b" }],
    });
    expect((await batches.next()).done).toBe(true);
    hold.open();
    const rest: string[] = [];
    for await (const view of views) rest.push(view.status);
    expect(rest.at(-1)).toBe("succeeded");
  });
});

import { describe, expect, it } from "vitest";
import cases from "../../domain/sources/connection.cases.json";
import { memoryConnectorRunner } from "../engines/memory/connector-runner";
import { pauseConnection, removeConnection } from "./connections/change-connection";
import { getConnection } from "./connections/get-connection";
import { listConnections } from "./connections/list-connections";
import { saveConnection } from "./connections/save-connection";
import { validateConnection } from "./connections/validate-connection";
import { sourceWorld } from "./memory/source-world";
import { DOCUMENT, ended, gate, saved, streamsIn } from "./memory/world-steps";
import { followOperation } from "./operations/get-operation";
import { cancelSync } from "./syncs/cancel-sync";
import { getSync } from "./syncs/get-sync";
import { startSync } from "./syncs/start-sync";

describe("connections", () => {
  it.each(cases.accepted)(
    "take the document of $name as it is, pinned to a version",
    async ({ name, document }) => {
      const world = sourceWorld(memoryConnectorRunner);
      const scope = world.scope(world.launch());
      const result = await saveConnection(scope, { name, document });
      expect(result.connectorVersion).toMatch(/^\d+\./);
      const { version: _pinned, ...rest } = (await getConnection(scope, { name })).document;
      expect(rest).toEqual(document);
    },
  );

  it("keep versions and drafts, and refuse a save over one that its author has not seen", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    const scope = await saved(world);
    const save = (document: unknown, more = {}) => saveConnection(scope, { name: "shop", document, ...more });
    expect((await save(DOCUMENT)).version).toBe(1);
    expect((await save({ unfinished: true }, { draft: true, baseVersion: 1 })).version).toBe(2);
    const view = await getConnection(scope, { name: "shop" });
    expect(view).toMatchObject({
      version: 1,
      latestVersion: 2,
      draft: { document: { unfinished: true }, savedBy: "Ann" },
      secrets: [{ name: "WORD", isSet: true, pointers: ["/config/token"] }],
    });
    const changed = { ...DOCUMENT, parallel: 1 };
    await expect(save(changed, { baseVersion: 1 })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("version 2 by Ann"),
    });
    expect((await save(changed, { baseVersion: 2 })).version).toBe(3);
    expect((await getConnection(scope, { name: "shop" })).draft).toBeNull();
  });

  it("refuse a wrong document with every error, and a table that another one writes", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    const scope = await saved(world);
    await expect(
      saveConnection(scope, { name: "Shop!", document: { ...DOCUMENT, colour: 1 } }),
    ).rejects.toMatchObject({ code: "invalid_input", errors: [{ pointer: "" }, { pointer: "/colour" }] });
    const taken = { ...DOCUMENT, destination: "lake.shop" };
    expect((await validateConnection(scope, { name: "other", document: taken })).errors).toMatchObject([
      {
        pointer: "/streams/0",
        message: expect.stringContaining("The connection shop writes lake.shop.users"),
      },
      { pointer: "/streams/1" },
    ]);
    expect(await validateConnection(scope, { name: "shop", document: DOCUMENT })).toMatchObject({
      ok: true,
      tables: [{ table: "lake.shop.users" }, { table: "lake.shop.orders" }],
    });
  });

  it("hold no secret: neither in a document nor in a draft", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    const scope = await saved(world);
    const document = { ...DOCUMENT, config: { password: "hunter2" } };
    for (const draft of [false, true]) {
      const refusal = saveConnection(scope, { name: "shop", document, draft });
      await expect(refusal).rejects.toMatchObject({ errors: [{ pointer: "/config/password" }] });
      await refusal.catch((error: unknown) => expect(JSON.stringify(error)).not.toContain("hunter2"));
    }
  });

  it("are listed with their last sync, their age and whether they are late", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    const scope = await saved(world, { ...DOCUMENT, schedule: { type: "cron", expression: "0 * * * *" } });
    expect(await listConnections(scope)).toMatchObject([
      {
        name: "shop",
        status: "active",
        lastSync: null,
        lagSeconds: null,
        lagLimitSeconds: 7_200,
        isLate: false,
      },
    ]);
    await ended(world, (await startSync(scope, { name: "shop" })).id);
    world.time.offsetMs += 3 * 3_600_000;
    const [shop] = await listConnections(scope);
    expect(shop).toMatchObject({
      isLate: true,
      lastSync: { status: "succeeded", rows: 65 },
      activeSyncId: null,
    });
    expect(shop?.nextRunAt?.getTime()).toBeGreaterThan(world.clock.now().getTime());
    await pauseConnection(scope, { name: "shop" }, true);
    expect(await listConnections(scope)).toMatchObject([
      { status: "paused", nextRunAt: null, isLate: false },
    ]);
  });

  it("leave their tables and syncs behind when they are removed, and start anew under the same name", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    const hold = gate();
    world.source.beforeCommit = () => hold.opened;
    const scope = await saved(world);
    const { id } = await startSync(scope, { name: "shop" });
    await streamsIn(world, id, { users: "running" });
    await expect(removeConnection(scope, { name: "shop" })).rejects.toMatchObject({ code: "conflict" });
    hold.open();
    await ended(world, id);
    const removed = await removeConnection(scope, { name: "shop" });
    expect(removed.keptTables).toEqual(["lake.shop.users", "lake.shop.orders"]);
    expect(removed.message).toContain("stay as they are");
    expect(world.tables.get("w lake.shop.users")?.rows).toHaveLength(25);
    await expect(getConnection(scope, { name: "shop" })).rejects.toMatchObject({ code: "not_found" });
    const again = await saveConnection(scope, { name: "shop", document: DOCUMENT, baseVersion: 0 });
    expect(again.version).toBe(2);
    expect((await getConnection(scope, { name: "shop" })).version).toBe(2);
  });

  it("drop their replication slots when they are removed, unless another connection reads from them", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    const asked: unknown[] = [];
    world.source.release = (config) => {
      asked.push(config);
      return ["bench_0123456789ab"];
    };
    const scope = await saved(world);
    const document = {
      ...DOCUMENT,
      connector: "source-postgres",
      config: {
        host: "db",
        port: 5432,
        database: "shop",
        replication_method: { method: "cdc", replication_slot: "bench", publication: "feed" },
      },
    };
    for (const name of ["one", "two"]) await saveConnection(scope, { name, document, baseVersion: 0 });
    expect((await removeConnection(scope, { name: "shop" })).release).toBeNull();
    expect((await removeConnection(scope, { name: "one" })).release).toBeNull();
    const { release } = await removeConnection(scope, { name: "two" });
    expect(release).toMatchObject({ kind: "release", status: "queued" });
    const states = followOperation(
      scope,
      { operationId: release?.id ?? "" },
      new AbortController().signal,
      5,
    );
    let last = release;
    for await (const state of states) last = state;
    expect(last).toMatchObject({ status: "succeeded", released: ["bench_0123456789ab"] });
    expect(asked).toEqual([document.config]);
  });

  it("ask for the role that they need, and show nothing to other workspaces", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    const scope = await saved(world);
    const as = (role: Parameters<typeof world.scope>[1], workspace = "w") =>
      world.scope(scope.workflows, role, workspace);
    const forbidden = { code: "forbidden" };
    await expect(saveConnection(as("analyst"), { name: "x", document: DOCUMENT })).rejects.toMatchObject(
      forbidden,
    );
    await expect(removeConnection(as("analyst"), { name: "shop" })).rejects.toMatchObject(forbidden);
    await expect(pauseConnection(as("analyst"), { name: "shop" }, true)).rejects.toMatchObject(forbidden);
    await expect(startSync(as("viewer"), { name: "shop" })).rejects.toMatchObject(forbidden);
    const { id } = await startSync(as("analyst"), { name: "shop" });
    await expect(cancelSync(as("viewer"), { syncId: id })).rejects.toMatchObject(forbidden);
    await ended(world, id);
    const missing = { code: "not_found" };
    await expect(getSync(as("admin", "other"), { syncId: id })).rejects.toMatchObject(missing);
    await expect(getConnection(as("admin", "other"), { name: "shop" })).rejects.toMatchObject(missing);
    await expect(startSync(as("admin", "other"), { name: "shop" })).rejects.toMatchObject(missing);
    expect(world.audited).toEqual(["connection.saved", "sync.started"]);
  });

  it("are not synced while they are drafts", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    const scope = world.scope(world.launch());
    await saveConnection(scope, { name: "shop", document: DOCUMENT, draft: true });
    await expect(startSync(scope, { name: "shop" })).rejects.toMatchObject({ code: "conflict" });
    expect(await listConnections(scope)).toMatchObject([{ status: "draft", connector: "source-faker" }]);
  });
});

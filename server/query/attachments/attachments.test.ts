import { beforeEach, describe, expect, it, vi } from "vitest";
import type { DescribedDatabase } from "../../../domain/ports/database-catalog";
import type { AttachedDatabase, ForeignCatalog } from "../../../domain/ports/statement-engine";
import { Failure } from "../../../domain/shared/failure";
import { ConnectionDocument } from "../../../domain/sources/connection-document";
import type { StoredConnection } from "../../sources/index";
import { memoryCatalogStore } from "../catalogs/memory-catalog-store";
import { attachedTables } from "./attached-tables";
import type { AttachmentScope } from "./attachment-scope";
import { attachmentsOf } from "./attachments-of";
import { openAttachments } from "./open-attachments";

const CANARY = "open-sesame";
const ORDERS: DescribedDatabase = {
  tables: [
    {
      schema: "public",
      name: "Order lines",
      columns: [{ name: "id", type: "bigint", isNullable: false }],
      primaryKey: ["id"],
      foreignKeys: [{ columns: ["id"], schema: "public", table: "orders", references: ["id"] }],
      rows: 3,
      bytes: 8192,
    },
  ],
  options: "-c role=pg_read_all_data",
};

function connection(name: string, document: object = {}): StoredConnection {
  const at = new Date(0);
  const whole = ConnectionDocument.parse({
    connector: "source-postgres",
    config: { host: "db", port: 5432, database: "shop", username: "reader", password: `\${SHOP_PASSWORD}` },
    streams: [{ name: "orders", sync_mode: "full_refresh" }],
    ...document,
  });
  const current = { version: 1, document: whole, createdAt: at, createdBy: "ann" };
  return { workspaceId: "w", name, paused: false, dealtUntil: at, createdAt: at, current, draft: null };
}

function world() {
  const connections: StoredConnection[] = [];
  const state = { nowMs: 0, answer: async (): Promise<DescribedDatabase> => ORDERS };
  const describeDatabase = vi.fn((_database: AttachedDatabase) => state.answer());
  const describeForeign = vi.fn(async (_catalog: ForeignCatalog) => ({ tables: ORDERS.tables }));
  const prune = vi.fn(async (_workspaceId: string, _keep: readonly string[]): Promise<string[]> => []);
  const openSecrets = vi.fn(
    async (_workspaceId: string, names: readonly string[]) => new Map(names.map((name) => [name, CANARY])),
  );
  const queryCatalogs = memoryCatalogStore();
  const scope: AttachmentScope = {
    workspace: { id: "w", slug: "w", name: "W" },
    role: "viewer",
    actor: { id: "ann", name: "Ann" },
    clock: { now: () => new Date(state.nowMs) },
    sources: { connections: async () => connections },
    queryCatalogs,
    databaseCatalog: { describe: describeDatabase },
    foreignCatalogs: { describe: describeForeign, prune },
    openSecrets,
  };
  const keep = (name: string, connector = "snowflake") =>
    queryCatalogs.saveCatalog({
      workspaceId: "w",
      document: { name, connector, properties: { "connection-password": `\${SHOP_PASSWORD}` } },
      expectedVersion: undefined,
      updatedBy: "ann",
      at: new Date(0),
    });
  return {
    connections,
    state,
    scope,
    keep,
    describeDatabase,
    describeForeign,
    prune,
    openSecrets,
  };
}

let w: ReturnType<typeof world>;
beforeEach(() => {
  w = world();
});
const names = async () => (await attachmentsOf(w.scope)).attachments.map(({ catalog }) => catalog);

describe("databases that statements read in place", () => {
  it("are the current connections with PostgreSQL, by name and by the catalog that the document names", async () => {
    w.connections.push(
      connection("shop-db", { catalog: "postgresql" }),
      connection("inventory_db"),
      connection("faker", { connector: "source-faker", config: {} }),
      { ...connection("draft"), current: null },
    );
    await w.keep("snowflake");
    expect(await names()).toEqual(["inventory_db", "postgresql", "shop_db", "snowflake"]);
    expect(JSON.stringify(await attachmentsOf(w.scope))).not.toContain(CANARY);
    expect(w.openSecrets).not.toHaveBeenCalled();
  });

  it("have no name that two claim or that is taken, and say so", async () => {
    w.connections.push(connection("a-b"), connection("a_b"), connection("lake"), connection("twice"));
    await w.keep("twice");
    const { attachments, problems } = await attachmentsOf(w.scope);
    expect(attachments).toEqual([]);
    expect(problems.map(({ catalog, source }) => [catalog, source])).toEqual([
      ["a_b", "a-b"],
      ["a_b", "a_b"],
      ["lake", "lake"],
      ["twice", "twice"],
      ["twice", "twice"],
    ]);
  });

  it("are not what a config cannot be used for", async () => {
    w.connections.push(connection("shop", { config: { host: "db", database: "shop" } }));
    expect(await attachmentsOf(w.scope)).toMatchObject({ attachments: [], problems: [{ catalog: "shop" }] });
  });

  it("are opened for a statement alone, as a role that owns nothing", async () => {
    w.connections.push(connection("shop"), connection("other"));
    await w.keep("snowflake");
    const { attachments } = await attachmentsOf(w.scope);
    const wanted = attachments.filter(({ catalog }) => catalog !== "other");
    const opened = await openAttachments(w.scope, wanted);
    expect(opened.databases).toEqual([
      expect.objectContaining({ catalog: "shop", password: CANARY, options: ORDERS.options }),
    ]);
    expect(opened.foreignCatalogs).toEqual([
      { catalog: "snowflake", connector: "snowflake", properties: { "connection-password": CANARY } },
    ]);
    expect(w.describeDatabase).toHaveBeenCalledTimes(1);
  });
});

describe("tables of databases", () => {
  it("are told by their three parts, with their keys, and asked for once a minute", async () => {
    w.connections.push(connection("shop", { catalog: "postgresql" }));
    const { tables, problems } = await attachedTables(w.scope);
    expect(problems).toEqual([]);
    expect(tables.map(({ name }) => name)).toEqual([
      'postgresql.public."Order lines"',
      'shop.public."Order lines"',
    ]);
    expect(tables[1]?.foreignKeys).toEqual([
      { columns: ["id"], table: "shop.public.orders", references: ["id"] },
    ]);
    expect(w.describeDatabase).toHaveBeenCalledTimes(1);
    w.state.nowMs = 59_000;
    await attachedTables(w.scope);
    expect(w.describeDatabase).toHaveBeenCalledTimes(1);
  });

  it("are told as they were while the database is asked anew, also where it fails then", async () => {
    w.connections.push(connection("shop"));
    await attachedTables(w.scope);
    w.state.nowMs = 120_000;
    w.state.answer = () => Promise.reject(new Failure("engine_unavailable", "gone"));
    const { tables, problems } = await attachedTables(w.scope);
    expect([tables.length, problems]).toEqual([1, []]);
    expect(w.describeDatabase).toHaveBeenCalledTimes(2);
    w.state.nowMs += 16 * 60_000;
    expect(await attachedTables(w.scope)).toMatchObject({ tables: [], problems: [{ message: "gone" }] });
  });

  it("of one that does not answer are missing, the others are there, and it is left alone for a while", async () => {
    w.connections.push(connection("shop"));
    await w.keep("snowflake");
    w.state.answer = () => Promise.reject(new Failure("engine_unavailable", "The database is away."));
    for (const nowMs of [0, 9_000]) {
      w.state.nowMs = nowMs;
      const { tables, problems } = await attachedTables(w.scope);
      expect(tables.map(({ catalog }) => catalog)).toEqual(["snowflake"]);
      expect(problems).toEqual([{ catalog: "shop", source: "shop", message: "The database is away." }]);
    }
    expect(w.describeDatabase).toHaveBeenCalledTimes(1);
    w.state.answer = async () => ORDERS;
    w.state.nowMs = 11_000;
    expect((await attachedTables(w.scope)).tables).toHaveLength(2);
  });

  it("are asked for again where the connection's settings changed", async () => {
    w.connections.push(connection("shop"));
    await attachedTables(w.scope);
    const config = { host: "elsewhere", database: "shop", username: "reader" };
    w.connections.splice(0, 1, connection("shop", { config }));
    await attachedTables(w.scope);
    expect(w.describeDatabase.mock.calls.map(([database]) => database.host)).toEqual(["db", "elsewhere"]);
  });

  it("by catalog documents are offered where Trino is", async () => {
    await w.keep("snowflake");
    expect((await attachedTables(w.scope)).tables).toHaveLength(1);
    expect((await attachedTables({ ...w.scope, foreignCatalogs: null })).attachments).toEqual([]);
  });
});

describe("catalogs of connections that went", () => {
  it("are dropped from the shared engine at the next look, which tells it of changes alone", async () => {
    w.connections.push(connection("shop"), connection("old"));
    await attachedTables(w.scope);
    await attachedTables(w.scope);
    w.connections.pop();
    await attachedTables(w.scope);
    expect(w.prune.mock.calls).toEqual([
      ["w", ["lake", "analytics", "old", "shop"]],
      ["w", ["lake", "analytics", "shop"]],
    ]);
  });

  it("are dropped later where the engine is away", async () => {
    w.prune.mockRejectedValueOnce(new Failure("engine_unavailable", "away"));
    await attachedTables(w.scope);
    await vi.waitFor(async () => {
      await attachedTables(w.scope);
      expect(w.prune).toHaveBeenCalledTimes(2);
    });
  });
});

import { beforeEach, describe, expect, it, vi } from "vitest";
import { ConnectionDocument } from "../../../domain/sources/connection-document";
import type { Rows } from "../../workspaces/index";
import type { CatalogScope } from "./catalog-scope";
import { listCatalogs } from "./list-catalogs";
import { memoryCatalogStore } from "./memory-catalog-store";
import { removeCatalog } from "./remove-catalog";
import { saveCatalog } from "./save-catalog";

const SNOWFLAKE = { connector: "snowflake", properties: { "connection-password": `\${SNOW}` } };

let audited: string[];
let scope: CatalogScope;
const prune = vi.fn(async (_workspaceId: string, _keep: readonly string[]): Promise<string[]> => []);

beforeEach(() => {
  audited = [];
  prune.mockClear();
  const db = {
    auditEntry: { create: async ({ data }: { data: { action: string } }) => void audited.push(data.action) },
  };
  const document = ConnectionDocument.parse({
    connector: "source-postgres",
    config: { host: "db", database: "shop", username: "reader" },
    streams: [{ name: "orders", sync_mode: "full_refresh" }],
  });
  const at = new Date(0);
  const current = { version: 1, document, createdAt: at, createdBy: "ann" };
  scope = {
    workspace: { id: "w", slug: "w", name: "W" },
    role: "engineer",
    actor: { id: "ann", name: "Ann" },
    clock: { now: () => at },
    sources: {
      connections: async () => [
        {
          workspaceId: "w",
          name: "shop",
          paused: false,
          dealtUntil: at,
          createdAt: at,
          current,
          draft: null,
        },
      ],
    },
    queryCatalogs: memoryCatalogStore(),
    databaseCatalog: { describe: async () => ({ tables: [], options: "" }) },
    foreignCatalogs: { describe: async () => ({ tables: [] }), prune },
    openSecrets: async () => new Map(),
    db: db as unknown as Rows,
  };
});

describe("catalog documents", () => {
  it("are kept, listed and removed, and the engine drops what is gone", async () => {
    const saved = await saveCatalog(scope, { name: "snow", document: SNOWFLAKE, expectedVersion: 0 });
    expect(saved).toMatchObject({ name: "snow", connector: "snowflake", version: 1, updatedBy: "Ann" });
    expect(await listCatalogs(scope)).toMatchObject({ items: [{ name: "snow" }], isOffered: true });
    await removeCatalog(scope, { name: "snow" });
    expect((await listCatalogs(scope)).items).toEqual([]);
    expect(prune).toHaveBeenLastCalledWith("w", ["lake", "analytics", "shop"]);
    expect(audited).toEqual(["catalog.saved", "catalog.removed"]);
    await expect(removeCatalog(scope, { name: "snow" })).rejects.toMatchObject({ code: "not_found" });
  });

  it("are not overwritten unseen", async () => {
    await saveCatalog(scope, { name: "snow", document: SNOWFLAKE, expectedVersion: 0 });
    await expect(
      saveCatalog(scope, { name: "snow", document: SNOWFLAKE, expectedVersion: 0 }),
    ).rejects.toMatchObject({ code: "conflict" });
  });

  it("do not take the name of a connection, nor two names", async () => {
    await expect(saveCatalog(scope, { name: "shop", document: SNOWFLAKE })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(
      saveCatalog(scope, { name: "snow", document: { ...SNOWFLAKE, name: "rain" } }),
    ).rejects.toMatchObject({ code: "invalid_input", errors: [{ pointer: "/name" }] });
  });

  it("are refused with the place of what is wrong", async () => {
    const document = { connector: "snowflake", properties: { "connection-password": "open-sesame" } };
    const failing = saveCatalog(scope, { name: "snow", document });
    await expect(failing).rejects.toMatchObject({
      code: "invalid_input",
      errors: [{ pointer: "/properties/connection-password" }],
    });
    await expect(failing).rejects.not.toThrow("open-sesame");
  });

  it("are for engineers", async () => {
    const analyst = { ...scope, role: "analyst" as const };
    await expect(listCatalogs(analyst)).rejects.toMatchObject({ code: "forbidden" });
    await expect(saveCatalog(analyst, { name: "snow", document: SNOWFLAKE })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(removeCatalog(analyst, { name: "snow" })).rejects.toMatchObject({ code: "forbidden" });
  });
});

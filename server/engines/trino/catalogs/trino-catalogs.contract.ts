import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AttachedDatabase, EngineStatement } from "../../../../domain/ports/statement-engine";
import { trinoForeignCatalogs } from "../trino-foreign-catalogs";
import { trinoRows } from "../trino-rows";
import { type LiveLake, liveLake } from "./live-lake";

const {
  CONTRACT_TRINO_URL: url = "",
  CONTRACT_DATABASE_URL: serverUrl = "",
  CONTRACT_LAKE_PYTHON: python = "",
  // biome-ignore lint/style/noProcessEnv: a contract test finds its engines there
} = process.env;

if (url === "" || serverUrl === "" || python === "") {
  describe("catalogs of a live Trino", () => {
    it.skip("needs CONTRACT_TRINO_URL, CONTRACT_DATABASE_URL and CONTRACT_LAKE_PYTHON", () => {});
  });
} else {
  describe("catalogs of a live Trino", () => {
    const password = "canary-p'a,s=s wörd";
    let live: LiveLake;
    let shop: AttachedDatabase;
    const at = (catalog: string) => live.at(catalog);
    const rowsOf = (sql: string, more: Partial<EngineStatement> = {}) =>
      live.rowsOf(sql, { databases: [shop], ...more });

    beforeAll(async () => {
      live = await liveLake({ url, serverUrl, python, bucket: null });
      const { server, name } = live;
      const { hostname: host, port } = new URL(serverUrl);
      shop = {
        ...{
          catalog: "shop",
          kind: "postgres",
          host,
          port: Number(port),
          database: name,
          user: name,
          password,
        },
        ssl: "prefer",
        options: "-c default_transaction_read_only=on",
      };
      await server.query(`CREATE ROLE ${name} LOGIN PASSWORD ${server.escapeLiteral(password)}`);
      const inside = new Client(live.databaseUrl);
      await inside.connect();
      await inside.query(`
        CREATE TABLE stock (product_id bigint PRIMARY KEY, quantity numeric(12,2), "Seen At" timestamptz, place inet,
          doc jsonb, raw json, docs jsonb[]);
        INSERT INTO stock VALUES (1, 12.50, '2024-02-29 12:00:00.123456+00', '10.0.0.1',
          '{"b": [1, 1.50], "aa": "x"}', '{"b":1,  "a":1e2}', ARRAY['{"a": 1}']::jsonb[]), (3, NULL, NULL, NULL, NULL, NULL, NULL);
        GRANT SELECT ON stock TO ${name}`);
      await inside.end();
    });
    afterAll(async () => {
      await live?.dispose();
    });

    it("join the lake with a database in place, each value exact", async () => {
      const sql = `SELECT p.id, p.name, p.price, s.quantity, s."Seen At", s.place
        FROM ${at("lake")}.shop.products p LEFT JOIN ${at("shop")}.public.stock s ON s.product_id = p.id ORDER BY p.id`;
      expect(await rowsOf(sql)).toEqual([
        [1n, "milk", 150n, 1250n, Date.UTC(2024, 1, 29, 12) + 123.456, "10.0.0.1"],
        [2n, "bread", 250n, null, null, null],
        [3n, "", 350n, null, null, null],
      ]);
    });

    it("give JSON of a database as the database spells it", async () => {
      const sql = `SELECT doc, raw, docs[1], json_extract_scalar(doc, '$.aa') FROM ${at("shop")}.public.stock WHERE doc IS NOT NULL`;
      expect(await rowsOf(sql)).toEqual([
        ['{"b": [1, 1.50], "aa": "x"}', '{"b":1,  "a":1e2}', '{"a": 1}', "x"],
      ]);
    });

    it("read an earlier snapshot of the lake", async () => {
      const sql = `SELECT count(*) FROM ${at("lake")}.shop.products FOR VERSION AS OF ${live.snapshots[0]}`;
      expect(await rowsOf(sql)).toEqual([[2n]]);
    });

    it("see what was committed after they were made", async () => {
      const inside = new Client(live.databaseUrl);
      await inside.connect();
      await inside.query("INSERT INTO stock (product_id, quantity) VALUES (2, 1)");
      await inside.end();
      expect(await rowsOf(`SELECT count(*) FROM ${at("shop")}.public.stock`)).toEqual([[3n]]);
    });

    it("cannot be written, whoever asks Trino", async () => {
      const credentials = {
        "x-trino-extra-credential": [
          `${at("shop")}.user=${live.name}`,
          `${at("shop")}.password=${encodeURIComponent(password)}`,
        ].join(),
      };
      for (const sql of [
        `INSERT INTO ${at("shop")}.public.stock (product_id) VALUES (9)`,
        `CREATE TABLE ${at("lake")}.shop.mine AS SELECT 1 AS n`,
        `INSERT INTO ${at("lake")}.shop.products VALUES (9, 'x', 1)`,
      ]) {
        await expect(trinoRows(live.watching, sql, { headers: credentials }), sql).rejects.toMatchObject({
          name: "Failure",
        });
      }
      expect(await rowsOf(`SELECT count(*) FROM ${at("lake")}.shop.products`)).toEqual([[3n]]);
    });

    it("leave no secret in the statements that Trino shows, nor in its errors", async () => {
      const queries = await trinoRows(live.watching, "SELECT query FROM system.runtime.queries");
      expect(queries.length).toBeGreaterThan(0);
      expect(JSON.stringify(queries)).not.toContain("canary");
      const wrong = { ...shop, password: "canary-wrong" };
      const failed = rowsOf(`SELECT * FROM ${at("shop")}.public.stock`, { databases: [wrong] });
      const failure = (await failed.catch((error: unknown) => error)) as { message: string; cause: unknown };
      expect(failure).toMatchObject({ name: "Failure" });
      expect(`${failure.message} ${failure.cause}`).not.toContain("canary");
    });

    it("of another workspace are not reached, nor Trino's own", async () => {
      const stranger = { workspaceId: randomUUID(), databases: [] };
      for (const sql of [
        `SELECT * FROM ${at("lake")}.shop.products`,
        `SELECT * FROM ${at("shop")}.public.stock`,
        "SELECT * FROM system.metadata.catalogs",
        "SELECT * FROM system.runtime.queries",
      ]) {
        await expect(rowsOf(sql, stranger), sql).rejects.toMatchObject({ code: "invalid_input" });
      }
    });

    it("are made anew where their settings changed, and by documents where nobody else makes them", async () => {
      const none = { ...shop, database: "postgres" };
      const sql = `SELECT * FROM ${at("shop")}.public.stock`;
      await expect(rowsOf(sql, { databases: [none] })).rejects.toMatchObject({ code: "invalid_input" });
      expect(await rowsOf(sql)).toHaveLength(3);
      const foreign = trinoForeignCatalogs(live.engine.parts);
      const tpch = { catalog: "tp", connector: "tpch", properties: {} };
      const { tables } = await foreign.describe(tpch, live.workspaceId, { timeoutMs: 20_000 });
      const nation = tables.find((table) => table.schema === "tiny" && table.name === "nation");
      expect(nation?.columns[1]).toEqual({ name: "name", type: "varchar(25)", isNullable: false });
      expect(await foreign.prune(live.workspaceId, ["lake", "shop"])).toEqual([at("tp")]);
      const catalogs = (await trinoRows(live.watching, "SHOW CATALOGS")).map(([catalog]) => catalog);
      expect(catalogs).toEqual(expect.arrayContaining([at("lake"), at("shop"), "system"]));
      expect(catalogs).not.toContain(at("tp"));
    });

    it("that Trino lost are made again for the statement that misses them", async () => {
      await trinoRows(live.watching, `DROP CATALOG ${at("lake")}`);
      expect(await rowsOf(`SELECT count(*) FROM ${at("lake")}.shop.products`)).toEqual([[3n]]);
    });

    it("with settings that Trino refuses are refused in its words", async () => {
      const odd = { catalog: "odd", connector: "tpch", properties: { "no-such-setting": "canary-value" } };
      const failing = rowsOf(`SELECT * FROM ${at("odd")}.a.b`, { foreignCatalogs: [odd] });
      await expect(failing).rejects.toMatchObject({
        code: "engine_failed",
        message: expect.stringContaining("no-such-setting") as unknown,
      });
    });
  });
}

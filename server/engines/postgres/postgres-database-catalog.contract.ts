import { randomUUID } from "node:crypto";
import { createServer } from "node:net";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AttachedDatabase } from "../../../domain/ports/statement-engine";
import { postgresDatabaseCatalog } from "./postgres-database-catalog";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const { CONTRACT_DATABASE_URL: serverUrl = "" } = process.env;

if (serverUrl === "") {
  describe("DatabaseCatalog: PostgreSQL", () => {
    it.skip("needs CONTRACT_DATABASE_URL", () => {});
  });
} else {
  describe("DatabaseCatalog: PostgreSQL", () => {
    const name = `attached_${randomUUID().replaceAll("-", "")}`;
    const password = "p'a ss=w";
    const catalog = postgresDatabaseCatalog();
    const admin = new URL(serverUrl);
    const server = new Client(serverUrl);
    const at = (more: Partial<AttachedDatabase> = {}): AttachedDatabase => ({
      catalog: "shop",
      kind: "postgres",
      host: admin.hostname,
      port: Number(admin.port),
      database: name,
      user: name,
      password,
      ssl: "prefer",
      ...more,
    });
    const describeAs = (more: Partial<AttachedDatabase> = {}) =>
      catalog.describe(at(more), { timeoutMs: 5_000 });

    beforeAll(async () => {
      await server.connect();
      await server.query(`CREATE ROLE ${name} LOGIN PASSWORD ${server.escapeLiteral(password)}`);
      await server.query(`CREATE DATABASE ${name}`);
      const inside = new Client(Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href);
      await inside.connect();
      await inside.query(`
        CREATE SCHEMA shop;
        CREATE DOMAIN shop.money AS numeric(12,2);
        CREATE TABLE shop.orders (id bigint PRIMARY KEY, at timestamptz NOT NULL, total shop.money, tags text[]);
        CREATE TABLE shop."Order lines" (order_id bigint REFERENCES shop.orders, line int, PRIMARY KEY (order_id, line));
        CREATE VIEW shop.totals AS SELECT sum(total) AS total FROM shop.orders;
        CREATE TABLE shop.hidden (id int);
        INSERT INTO shop.orders SELECT n, now(), n, '{}' FROM generate_series(1, 500) n;
        ANALYZE shop.orders;
        GRANT USAGE ON SCHEMA shop TO ${name};
        GRANT SELECT ON shop.orders, shop."Order lines", shop.totals TO ${name}`);
      await inside.end();
    });
    afterAll(async () => {
      await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await server.query(`DROP ROLE IF EXISTS ${name}`);
      await server.end();
    });

    it("tells tables, views, types, keys and sizes of what the user may read", async () => {
      const { tables, options } = await describeAs();
      expect(tables.map((table) => table.name)).toEqual(["Order lines", "orders", "totals"]);
      const [lines, orders, totals] = tables;
      expect(orders).toMatchObject({ schema: "shop", primaryKey: ["id"], foreignKeys: [], rows: 500 });
      expect(orders?.bytes).toBeGreaterThan(0);
      expect(orders?.columns).toEqual([
        { name: "id", type: "bigint", isNullable: false },
        { name: "at", type: "timestamp(6) with time zone", isNullable: false },
        { name: "total", type: "decimal(12,2)", isNullable: true },
        { name: "tags", type: "array(varchar)", isNullable: true },
      ]);
      expect(lines).toMatchObject({
        primaryKey: ["order_id", "line"],
        foreignKeys: [{ columns: ["order_id"], schema: "shop", table: "orders", references: ["id"] }],
        rows: null,
      });
      expect(totals?.columns).toEqual([{ name: "total", type: "varchar", isNullable: true }]);
      expect(options).toBe("-c default_transaction_read_only=on");
    });

    it("has an owner of the server enter as a role that owns nothing and cannot write", async () => {
      const user = decodeURIComponent(admin.username);
      const secret = decodeURIComponent(admin.password);
      const { options } = await describeAs({ user, password: secret });
      const inside = new Client({ ...at({ user, password: secret }), options, ssl: false });
      await inside.connect();
      try {
        expect((await inside.query("SELECT count(*)::int AS n FROM shop.orders")).rows).toEqual([{ n: 500 }]);
        for (const sql of [
          "INSERT INTO shop.hidden VALUES (1)",
          "SELECT pg_read_file('PG_VERSION')",
          "COPY (SELECT 1) TO PROGRAM 'true'",
        ]) {
          await expect(inside.query(sql), sql).rejects.toThrow(/read-only|permission denied/);
        }
      } finally {
        await inside.end();
      }
    });

    it("refuses a user that reaches the server's files and cannot be held back", async () => {
      await server.query(`GRANT pg_read_server_files TO ${name}`);
      try {
        await expect(describeAs()).rejects.toMatchObject({ code: "forbidden" });
      } finally {
        await server.query(`REVOKE pg_read_server_files FROM ${name}`);
      }
    });

    it("says what is wrong without the password", async () => {
      const wrong = await describeAs({ password: "canary-word" }).catch((error: unknown) => error);
      expect(wrong).toMatchObject({ code: "forbidden" });
      expect(`${wrong} ${(wrong as { cause: unknown }).cause}`).not.toContain("canary");
      await expect(describeAs({ database: `${name}_none` })).rejects.toMatchObject({ code: "forbidden" });
      await expect(describeAs({ port: 1 })).rejects.toMatchObject({
        code: "engine_unavailable",
        retryable: true,
      });
    });

    it("does not wait for a database that says nothing", async () => {
      const silent = createServer(() => undefined);
      await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
      const { port } = silent.address() as { port: number };
      try {
        const asked = catalog.describe(at({ host: "127.0.0.1", port }), { timeoutMs: 100 });
        await expect(asked).rejects.toMatchObject({ code: "engine_unavailable" });
      } finally {
        silent.close();
      }
    });
  });
}

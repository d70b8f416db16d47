import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Failure } from "../../../../domain/shared/failure";
import { column } from "../fake-trino";
import { CANARY, SUFFIX, statement, type TrinoWorld, trinoWorld, WORKSPACE } from "../trino-world";

let world: TrinoWorld;
beforeEach(async () => {
  world = await trinoWorld();
});
afterEach(() => world.dispose());

const shop = (password: string, host = "db") => ({
  catalog: "shop",
  kind: "postgres" as const,
  host,
  port: 5432,
  database: "shop",
  user: "reader",
  password,
  ssl: "prefer" as const,
});

describe("catalogs of Trino", () => {
  const made = () => world.trino.asked.filter(({ sql }) => sql === "EXECUTE make_catalog");
  const textOf = (index: number) =>
    decodeURIComponent(String(made()[index]?.headers["x-trino-prepared-statement"]));

  it("are made for what a statement reads, once, and made anew where their settings changed", async () => {
    const sql = `SELECT * FROM shop_${SUFFIX}.public.orders`;
    const reading = (host: string, password = "p") =>
      world.engine.run(statement(sql, { databases: [shop(password, host)] }), world.folder);
    await reading("db");
    await reading("db");
    expect(made()).toHaveLength(1);
    expect(textOf(0)).toContain(`CREATE CATALOG "shop_${SUFFIX}" USING postgresql`);
    expect(textOf(0)).toContain("default_transaction_read_only");
    await reading("db", "another");
    expect(made()).toHaveLength(1);
    await reading("elsewhere");
    expect(made()).toHaveLength(2);
  });

  it("hold no password of a database; it comes with each statement", async () => {
    const sql = `SELECT * FROM shop_${SUFFIX}.public.orders JOIN lake_${SUFFIX}.a.b ON true`;
    await world.engine.run(statement(sql, { databases: [shop(CANARY)] }), world.folder);
    const texts = world.trino.asked.map(({ sql: text }) => text).join("\n");
    expect(texts).not.toContain("canary");
    const shopMade = [textOf(0), textOf(1)].find((text) => text.includes("shop_"));
    expect(shopMade).not.toContain("canary");
    const asked = world.trino.asked.find(({ sql: text }) => text === sql);
    const credential = String(asked?.headers["x-trino-extra-credential"]).split(",");
    expect(credential).toContain(`shop_${SUFFIX}.password=${encodeURIComponent(CANARY)}`);
  });

  it("that cannot be made are named with what they need, without their secrets", async () => {
    const sql = `SELECT * FROM lake_${SUFFIX}.a.b`;
    world.trino.answer("EXECUTE make_catalog", {
      error: {
        message: "CREATE CATALOG is not supported by the static catalog store",
        errorName: "NOT_SUPPORTED",
        errorType: "USER_ERROR",
      },
    });
    const failure = await world.run(sql).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "engine_failed" });
    const { message, hint } = failure as Failure;
    expect(message).toContain(`lake_${SUFFIX}`);
    expect(hint).toContain("connector.name=iceberg");
    expect(message + hint).not.toContain("canary");

    world.trino.answer("EXECUTE make_catalog", {
      error: { message: `bad '${CANARY}'`, errorName: "GENERIC_INTERNAL_ERROR", errorType: "INTERNAL_ERROR" },
    });
    const second = (await world.run(sql).catch((error: unknown) => error)) as Failure;
    expect(second.message).toContain("could not make the catalog lake");
    expect(second.message + String(second.cause)).not.toContain("canary");
  });

  it("that Trino lost by starting anew are made again", async () => {
    const sql = `SELECT * FROM lake_${SUFFIX}.a.b`;
    await world.run(sql);
    world.trino.answer(sql, {
      error: { message: "no catalog", errorName: "CATALOG_NOT_FOUND", errorType: "USER_ERROR" },
    });
    await expect(world.run(sql)).rejects.toMatchObject({ code: "invalid_input" });
    expect(made()).toHaveLength(2);
  });

  it("of connections that went are dropped, those of other workspaces are not", async () => {
    const names = [`old_${SUFFIX}`, `lake_${SUFFIX}`, "old_of_others", "system"];
    world.trino.answer("SHOW CATALOGS", {
      columns: [column("Catalog", "varchar")],
      data: names.map((name) => [name]),
    });
    await world.engine.parts.catalogs.prune(WORKSPACE, ["lake", "analytics"]);
    expect(world.statements()).toEqual([`DROP CATALOG "old_${SUFFIX}"`]);
  });
});

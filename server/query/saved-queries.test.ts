import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { memoryQueryEngines } from "../engines/memory/query-engines";
import { compactNames } from "./names/compact-names";
import { listNames } from "./names/list-names";
import { queryWorld, TABLE } from "./query-world";
import { getSaved } from "./saved/get-saved";
import { listSaved } from "./saved/list-saved";
import { listVersions } from "./saved/list-versions";
import { removeSaved } from "./saved/remove-saved";
import { restoreVersion } from "./saved/restore-version";
import { SaveQueryInput, saveQuery } from "./saved/save-query";

let world: Awaited<ReturnType<typeof queryWorld>>;
beforeEach(async () => {
  world = await queryWorld(memoryQueryEngines());
});
afterEach(() => world.close());

const save = (sql: string, more: object = {}, role: "analyst" | "viewer" | "engineer" = "analyst") =>
  saveQuery(world.as(role), SaveQueryInput.parse({ name: "Daily sales", sql, ...more }));
const get = (more: object = {}) => getSaved(world.as("viewer"), { name: "Daily sales", ...more });

describe("saved queries", () => {
  it("are kept in versions that never change, with their parameters and their chart", async () => {
    const parameters = [{ name: "day", type: "date", value: "2026-01-31" }];
    expect(await save("SELECT 1", { parameters, chart: { kind: "bar" } })).toEqual({
      ...{ name: "Daily sales", ref: "analytics.queries.Daily sales", version: 1, isNew: true },
    });
    expect(await save("SELECT 1", { parameters, chart: { kind: "bar" } })).toMatchObject({
      version: 1,
      isNew: false,
    });
    expect(await save("SELECT 2")).toMatchObject({ version: 2, isNew: true });
    expect(await get()).toMatchObject({ sql: "SELECT 2", version: 2, currentVersion: 2, chart: null });
    expect(await get({ version: 1 })).toMatchObject({
      sql: "SELECT 1",
      parameters,
      chart: { kind: "bar" },
      currentVersion: 2,
    });
    await expect(get({ version: 3 })).rejects.toMatchObject({ code: "not_found" });
    expect(await listSaved(world.as("viewer"))).toMatchObject([
      { name: "Daily sales", version: 2, excerpt: "SELECT 2" },
    ]);
    expect(
      (await listVersions(world.as("viewer"), { name: "Daily sales" })).map(({ version }) => version),
    ).toEqual([2, 1]);
    expect(world.audit.map(({ action }) => action)).toEqual(["saved_query.saved", "saved_query.saved"]);
  });

  it("tell who saved what meanwhile", async () => {
    await save("SELECT 1", { expectedVersion: 0 });
    await save("SELECT 2", { expectedVersion: 1 }, "engineer");
    await expect(save("SELECT 3", { expectedVersion: 1 })).rejects.toMatchObject({
      code: "conflict",
      message: "Daily sales has a newer version: Una engineer saved version 2 at 2026-06-01 00:00 UTC.",
    });
    await expect(save("SELECT 3", { expectedVersion: 0 })).rejects.toMatchObject({ code: "conflict" });
    await expect(save("SELECT 3", {}, "viewer")).rejects.toMatchObject({ code: "forbidden" });
  });

  it("are restored as a new version, also after they were removed, and never reuse a number", async () => {
    await save("SELECT 1");
    await save("SELECT 2");
    expect(await restoreVersion(world.as("analyst"), { name: "Daily sales", version: 1 })).toMatchObject({
      version: 3,
    });
    expect((await get()).sql).toBe("SELECT 1");
    const remove = (confirmation: string) =>
      removeSaved(world.as("analyst"), { name: "Daily sales", confirmation });
    await expect(remove("daily")).rejects.toMatchObject({
      code: "invalid_input",
      errors: [{ pointer: "/confirmation" }],
    });
    await remove("Daily sales");
    await expect(remove("Daily sales")).rejects.toMatchObject({ code: "not_found" });
    await expect(get()).rejects.toMatchObject({ code: "not_found" });
    expect(await get({ version: 2 })).toMatchObject({ sql: "SELECT 2", currentVersion: 0 });
    await expect(save("SELECT 9", { expectedVersion: 3 })).rejects.toMatchObject({ code: "conflict" });
    expect(await save("SELECT 9", { expectedVersion: 0 })).toMatchObject({ version: 4 });
  });

  it("have plain names, or whole ones of three parts", () => {
    const isName = (name: string) => SaveQueryInput.safeParse({ name, sql: "x" }).success;
    expect(["a", "Daily sales 2", "analytics.queries.x", "analytics.reports.y", "収益"].map(isName)).toEqual(
      Array(5).fill(true),
    );
    expect(["", "a.b", "a/b", "a.b.c.d", "x'--", "\u0000"].map(isName)).toEqual(Array(6).fill(false));
  });
});

describe("names to complete", () => {
  it("are sent once for each version", async () => {
    const names = await listNames(world.as("viewer"), {});
    expect(names).toMatchObject({
      columnNames: ["category"],
      types: ["varchar"],
      tables: [{ parts: TABLE.split("."), columns: [0, 0], rows: 10 }],
    });
    expect(await listNames(world.as("viewer"), { version: names?.version ?? "" })).toBeNull();
    expect(await listNames(world.as("viewer"), { version: "other" })).not.toBeNull();
  });

  it("hold each name and type once", () => {
    const table = (name: string, columns: [string, string][]) => ({
      parts: ["lake", "s", name] as [string, string, string],
      columns: columns.map(([column, type]) => ({ name: column, type })),
      ...{ rows: null, key: ["id"], foreignKeys: [] },
    });
    const compact = compactNames([
      table("a", [
        ["id", "bigint"],
        ["name", "varchar"],
      ]),
      table("b", [
        ["name", "varchar"],
        ["id", "varchar"],
      ]),
    ]);
    expect(compact.columnNames).toEqual(["id", "name"]);
    expect(compact.types).toEqual(["bigint", "varchar"]);
    expect(compact.tables.map(({ columns }) => columns)).toEqual([
      [0, 0, 1, 1],
      [1, 1, 0, 1],
    ]);
  });
});

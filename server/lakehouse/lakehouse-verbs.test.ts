import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { QueryEngine, TableLocation } from "../../domain/ports/query-engine";
import type { Cell } from "../../domain/ports/rows";
import type { Role } from "../../domain/workspaces/role";
import { memoryLake } from "../engines/memory/lake";
import { diffTable } from "./diff-table";
import { dropTable } from "./drop-table";
import { getTable } from "./get-table";
import { maintainTable } from "./maintain-table";
import { pinStatement } from "./pin-statement";
import { previewTable } from "./preview-table";
import { checkBranch } from "./refs/check-branch";
import { createBranch, createTag } from "./refs/create-ref";
import { dropBranch } from "./refs/drop-ref";
import { listFailingRows } from "./refs/list-failing-rows";
import { publishBranch } from "./refs/publish-branch";
import { rollBackTable } from "./roll-back-table";

const NAME = "lake.shop.orders";
const NOW = new Date("2024-06-01T00:00:00Z");

type Asked = { sql: string; tables: TableLocation[]; path?: string };

/** A lake with one table of three commits, and an engine that notes what it is asked and answers with `rows`. */
async function world(role: Role = "engineer") {
  const lake = memoryLake();
  const resultsDir = await mkdtemp(join(tmpdir(), "results-"));
  const asked: Asked[] = [];
  const answers: Cell[][][] = [];
  const audit: { action: string; target: string }[] = [];
  const queryEngine: QueryEngine = {
    rows: async (sql, { tables, limit }) => {
      asked.push({ sql, tables });
      const rows = answers.shift() ?? [];
      return {
        columns: [{ name: "id", type: "BIGINT" }],
        rows: rows.slice(0, limit),
        truncated: rows.length > limit,
      };
    },
    writeParquet: async (sql, path, { tables }) => {
      asked.push({ sql, tables, path });
      await writeFile(path, "PAR1");
      return { rowCount: 0, bytes: 4, columns: [] };
    },
    health: async () => ({ version: "0", detail: "" }),
    close: async () => undefined,
  };
  const ids: string[] = [];
  const put = async (key: string, more: { branch?: string; mode?: "append" } = {}) => {
    lake.write(await lake.stage("w", NAME, key), 10);
    const commit = { name: NAME, writtenBy: "test", kind: "run", idempotencyKey: key, ...more };
    ids.push((await lake.commit("w", commit)).snapshotId ?? "");
  };
  await put("a");
  await put("b", { mode: "append" });
  await put("c", { branch: "audit", mode: "append" });
  const scope = {
    workspace: { id: "w", slug: "w", name: "W" },
    role,
    actor: { id: "u", name: "Una" },
    clock: { now: () => NOW },
    tableCatalog: lake,
    lakeAdmin: lake,
    queryEngine,
    resultsDir,
    db: {
      auditEntry: {
        create: async ({ data }: { data: { action: string; target: string } }) =>
          void audit.push({ action: data.action, target: data.target }),
      },
    },
  };
  // The database is asked for nothing but the audit log.
  return {
    lake,
    scope: scope as unknown as Parameters<typeof publishBranch>[0],
    asked,
    answers,
    audit,
    ids,
    put,
    resultsDir,
  };
}

describe("the verbs of the lakehouse", () => {
  let made: Awaited<ReturnType<typeof world>>;
  beforeEach(async () => {
    made = await world();
  });
  afterEach(() => rm(made.resultsDir, { recursive: true, force: true }));

  it("shows a table with what readers saw since when", async () => {
    const table = await getTable(made.scope, { name: NAME });
    expect(table).toMatchObject({ name: NAME, rowCount: 20, refs: [{ name: "main" }, { name: "audit" }] });
    expect(table.history.map(({ snapshotId }) => snapshotId)).toEqual(made.ids.slice(0, 2));
  });

  it("previews a table as it is, as a snapshot, as a branch and as of a time", async () => {
    const [a, b, c] = made.ids;
    const at = (given: object) => previewTable(made.scope, { name: NAME, limit: 5, offset: 10, ...given });
    await at({});
    await at({ snapshotId: a });
    await at({ ref: "audit" });
    const [first] = (await getTable(made.scope, { name: NAME })).history;
    await at({ asOf: first?.at.toISOString() });
    expect(made.asked.map(({ tables }) => tables[0])).toMatchObject(
      [b, a, c, a].map((snapshotId) => ({ name: NAME, snapshotId })),
    );
    expect(made.asked[0]?.sql).toBe('SELECT * FROM "lake"."shop"."orders" LIMIT 6 OFFSET 10');
    await expect(at({ snapshotId: a, ref: "audit" })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(at({ asOf: "yesterday" })).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("says where the next page of a preview begins", async () => {
    made.answers.push([[1], [2], [3]]);
    const page = await previewTable(made.scope, { name: NAME, limit: 2, offset: 4 });
    expect(page).toMatchObject({ rows: [[1], [2]], nextOffset: 6 });
  });

  it("compares two snapshots by the files that they do not share, once", async () => {
    const [from = "", to = ""] = made.ids;
    made.answers.push([[10, 0, 0, 0]], [["added", "", null, "x"]]);
    const diff = await diffTable(made.scope, { name: NAME, from, to, limit: 1 });
    const written = made.asked.find(({ path }) => path !== undefined);
    expect(written?.tables.map((table) => ("onlyFiles" in table ? table.onlyFiles?.length : null))).toEqual([
      0, 1,
    ]);
    expect(diff).toMatchObject({
      from: { snapshotId: from, totalRows: 10 },
      to: { snapshotId: to, totalRows: 20 },
      key: [],
      counts: { added: 10, removed: 0, changed: 0 },
      items: [{ kind: "added", changed: [], before: null, after: ["x"] }],
      filesRead: 1,
    });
    await diffTable(made.scope, { name: NAME, from, to: "main", limit: 1, cursor: "1" });
    expect(made.asked.filter(({ path }) => path !== undefined)).toHaveLength(1);
  });

  it("refuses a key that is not one", async () => {
    const [from = "", to = ""] = made.ids;
    const diff = (key: string) => diffTable(made.scope, { name: NAME, from, to, key, limit: 1 });
    await expect(diff("nothing")).rejects.toMatchObject({ errors: [{ pointer: "/key" }] });
    made.answers.push([[3]]);
    await expect(diff("category")).rejects.toMatchObject({
      code: "invalid_input",
      message: /3 of its values/,
    });
    expect(made.asked.filter(({ path }) => path !== undefined)).toHaveLength(0);
  });

  it("publishes a branch whose check finds nothing, as it was checked", async () => {
    made.answers.push([[0]]);
    const moved = await publishBranch(made.scope, {
      name: NAME,
      branch: "audit",
      check: "SELECT * FROM lake.shop.orders",
    });
    expect(moved.snapshotId).toBe(made.ids[2]);
    expect(made.asked[0]?.tables[0]).toMatchObject({ name: NAME, snapshotId: made.ids[2] });
    expect(await made.lake.find("w", NAME)).toMatchObject({ rowCount: 30 });
    expect(made.audit).toEqual([{ action: "table.branch_published", target: NAME }]);
  });

  it("refuses to publish where rows fail the check, and links them", async () => {
    const check = "SELECT * FROM lake.shop.orders";
    made.answers.push([[2]], [[1], [2]]);
    const publishing = publishBranch(made.scope, { name: NAME, branch: "audit", check });
    const hint = await publishing.then(
      () => "",
      (failure: { code: string; hint: string }) => `${failure.code} ${failure.hint}`,
    );
    const [, checkId = ""] = /^conflict See them at .*\/checks\/([0-9a-f]{32})\.$/.exec(hint) ?? [];
    expect(await made.lake.find("w", NAME)).toMatchObject({ rowCount: 20 });
    expect(made.audit).toEqual([{ action: "table.publication_refused", target: NAME }]);
    made.answers.push([[1], [2]]);
    const failing = await listFailingRows(made.scope, { name: NAME, checkId, limit: 10, offset: 0 });
    expect(failing).toMatchObject({ rows: [[1], [2]], nextOffset: null });
    const other = { ...made.scope, workspace: { id: "other", slug: "o", name: "O" } };
    const elsewhere = listFailingRows(other, { name: NAME, checkId, limit: 10, offset: 0 });
    await expect(elsewhere).rejects.toMatchObject({ code: "not_found" });
  });

  it("does not publish what landed on the branch while it was checked", async () => {
    const { queryEngine } = made.scope;
    const rows = queryEngine.rows.bind(queryEngine);
    let isFirst = true;
    queryEngine.rows = async (sql, options) => {
      if (isFirst) await made.put("late", { branch: "audit", mode: "append" });
      isFirst = false;
      return rows(sql, options);
    };
    made.answers.push([[0]]);
    const publishing = publishBranch(made.scope, { name: NAME, branch: "audit", check: "SELECT 1" });
    await expect(publishing).rejects.toMatchObject({ code: "conflict" });
  });

  it("writes every change to the audit log", async () => {
    const [first = ""] = made.ids;
    await rollBackTable(made.scope, { name: NAME, snapshotId: first });
    await createTag(made.scope, { name: NAME, tag: "golden" });
    await createBranch(made.scope, { name: NAME, branch: "try" });
    await dropBranch(made.scope, { name: NAME, branch: "try" });
    await maintainTable(made.scope, { name: NAME, action: "compact", dryRun: false });
    await dropTable(made.scope, { name: NAME });
    expect(made.audit.map(({ action }) => action)).toEqual([
      "table.rolled_back",
      "table.tag_created",
      "table.branch_created",
      "table.branch_dropped",
      "table.compact",
      "table.dropped",
    ]);
  });

  it("changes nothing for a plan", async () => {
    const plan = await maintainTable(made.scope, { name: NAME, action: "compact", dryRun: true });
    expect(plan).toMatchObject({ filesIn: 2, filesOut: 1, executed: false, snapshotId: null });
    expect(plan.words).toMatch(/^2 files .* become 1 file/);
    expect(await made.lake.find("w", NAME)).toMatchObject({ fileCount: 2 });
    expect(made.audit).toEqual([]);
  });

  it("lets those who only read change nothing", async () => {
    const scope = { ...made.scope, role: "analyst" as const };
    const [snapshotId = ""] = made.ids;
    const forbidden = { code: "forbidden" };
    await expect(rollBackTable(scope, { name: NAME, snapshotId })).rejects.toMatchObject(forbidden);
    await expect(publishBranch(scope, { name: NAME, branch: "audit" })).rejects.toMatchObject(forbidden);
    await expect(dropTable(scope, { name: NAME })).rejects.toMatchObject(forbidden);
    const viewer = { ...made.scope, role: "viewer" as const };
    const check = checkBranch(viewer, { name: NAME, branch: "audit", sql: "SELECT 1" });
    await expect(check).rejects.toMatchObject(forbidden);
  });
});

describe("pinStatement", () => {
  const pin = async (sql: string) => {
    const made = await world();
    await rm(made.resultsDir, { recursive: true });
    return { ...(await pinStatement(made.scope, { sql, workspaceId: "w", now: NOW })), ids: made.ids };
  };

  it("pins every table to what it holds now", async () => {
    const { sql, tables, ids } = await pin("SELECT * FROM lake.shop.orders");
    expect(sql).toBe("SELECT * FROM lake.shop.orders");
    expect(tables).toMatchObject([{ name: NAME, snapshotId: ids[1] }]);
  });

  it("reads moments of a table beside its present, by two-part names too", async () => {
    const { sql, tables, ids } = await pin(
      "SELECT orders.id FROM lake.shop.orders FOR VERSION AS OF 'audit' JOIN Shop.Orders FOR TIMESTAMP AS OF now() p USING (id) JOIN lake.shop.orders q USING (id)",
    );
    expect(sql).toBe(
      "SELECT orders.id FROM time_travel.moment_0.orders JOIN time_travel.moment_1.orders p USING (id) JOIN lake.shop.orders q USING (id)",
    );
    expect(tables).toMatchObject([
      { name: NAME, snapshotId: ids[1] },
      { name: "time_travel.moment_0.orders", snapshotId: ids[2] },
      { name: "time_travel.moment_1.orders", snapshotId: ids[1] },
    ]);
  });

  it.each([
    ["SELECT *\nFROM lake.shop.orders FOR VERSION AS OF x", "invalid_input", /^Line 2: /],
    ["SELECT * FROM lake.shop.nothing FOR VERSION AS OF 1", "not_found", /no table/],
    ["SELECT * FROM orders FOR VERSION AS OF 1", "not_found", /no table/],
    ["SELECT * FROM lake.shop.orders FOR VERSION AS OF 'nowhere'", "not_found", /no branch or tag/],
    ["SELECT * FROM lake.shop.orders FOR TIMESTAMP AS OF DATE '1999-01-01'", "not_found", /held nothing/],
  ])("refuses %s", async (sql, code, message) => {
    await expect(pin(sql)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});

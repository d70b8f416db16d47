import { beforeEach, describe, expect, it } from "vitest";
import { Failure } from "../../domain/shared/failure";
import { publishDataSet } from "./acts/publish-data-set";
import { undoPublication } from "./acts/undo-publication";
import { getDashboard, getReport } from "./contents/get-content";
import { previewBlock, runBlock } from "./contents/run-block";
import { saveDashboard, saveReport } from "./contents/save-content";
import type { DataSetScope } from "./data-set-scope";
import { dataSetWorld, MODEL, TABLE } from "./data-set-world";
import { getDataSet } from "./get-data-set";
import { PUBLISHED_ALIAS } from "./kinds/model-kind";
import { listDataSets } from "./list-data-sets";
import { setOwner } from "./set-owner";

const CONTENT = {
  title: "Sales",
  blocks: [
    { type: "text" as const, markdown: "# Sales" },
    { type: "query" as const, title: "All", sql: "SELECT * FROM shop.orders" },
  ],
};
const REPORT = { name: "sales", kind: "report" as const };

describe("data sets", () => {
  let world: Awaited<ReturnType<typeof dataSetWorld>>;
  let viewer: DataSetScope;
  let analyst: DataSetScope;
  let engineer: DataSetScope;
  beforeEach(async () => {
    world = await dataSetWorld();
    viewer = world.as("viewer");
    analyst = world.as("analyst");
    engineer = world.as("engineer");
  });

  const save = (title = "Sales", baseVersion?: number) =>
    saveReport(analyst, { name: "sales", content: { ...CONTENT, title }, baseVersion });
  const publish = (input: Partial<Parameters<typeof publishDataSet>[1]> & { name: string }) =>
    publishDataSet(engineer, { note: "", ...input });
  const undo = (input: Partial<Parameters<typeof undoPublication>[1]> & { name: string }) =>
    undoPublication(engineer, { note: "", ...input });
  const rowsOf = async () => (await world.lake.describe("w", TABLE)).rowCount;
  const mainOf = async () => (await world.lake.describe("w", TABLE)).snapshotId;

  it("have one record, whatever they are", async () => {
    await save();
    await saveDashboard(analyst, {
      name: "board",
      content: { title: "Board", items: [{ report: "sales", width: "full" }] },
    });
    const { items } = await listDataSets(engineer, {});
    expect(items.map(({ kind, name, state }) => [kind, name, state]).sort()).toEqual([
      ["dashboard", "board", "draft"],
      ["model", MODEL, "draft"],
      ["report", "sales", "draft"],
      ["table", TABLE, "published"],
    ]);
    expect(items.find(({ kind }) => kind === "report")).toMatchObject({
      title: "Sales",
      owner: "Una (analyst)",
      currentVersion: "1",
      publishedVersion: null,
    });
    expect((await listDataSets(engineer, { q: "ORD" })).items.map(({ name }) => name)).toEqual([TABLE]);
    expect((await listDataSets(engineer, { kind: "model" })).items.map(({ name }) => name)).toEqual([MODEL]);
  });

  it("say what they were made from", async () => {
    await save();
    const inputs = async (name: string) =>
      (await getDataSet(analyst, { name })).inputs.map(({ kind, label }) => [kind, label]);
    expect(await inputs(TABLE)).toEqual([["run", "demand_forecast #3"]]);
    expect(await inputs(MODEL)).toEqual([
      ["run", "demand_forecast #3"],
      ["tracked_run", "run-2"],
      ["table", TABLE],
    ]);
    expect(await inputs("sales")).toEqual([["table", TABLE]]);
  });

  it("publish a branch of a table, say who did, and undo it", async () => {
    const made = await publish({ name: TABLE, branch: "audit", note: "checked" });
    expect(made.publication).toMatchObject({
      act: "publish",
      version: world.branch,
      previousVersion: world.main,
      branch: "audit",
      note: "checked",
      status: "done",
      by: "Una (engineer)",
    });
    expect(await mainOf()).toBe(world.branch);
    expect(await getDataSet(viewer, { name: TABLE })).toMatchObject({
      publishedVersion: world.branch,
      publishedBy: "Una (engineer)",
      standing: { version: world.branch },
    });
    const { publication, publishedVersion } = await undo({ name: TABLE });
    expect([publishedVersion, publication?.undoes]).toEqual([world.main, made.publication?.id]);
    expect(await rowsOf()).toBe(10);
    const undone = { publishedVersion: world.main, publishedBy: "Una (engineer)", state: "published" };
    expect((await listDataSets(viewer, { kind: "table" })).items).toMatchObject([undone]);
    expect(await getDataSet(viewer, { name: TABLE })).toMatchObject({
      ...undone,
      versions: [{ version: world.branch }, { version: world.main }],
    });
    expect((await getDataSet(viewer, { name: TABLE })).publications.map(({ act }) => act)).toEqual([
      "undo",
      "publish",
    ]);
    await expect(undo({ name: TABLE })).rejects.toMatchObject({ code: "conflict" });
    expect((await publish({ name: TABLE, version: world.branch })).publishedVersion).toBe(world.branch);
    expect(await rowsOf()).toBe(20);
    await undo({ name: TABLE });
    expect(await rowsOf()).toBe(10);
  });

  it("undo one publication of a table after the other", async () => {
    await publish({ name: TABLE, branch: "audit" });
    await world.lake.createRef("w", TABLE, { type: "branch", name: "next", writtenBy: "test" });
    await world.put("d", { branch: "next", mode: "append" });
    await publish({ name: TABLE, branch: "next" });
    expect(await rowsOf()).toBe(30);
    await undo({ name: TABLE });
    expect(await rowsOf()).toBe(20);
    await undo({ name: TABLE });
    expect(await rowsOf()).toBe(10);
  });

  it("do not go forward to a version over what was written since", async () => {
    await publish({ name: TABLE, branch: "audit" });
    await undo({ name: TABLE });
    await world.put("c", { mode: "append" });
    await expect(publish({ name: TABLE, branch: "audit" })).rejects.toMatchObject({ code: "conflict" });
    expect(await rowsOf()).toBe(20);
  });

  it("hide no rows that were written to a table since it was published", async () => {
    await publish({ name: TABLE, branch: "audit" });
    const newer = await world.put("c", { mode: "append" });
    await expect(undo({ name: TABLE })).rejects.toMatchObject({ code: "conflict" });
    expect(await mainOf()).toBe(newer);
    expect((await getDataSet(viewer, { name: TABLE })).publications).toHaveLength(1);
    expect((await getDataSet(viewer, { name: TABLE })).publishedBy).toBe("demand_forecast #3");
  });

  it("publish a model by its alias, and undo it to none", async () => {
    await publish({ name: MODEL, version: "1" });
    await publish({ name: MODEL, version: "2" });
    const alias = async () => (await world.tracker.aliased(PUBLISHED_ALIAS))[MODEL];
    expect(await alias()).toBe("2");
    await undo({ name: MODEL });
    expect(await alias()).toBe("1");
    expect((await getDataSet(viewer, { name: MODEL })).state).toBe("changed");
    await undo({ name: MODEL });
    expect(await alias()).toBeUndefined();
    await expect(publish({ name: MODEL, version: "9" })).rejects.toMatchObject({ code: "not_found" });
  });

  it("do not show or move a model of another workspace", async () => {
    await expect(publish({ name: "theirs", kind: "model", version: "1" })).rejects.toMatchObject({
      code: "not_found",
    });
    expect((await listDataSets(engineer, {})).items.some(({ name }) => name === "theirs")).toBe(false);
    const run = world.tracker.addRun({ experimentId: "1" });
    world.tracker.addModelVersion({
      name: MODEL,
      version: "3",
      runId: run.id,
      tags: { "benchwright.run_id": "elsewhere" },
    });
    await world.tracker.setAlias(MODEL, PUBLISHED_ALIAS, "3");
    expect((await getDataSet(engineer, { name: MODEL })).publishedVersion).toBeNull();
    await expect(publish({ name: MODEL, version: "1" })).rejects.toMatchObject({ code: "conflict" });
  });

  it("show a report to viewers once it is published, as it was then", async () => {
    await save("one");
    await expect(getReport(viewer, { name: "sales" })).rejects.toMatchObject({ code: "not_found" });
    await expect(getDataSet(viewer, { name: "sales" })).rejects.toMatchObject({ code: "not_found" });
    await expect(runBlock(viewer, { name: "sales", version: 1, block: 1 })).rejects.toMatchObject({
      code: "not_found",
    });
    await publish({ ...REPORT, version: "1" });
    await save("two");
    expect((await getReport(viewer, { name: "sales" })).content.title).toBe("one");
    await expect(getReport(viewer, { name: "sales", version: 2 })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await getDataSet(viewer, REPORT)).toMatchObject({
      currentVersion: "1",
      versions: [{ version: "1" }],
    });
    expect((await listDataSets(viewer, { kind: "report" })).items).toMatchObject([
      { title: "one", state: "published" },
    ]);
    expect((await getReport(analyst, { name: "sales", version: 2 })).content.title).toBe("two");
    await publish({ ...REPORT, version: "2" });
    expect((await getReport(viewer, { name: "sales" })).content.title).toBe("two");
    await undo(REPORT);
    expect((await getReport(viewer, { name: "sales" })).content.title).toBe("one");
    await undo(REPORT);
    await expect(getReport(viewer, { name: "sales" })).rejects.toMatchObject({ code: "not_found" });
  });

  it("pass over no version that somebody saved meanwhile", async () => {
    await save("one", 0);
    await save("two", 1);
    await expect(save("three", 1)).rejects.toMatchObject({ code: "conflict" });
    expect((await getDataSet(analyst, REPORT)).versions).toHaveLength(2);
  });

  it("run a query of a report over pinned tables and say which", async () => {
    await save();
    await publish({ ...REPORT, version: "1" });
    world.answers.push([[1], [2]]);
    const answer = await runBlock(viewer, { name: "sales", block: 1 });
    expect(answer).toMatchObject({
      rows: [[1], [2]],
      truncated: false,
      tables: [{ name: TABLE, snapshotId: world.main }],
    });
    expect(world.asked[0]).toMatchObject({
      limit: 10_000,
      tables: [{ name: TABLE, snapshotId: world.main }],
    });
    await expect(runBlock(viewer, { name: "sales", block: 0 })).rejects.toMatchObject({ code: "not_found" });
    await previewBlock(analyst, { sql: `SELECT 1 FROM ${TABLE} FOR VERSION AS OF '${"audit"}'` });
    expect(world.asked[1]?.tables).toEqual(
      expect.arrayContaining([expect.objectContaining({ snapshotId: world.branch })]),
    );
  });

  it("are published by engineers, drafted by analysts and seen by viewers", async () => {
    await save();
    const refused = { code: "forbidden" };
    const act = { ...REPORT, note: "" };
    await expect(publishDataSet(analyst, { ...act, version: "1" })).rejects.toMatchObject(refused);
    await expect(undoPublication(analyst, act)).rejects.toMatchObject(refused);
    await expect(setOwner(analyst, { ...REPORT, owner: "x" })).rejects.toMatchObject(refused);
    await expect(saveReport(viewer, { name: "x", content: CONTENT })).rejects.toMatchObject(refused);
    await expect(previewBlock(viewer, { sql: "SELECT 1" })).rejects.toMatchObject(refused);
    await expect(
      saveDashboard(viewer, { name: "x", content: { title: "X", items: [] } }),
    ).rejects.toMatchObject(refused);
    await expect(getDashboard(viewer, { name: "x" })).rejects.toMatchObject({ code: "not_found" });
  });

  it("are published once where the same request comes twice", async () => {
    await save("one");
    await save("two");
    await publish({ ...REPORT, version: "1" });
    const first = await publish({ ...REPORT, version: "2", idempotencyKey: "k" });
    const again = await publish({ ...REPORT, version: "2", idempotencyKey: "k" });
    expect(again.publication?.id).toBe(first.publication?.id);
    expect((await publish({ ...REPORT, version: "2" })).publication).toBeNull();
    await undo({ ...REPORT, idempotencyKey: "u" });
    await undo({ ...REPORT, idempotencyKey: "u" });
    expect((await getDataSet(viewer, REPORT)).publishedVersion).toBe("1");
    await expect(undo({ ...REPORT, publicationId: first.publication?.id })).rejects.toMatchObject({
      code: "conflict",
    });
    expect((await getDataSet(viewer, REPORT)).publications).toHaveLength(3);
  });

  it("have an owner that can be named and taken away", async () => {
    await setOwner(engineer, { name: TABLE, owner: "Data team" });
    expect((await getDataSet(viewer, { name: TABLE })).owner).toBe("Data team");
    await setOwner(engineer, { name: TABLE, owner: null });
    expect((await getDataSet(viewer, { name: TABLE })).owner).toBeNull();
    expect(world.audit).toContainEqual({ action: "data_set.owner_set", target: TABLE });
  });

  it("ask which is meant where two have one name", async () => {
    await save();
    await saveDashboard(analyst, { name: "sales", content: { title: "S", items: [] } });
    await expect(getDataSet(analyst, { name: "sales" })).rejects.toMatchObject({ code: "invalid_input" });
    expect((await getDataSet(analyst, REPORT)).kind).toBe("report");
  });

  it("leave out what has no engine, and say so", async () => {
    const tracker = {
      registeredVersions: async () => {
        throw new Failure("engine_unavailable", "MLflow is away.");
      },
      aliased: async () => ({}),
    } as unknown as DataSetScope["tracker"];
    const { items, unavailable } = await listDataSets(world.as("viewer", { tracker }), {});
    expect(items.map(({ kind }) => kind)).toEqual(["table"]);
    expect(unavailable).toEqual([{ kind: "model", message: "MLflow is away." }]);
  });

  it("writes nothing down for an act that was refused", async () => {
    await world.put("c", { mode: "append" });
    await expect(publish({ name: TABLE, branch: "audit" })).rejects.toMatchObject({ code: "conflict" });
    expect((await getDataSet(viewer, { name: TABLE })).publications).toEqual([]);
  });
});

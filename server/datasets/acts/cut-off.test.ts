import { beforeEach, describe, expect, it } from "vitest";
import { getReport } from "../contents/get-content";
import { saveReport } from "../contents/save-content";
import type { DataSetScope } from "../data-set-scope";
import { dataSetWorld, MODEL, TABLE } from "../data-set-world";
import { getDataSet } from "../get-data-set";
import { listDataSets } from "../list-data-sets";
import { publishDataSet } from "./publish-data-set";
import { ACT_LIMIT_MS } from "./settle-intents";
import { undoPublication } from "./undo-publication";

const REPORT = { name: "sales", kind: "report" as const };

describe("a publication whose process is cut off", () => {
  let world: Awaited<ReturnType<typeof dataSetWorld>>;
  let viewer: DataSetScope;
  beforeEach(async () => {
    world = await dataSetWorld();
    viewer = world.as("viewer");
  });
  const publish = (input: Partial<Parameters<typeof publishDataSet>[1]> & { name: string }) =>
    publishDataSet(world.as("engineer"), { note: "", ...input });

  /** A store whose process ends when it is to say how the act ended. */
  const cutAfterAct = (): DataSetScope =>
    world.as("engineer", {
      store: { ...world.store, settle: async () => Promise.reject(new Error("killed")) },
    });
  const cutBeforeAct = (): DataSetScope => {
    const killed = async () => Promise.reject(new Error("killed"));
    const tracker = Object.assign(Object.create(world.tracker), { setAlias: killed });
    const lakeAdmin = { ...world.lake, publish: killed, rollback: killed };
    return world.as("engineer", { tracker, lakeAdmin });
  };
  const cases = [
    { name: TABLE, wanted: { branch: "audit" } },
    { name: MODEL, wanted: { version: "2" } },
  ];

  it.each(cases)("after the act on $name, its record says that it took place", async ({ name, wanted }) => {
    const cut = publishDataSet(cutAfterAct(), { name, note: "", ...wanted, idempotencyKey: "k" });
    await expect(cut).rejects.toThrow("killed");
    const [listed] = (await listDataSets(viewer, { q: name })).items;
    expect(listed).toMatchObject({ state: "published", publishedBy: "Una (engineer)" });
    const seen = await getDataSet(viewer, { name });
    expect(seen.publications).toMatchObject([{ status: "done", by: "Una (engineer)" }]);
    expect(seen.publishedVersion).toBe(seen.publications[0]?.version);
    const again = await publish({ name, ...wanted, idempotencyKey: "k" });
    expect(again.publication?.id).toBe(seen.publications[0]?.id);
    expect((await getDataSet(viewer, { name })).publications).toHaveLength(1);
  });

  it.each(cases)("after the undo of a publication of $name, its record says so", async ({ name, wanted }) => {
    await publish({ name, ...wanted });
    const before = (await getDataSet(viewer, { name })).standing?.previousVersion ?? null;
    await expect(undoPublication(cutAfterAct(), { name, note: "" })).rejects.toThrow("killed");
    expect(await getDataSet(viewer, { name })).toMatchObject({
      publishedVersion: before,
      standing: null,
      publications: [
        { act: "undo", status: "done" },
        { act: "publish", status: "done" },
      ],
    });
  });

  it("knows a table's publication after a sync has written on", async () => {
    await expect(publishDataSet(cutAfterAct(), { name: TABLE, note: "", branch: "audit" })).rejects.toThrow(
      "killed",
    );
    // The lake's clock begins in 2024.
    const held = (await world.store.intendedPublications("w"))[0];
    if (held !== undefined) held.at = new Date("2024-01-01T00:00:00Z");
    world.time.now = new Date("2026-06-02T00:00:00Z");
    const store = { ...world.store, publications: async () => (held === undefined ? [] : [held]) };
    await world.put("c", { mode: "append" });
    await getDataSet(world.as("viewer", { store }), { name: TABLE });
    expect((await world.store.publication("w", held?.id ?? ""))?.status).toBe("done");
  });

  it.each(cases)("before the act on $name, nothing says that it took place", async ({ name, wanted }) => {
    const before = (await getDataSet(viewer, { name })).publishedVersion;
    await expect(
      publishDataSet(cutBeforeAct(), { name, note: "", ...wanted, idempotencyKey: "k" }),
    ).rejects.toThrow("killed");
    const seen = await getDataSet(viewer, { name });
    expect(seen).toMatchObject({ publishedVersion: before, standing: null });
    expect(seen.publications).toMatchObject([{ status: "intended" }]);
    await expect(publish({ name, ...wanted })).rejects.toMatchObject({ code: "conflict", retryable: true });
    world.time.now = new Date(world.time.now.getTime() + ACT_LIMIT_MS + 1);
    expect((await getDataSet(viewer, { name })).publications).toEqual([]);
    const again = await publish({ name, ...wanted, idempotencyKey: "k" });
    expect(again.publication).toMatchObject({ status: "done" });
    expect((await getDataSet(viewer, { name })).publications).toHaveLength(1);
  });

  it("while a report is published, its viewers see the version before", async () => {
    await saveReport(world.as("analyst"), { name: "sales", content: { title: "one", blocks: [] } });
    await expect(publishDataSet(cutAfterAct(), { ...REPORT, note: "", version: "1" })).rejects.toThrow(
      "killed",
    );
    await expect(getReport(viewer, { name: "sales" })).rejects.toMatchObject({ code: "not_found" });
    world.time.now = new Date(world.time.now.getTime() + ACT_LIMIT_MS + 1);
    await publish({ ...REPORT, version: "1" });
    expect((await getReport(viewer, { name: "sales" })).version).toBe(1);
    expect((await getDataSet(viewer, REPORT)).publications).toHaveLength(1);
  });
});

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scratchDatabase } from "../db/scratch-database";
import type { DataSetStore, HeldPublication } from "./data-set-store";
import { memoryDataSetStore } from "./memory-store";
import { prismaDataSetStore } from "./store";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const serverUrl = process.env.CONTRACT_DATABASE_URL ?? "";

const at = new Date("2026-01-02T03:04:05Z");
const report = { kind: "report", name: "sales" } as const;

const intent = (more: Partial<HeldPublication> = {}): HeldPublication => ({
  ...report,
  id: randomUUID(),
  act: "publish",
  version: "1",
  previousVersion: null,
  branch: null,
  undoes: null,
  note: "checked",
  status: "intended",
  by: "Ann",
  actor: "u1",
  at,
  ...more,
});

/** What every store of this room promises; each case has a workspace of its own. */
function dataSetStoreContract(open: () => Promise<DataSetStore>) {
  let store: DataSetStore;
  beforeAll(async () => {
    store = await open();
  });

  it("keeps one owner of each, until it is taken away", async () => {
    const w = randomUUID();
    await store.setOwner(w, report, "Ann", "Bo", at);
    await store.setOwner(w, report, "Cy", "Bo", at);
    await store.setOwner(w, { ...report, kind: "dashboard" }, "Di", "Bo", at);
    expect((await store.owners(w)).map(({ kind, owner }) => [kind, owner]).sort()).toEqual([
      ["dashboard", "Di"],
      ["report", "Cy"],
    ]);
    await store.setOwner(w, report, null, "Bo", at);
    expect(await store.owners(w)).toHaveLength(1);
    expect(await store.owners(randomUUID())).toEqual([]);
  });

  it("counts versions up and makes none for equal content", async () => {
    const w = randomUUID();
    const save = (title: string, baseVersion?: number) =>
      store.saveContent(w, { ...report, content: { title, blocks: [] }, baseVersion, by: "Ann", at });
    expect(await save("one")).toEqual({ version: 1, isNew: true });
    expect(await save("one", 0)).toEqual({ version: 1, isNew: false });
    expect(await save("two", 1)).toEqual({ version: 2, isNew: true });
    await expect(save("three", 1)).rejects.toMatchObject({ code: "conflict" });
    await expect(save("three", 0)).rejects.toMatchObject({ code: "conflict" });
    expect(await save("three")).toEqual({ version: 3, isNew: true });
    expect(await store.content(w, "report", "sales", 1)).toMatchObject({
      content: { title: "one" },
      by: "Ann",
      at,
    });
    expect(await store.content(w, "report", "sales")).toMatchObject({ version: 3 });
    expect(await store.content(w, "report", "sales", 9)).toBeNull();
    expect(await store.content(w, "dashboard", "sales")).toBeNull();
    expect(await store.newestContents(w, "report")).toMatchObject([{ name: "sales", version: 3 }]);
    expect((await store.contentVersions(w, "report", "sales")).map(({ version }) => version)).toEqual([
      "3",
      "2",
      "1",
    ]);
  });

  it("lets one of many savers of one base win", async () => {
    const w = randomUUID();
    const saves = await Promise.allSettled(
      ["a", "b", "c", "d"].map((title) =>
        store.saveContent(w, { ...report, content: { title }, baseVersion: 0, by: title, at }),
      ),
    );
    expect(saves.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await store.contentVersions(w, "report", "sales")).toHaveLength(1);
  });

  it("lets one of many publications that saw the same begin", async () => {
    const w = randomUUID();
    const begun = await Promise.all([1, 2, 3, 4].map(() => store.begin(w, intent(), null)));
    expect(begun.filter(Boolean)).toHaveLength(1);
    expect(await store.intendedPublications(w)).toHaveLength(1);
    expect(await store.latestPublications(w)).toEqual([]);
  });

  it("settles once, and tells what took place, in its order", async () => {
    const w = randomUUID();
    const first = intent();
    expect(await store.begin(w, first, null)).toBe(true);
    expect(await store.settle(w, first, "done", at)).toBe(true);
    expect(await store.settle(w, first, "void", at)).toBe(false);
    const second = intent({ version: "2", previousVersion: "1" });
    expect(await store.begin(w, second, null)).toBe(false);
    expect(await store.begin(w, second, first.id)).toBe(true);
    expect((await store.publications(w, report)).map(({ id, status }) => [id, status])).toEqual([
      [first.id, "done"],
      [second.id, "intended"],
    ]);
    expect(await store.settle(w, second, "void", at)).toBe(true);
    expect(await store.publications(w, report)).toEqual([{ ...first, status: "done" }]);
    expect(await store.latestPublications(w)).toEqual([{ ...first, status: "done" }]);
    expect(await store.publication(w, second.id)).toMatchObject({ isVoid: true });
    expect(await store.publication(randomUUID(), first.id)).toBeNull();
  });

  it("believes an act that took place late", async () => {
    const w = randomUUID();
    const late = intent();
    await store.begin(w, late, null);
    expect(await store.settle(w, late, "void", at)).toBe(true);
    expect(await store.settle(w, late, "void", at)).toBe(false);
    expect(await store.settle(w, late, "done", at)).toBe(true);
    expect(await store.publications(w, report)).toEqual([{ ...late, status: "done" }]);
  });

  it("takes up again what had not taken place", async () => {
    const w = randomUUID();
    const wanted = intent();
    await store.begin(w, wanted, null);
    await store.settle(w, wanted, "void", at);
    expect(await store.begin(w, wanted, null)).toBe(true);
    expect(await store.intendedPublications(w)).toEqual([wanted]);
  });
}

describe("the data set store in memory", () => dataSetStoreContract(async () => memoryDataSetStore()));

describe.skipIf(serverUrl === "")("the data set store, on PostgreSQL (CONTRACT_DATABASE_URL)", () => {
  let scratch: Awaited<ReturnType<typeof scratchDatabase>>;
  afterAll(() => scratch?.drop());
  dataSetStoreContract(async () => {
    scratch = await scratchDatabase(serverUrl);
    return prismaDataSetStore(scratch.db);
  });

  it("writes what took place to the audit log, once", async () => {
    const w = randomUUID();
    const store = prismaDataSetStore(scratch.db);
    const wanted = intent();
    await store.begin(w, wanted, null);
    await store.settle(w, wanted, "done", at);
    await store.settle(w, wanted, "done", at);
    expect(await scratch.db.auditEntry.findMany({ where: { workspaceId: w } })).toMatchObject([
      {
        actor: "u1",
        actorName: "Ann",
        action: "data_set.published",
        target: "sales",
        detail: { version: "1" },
      },
    ]);
  });
});

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parsePipeline } from "../../../domain/pipelines/document/parse-pipeline";
import { scratchDatabase } from "../../db/scratch-database";
import { prismaPipelineStore } from "../store";
import { prismaDraftStore } from "./draft-rows";
import type { DraftStore } from "./draft-store";
import { memoryDraftStore } from "./memory-draft-store";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const serverUrl = process.env.CONTRACT_DATABASE_URL ?? "";
const by = { by: "Ann", at: new Date("2026-01-02T03:04:05Z") };
const version = { note: null, restoredFrom: null, ...by };

function sound(name: string) {
  const config = { sql: "SELECT 1", target_table: "a.b.c", write_mode: "overwrite" };
  const parsed = parsePipeline({
    pipeline_id: "p",
    name,
    schedule: "0 2 * * *",
    tasks: [{ task_id: "a", type: "sql_execute", config }],
  });
  if (!parsed.ok) throw new Error("the document is wrong");
  return parsed.document;
}

/** What every store of drafts promises; each case has a workspace of its own. */
function draftStoreContract(open: () => Promise<DraftStore>) {
  let store: DraftStore;
  beforeAll(async () => {
    store = await open();
  });
  const place = () => ({ workspaceId: randomUUID(), pipelineId: "p" });

  it("makes a pipeline once, saves over what was seen alone, and keeps text byte for byte", async () => {
    const p = place();
    expect(await store.head(p.workspaceId, "p")).toBeNull();
    expect(await store.create({ ...p, text: "1", ...by })).toBe(true);
    expect(await store.create({ ...p, text: "2", ...by })).toBe(false);
    const text = '{\r\n\t"a": 1, // Ω 🙂\r\n}';
    expect(await store.saveDraft({ ...p, text, baseRevision: 1, ...by })).toEqual({ revision: 2 });
    expect(await store.saveDraft({ ...p, text: "3", baseRevision: 1, ...by })).toBeNull();
    expect(await store.head(p.workspaceId, "p")).toEqual({
      activeVersion: null,
      revision: 2,
      draft: { text, of: null, ...by },
      archived: null,
    });
    expect(await store.drafts(p.workspaceId)).toEqual([{ pipelineId: "p", activeVersion: null, ...by }]);
    expect(await store.head(randomUUID(), "p")).toBeNull();
  });

  it("lets one of many that save at once win", async () => {
    const p = place();
    await store.create({ ...p, text: "1", ...by });
    const saves = Array.from({ length: 8 }, (_, index) =>
      store.saveDraft({ ...p, text: `${index}`, baseRevision: 1, ...by }),
    );
    expect((await Promise.all(saves)).filter((saved) => saved !== null)).toEqual([{ revision: 2 }]);
  });

  it("activates what was seen as the next version and ends the draft", async () => {
    const p = place();
    await store.create({ ...p, text: "one", ...by });
    const activate = (text: string, baseRevision: number) =>
      store.activate({ ...p, ...version, text, document: sound(text), baseRevision });
    expect(await activate("one", 0)).toBeNull();
    expect(await activate("one", 1)).toEqual({ version: 1, revision: 2 });
    await store.saveDraft({ ...p, text: "two", baseRevision: 2, ...by });
    expect(await store.head(p.workspaceId, "p")).toMatchObject({ draft: { of: 1 } });
    expect(await activate("two", 3)).toEqual({ version: 2, revision: 4 });
    expect(await store.head(p.workspaceId, "p")).toEqual({
      activeVersion: 2,
      revision: 4,
      draft: null,
      archived: null,
    });
    expect((await store.versions(p, { limit: 9 })).map((each) => each.text)).toEqual(["two", "one"]);
    expect((await store.versions(p, { before: 2, limit: 9 })).map((each) => each.version)).toEqual([1]);
    expect(await store.version(p, 2)).toMatchObject({ text: "two", createdBy: "Ann" });
    expect(await store.version(p, 3)).toBeNull();
    await store.saveDraft({ ...p, text: "three", baseRevision: 4, ...by });
    expect(await store.discardDraft({ ...p, baseRevision: 4 })).toBeNull();
    expect(await store.discardDraft({ ...p, baseRevision: 5 })).toEqual({ revision: 6 });
    expect(await store.drafts(p.workspaceId)).toEqual([]);
  });

  it("knows who was seen lately", async () => {
    const p = place();
    const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds));
    const page = (sessionId: string, seconds: number, selectedTask: string | null = null) => ({
      sessionId,
      name: sessionId,
      selectedTask,
      seenAt: at(seconds),
    });
    await store.seen(p, page("ann", 0), at(0));
    await store.seen(p, page("bob", 5), at(0));
    await store.seen(p, page("ann", 9, "a"), at(0));
    expect(await store.present(p, at(0))).toEqual([page("ann", 9, "a"), page("bob", 5)]);
    await store.seen(p, page("ann", 20), at(10));
    expect(await store.present(p, at(0))).toEqual([page("ann", 20)]);
    await store.left(p, "ann");
    expect(await store.present(p, at(0))).toEqual([]);
  });
}

describe("drafts in memory", () => draftStoreContract(async () => memoryDraftStore()));

describe.skipIf(serverUrl === "")("drafts, on PostgreSQL (CONTRACT_DATABASE_URL)", () => {
  let scratch: Awaited<ReturnType<typeof scratchDatabase>>;
  beforeAll(async () => {
    scratch = await scratchDatabase(serverUrl);
  });
  afterAll(() => scratch.drop());
  draftStoreContract(async () => prismaDraftStore(scratch.db));

  it("leave nothing half where the process dies between two writes", async () => {
    const { db } = scratch;
    const p = { workspaceId: randomUUID(), pipelineId: "p" };
    await prismaDraftStore(db).create({ ...p, text: "one", ...by });
    const before = await db.pipeline.findMany({ where: p });
    for (const model of ["pipeline", "pipelineVersion"] as const) {
      let writes = 0;
      const $allOperations = async ({ operation, args, query }: QueryArguments) => {
        const result = await query(args);
        if (!/^(create|upsert|update)/.test(operation)) return result;
        writes += 1;
        throw new Error("killed");
      };
      const dies = db.$extends({ query: { [model]: { $allOperations } } as never });
      const store = prismaDraftStore(dies as unknown as typeof db);
      const activation = { ...p, ...version, text: "one", document: sound("one"), baseRevision: 1 };
      await expect(store.activate(activation)).rejects.toThrow("killed");
      expect(writes).toBe(1);
      expect(await db.pipeline.findMany({ where: p })).toEqual(before);
      expect(await db.pipelineVersion.count({ where: p })).toBe(0);
    }
    const written = await prismaDraftStore(db).activate({
      ...p,
      ...version,
      text: "one",
      document: sound("one"),
      baseRevision: 1,
    });
    expect(written).toEqual({ version: 1, revision: 2 });
    const [row] = await db.pipeline.findMany({ where: p });
    expect(row).toMatchObject({ activeVersion: 1, draft: null, dealtUntil: by.at });
  });

  it("go on from versions that were put without a draft", async () => {
    const { db } = scratch;
    const p = { workspaceId: randomUUID(), pipelineId: "p" };
    const put = (name: string, text?: string) =>
      prismaPipelineStore(db).savePipeline(p.workspaceId, sound(name), false, "Ann", text);
    expect(await put("one", "as written")).toBe(1);
    const store = prismaDraftStore(db);
    expect(await store.version(p, 1)).toMatchObject({ text: "as written" });
    expect(await store.head(p.workspaceId, "p")).toEqual({
      activeVersion: 1,
      revision: 0,
      draft: null,
      archived: null,
    });
    expect(await store.saveDraft({ ...p, text: "two", baseRevision: 0, ...by })).toEqual({ revision: 1 });
    expect(await put("three")).toBe(2);
    expect(await store.head(p.workspaceId, "p")).toMatchObject({
      activeVersion: 2,
      draft: { text: "two", of: 1 },
    });
    expect(JSON.parse((await store.version(p, 2))?.text ?? "")).toMatchObject({ name: "three" });
  });
});

type QueryArguments = { operation: string; args: unknown; query(args: unknown): Promise<unknown> };

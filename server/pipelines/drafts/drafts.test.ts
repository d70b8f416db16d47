import { describe, expect, it } from "vitest";
import type { Role } from "../../../domain/workspaces/role";
import { activateDraft } from "./activate-draft";
import { createPipeline } from "./create-pipeline";
import type { DraftScope } from "./draft-scope";
import { getDraft } from "./get-draft";
import { memoryDraftStore } from "./memory-draft-store";
import { heartbeat } from "./presence";
import { putDraft } from "./put-draft";
import { discardDraft, saveDraft } from "./save-draft";
import { diffVersions, getVersion, listVersions, restoreVersion } from "./versions";

const SOUND = `{
  // ours
  "pipeline_id": "p",
  "name": "P",
  "tasks": [
    { "task_id": "a", "type": "sql_execute", "config": { "sql": "SELECT 1", "target_table": "a.b.c", "write_mode": "overwrite" } }
  ]
}
`;

/** A workspace of its own, in which people act at a clock that the test moves. */
function world() {
  const drafts = memoryDraftStore();
  const audited: string[] = [];
  const time = { ms: Date.UTC(2026, 0, 1) };
  const as = (name: string, role: Role = "engineer"): DraftScope => ({
    workspace: { id: "w", slug: "w", name: "W" },
    role,
    actor: { id: name, name },
    clock: { now: () => new Date(time.ms) },
    drafts,
    db: {
      auditEntry: {
        create: async ({ data }: { data: { action: string } }) => void audited.push(data.action),
      },
    } as never,
  });
  return { as, audited, time };
}
const p = { pipelineId: "p" };

/** A pipeline whose first version is active, and whose draft nobody has touched since. */
async function withVersion() {
  const made = world();
  await createPipeline(made.as("Ann"), { ...p, name: "P", text: SOUND });
  await activateDraft(made.as("Ann"), { ...p, baseRevision: 1, note: "the first" });
  return made;
}

describe("drafts of pipelines", () => {
  it("keep text byte for byte from the draft to the version", async () => {
    const { as, audited } = await withVersion();
    expect(await getVersion(as("Bob", "viewer"), { ...p, version: 1 })).toMatchObject({
      text: SOUND,
      note: "the first",
      createdBy: "Ann",
    });
    expect(await getDraft(as("Bob", "viewer"), p)).toEqual({
      pipelineId: "p",
      text: SOUND,
      revision: 2,
      activeVersion: 1,
      draft: null,
      archived: null,
    });
    const broken = '{ "tasks": [';
    expect(await saveDraft(as("Ann"), { ...p, text: broken, baseRevision: 2 })).toEqual({
      saved: true,
      revision: 3,
    });
    expect(await getDraft(as("Ann"), p)).toMatchObject({ text: broken, draft: { of: 1, by: "Ann" } });
    expect(audited).toEqual(["pipeline.created", "pipeline.activated"]);
  });

  it("are never written over what the author has not seen; the other's text comes back", async () => {
    const { as } = await withVersion();
    await saveDraft(as("Ann"), { ...p, text: "{}", baseRevision: 2 });
    expect(await saveDraft(as("Bob"), { ...p, text: "[]", baseRevision: 2 })).toMatchObject({
      saved: false,
      theirs: { text: "{}", revision: 3, draft: { by: "Ann" } },
    });
    await expect(discardDraft(as("Bob"), { ...p, baseRevision: 2 })).rejects.toMatchObject({
      code: "conflict",
      message: "p has changed since you opened it: Ann saved the draft at 2026-01-01 00:00 UTC.",
    });
    await expect(restoreVersion(as("Bob"), { ...p, version: 1, baseRevision: 2 })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(putDraft(as("Bob"), { ...p, document: { pipeline_id: "p" } })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await getDraft(as("Bob"), p)).toMatchObject({ text: "{}", revision: 3 });
  });

  it("of one person are not activated by another who has not said so", async () => {
    const { as } = await withVersion();
    const text = SOUND.replace('"P"', '"Q"');
    await saveDraft(as("Ann"), { ...p, text, baseRevision: 2 });
    await expect(activateDraft(as("Bob"), { ...p, baseRevision: 2 })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(activateDraft(as("Bob"), { ...p, baseRevision: 3 })).rejects.toMatchObject({
      message: "The draft of p was saved last by Ann.",
    });
    expect(await activateDraft(as("Bob"), { ...p, baseRevision: 3, acceptOthers: true })).toEqual({
      version: 2,
      revision: 4,
    });
    await expect(activateDraft(as("Bob"), { ...p, baseRevision: 4 })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("are refused at activation with every reason, a type whose room is missing among them", async () => {
    const { as } = await withVersion();
    const save = async (text: string) => {
      const { revision } = await getDraft(as("Ann"), p);
      await saveDraft(as("Ann"), { ...p, text, baseRevision: revision });
      return activateDraft(as("Ann"), { ...p, baseRevision: revision + 1 });
    };
    await expect(save('{ "pipeline_id": "p",\n "tasks" }')).rejects.toMatchObject({
      errors: [{ pointer: "", message: "Line 2: a colon is missing." }],
    });
    await expect(save(SOUND.replace('"p"', '"other"'))).rejects.toMatchObject({
      errors: [{ pointer: "/pipeline_id" }],
    });
    const config = `{ "deployment_name": "d", "model_source": "latest_validated", "rollout_strategy": "blue_green" }`;
    const serving = SOUND.replace(
      "\n  ]",
      `,\n    { "task_id": "b", "type": "ray_serve_update", "config": ${config} }\n  ]`,
    );
    await expect(save(serving)).rejects.toMatchObject({
      code: "invalid_input",
      errors: expect.arrayContaining([expect.objectContaining({ pointer: "/tasks/1/type" })]),
    });
    expect(await getDraft(as("Ann"), p)).toMatchObject({ text: serving, activeVersion: 1 });
    expect(await listVersions(as("Ann"), { ...p, limit: 10 })).toHaveLength(1);
  });

  it("say what changed between versions, and take a version back", async () => {
    const { as } = await withVersion();
    await saveDraft(as("Ann"), {
      ...p,
      text: SOUND.replace("SELECT 1", "SELECT 2").replace("ours", "mine"),
      baseRevision: 2,
    });
    const change = {
      change: "task_changed",
      task: "a",
      pointer: "/config/sql",
      before: "SELECT 1",
      after: "SELECT 2",
    };
    expect((await diffVersions(as("Bob", "viewer"), { ...p, from: 1, to: "draft" })).changes).toEqual([
      change,
    ]);
    await activateDraft(as("Ann"), { ...p, baseRevision: 3 });
    expect((await diffVersions(as("Bob", "viewer"), { ...p, from: 1, to: 2 })).changes).toEqual([change]);
    expect(await restoreVersion(as("Ann"), { ...p, version: 1, baseRevision: 4 })).toEqual({ revision: 5 });
    expect(await getDraft(as("Ann"), p)).toMatchObject({ text: SOUND, draft: { of: 1 } });
    expect(await discardDraft(as("Ann"), { ...p, baseRevision: 5 })).toMatchObject({
      draft: null,
      revision: 6,
    });
  });

  it("ask for an engineer, and tell each page who else has the pipeline open", async () => {
    const { as, time } = await withVersion();
    await expect(saveDraft(as("Vic", "analyst"), { ...p, text: "", baseRevision: 2 })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(activateDraft(as("Vic", "analyst"), { ...p, baseRevision: 2 })).rejects.toMatchObject({
      code: "forbidden",
    });
    await heartbeat(as("Ann"), { ...p, sessionId: "page-of-ann", selectedTask: "a" });
    expect(await heartbeat(as("Bob", "viewer"), { ...p, sessionId: "page-of-bob" })).toEqual({
      others: [{ sessionId: "page-of-ann", name: "Ann", selectedTask: "a" }],
      revision: 2,
      activeVersion: 1,
    });
    time.ms += 16_000;
    expect(await heartbeat(as("Bob"), { ...p, sessionId: "page-of-bob" })).toMatchObject({ others: [] });
    await heartbeat(as("Bob"), { ...p, sessionId: "page-of-bob", leaves: true });
    expect(await heartbeat(as("Ann"), { ...p, sessionId: "page-of-ann" })).toMatchObject({ others: [] });
  });

  it("take a document from outside as it is, under its own id", async () => {
    const { as } = world();
    const document = { pipeline_id: "p", tasks: [{ task_id: "a", type: "ray_serve_update" }] };
    expect(await putDraft(as("Ann"), { ...p, document })).toEqual({ version: null });
    expect(JSON.parse((await getDraft(as("Ann"), p)).text)).toEqual(document);
    await expect(putDraft(as("Ann"), { ...p, document: { pipeline_id: "q" } })).rejects.toMatchObject({
      errors: [{ pointer: "/pipeline_id" }],
    });
    await expect(createPipeline(as("Ann"), { ...p, name: "P" })).rejects.toMatchObject({ code: "conflict" });
  });
});

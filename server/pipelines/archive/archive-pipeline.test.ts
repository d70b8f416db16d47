import { describe, expect, it } from "vitest";
import type { Role } from "../../../domain/workspaces/role";
import { memoryLake } from "../../engines/memory/lake";
import { cancelRun } from "../cancel-run";
import { memoryDraftStore } from "../drafts/memory-draft-store";
import { listPipelines } from "../list-pipelines";
import { memoryPipelineStore } from "../memory-pipeline-store";
import { rerunRun } from "../rerun-run";
import { childRuns } from "../running/child-runs";
import { startRun } from "../start-run";
import { memoryTriggers } from "../triggers/memory-triggers";
import { StartBackfillInput, startBackfill } from "../triggers/start-backfill";
import { archivePipeline, listArchived, unarchivePipeline } from "./archive-pipeline";

const now = new Date("2026-01-01T00:00Z");
const config = { sql: "SELECT 1", target_table: "a.b.c", write_mode: "overwrite" } as const;
const documentOf = (pipeline_id: string) => ({
  pipeline_id,
  name: pipeline_id.toUpperCase(),
  tasks: [{ task_id: "a", type: "sql_execute" as const, config }],
});

/** A workspace with the pipelines `p` and `q`, and `d`, which is a draft alone. */
async function world() {
  const store = memoryPipelineStore();
  const drafts = memoryDraftStore();
  const { triggers, activate } = memoryTriggers();
  const audited: string[] = [];
  for (const pipelineId of ["p", "q", "d"]) {
    await drafts.create({ workspaceId: "w", pipelineId, text: "{}", by: "Ann", at: now });
    if (pipelineId !== "d") await store.savePipeline("w", documentOf(pipelineId), false, "Ann");
  }
  activate("w", "p", { version: 1, schedule: "0 * * * *", priority: 0, maxActiveRuns: 1, tasks: [] });
  const scope = (role: Role = "engineer") => ({
    workspace: { id: "w", slug: "w", name: "W" },
    role,
    actor: { id: "u", name: "Ann" },
    clock: { now: () => now },
    ...{ store, drafts, triggers, tableCatalog: memoryLake(), jobRunner: null },
    runDriver: { cancel: async () => undefined },
    sources: { savedQuery: async () => null, codePackage: async () => null },
    db: {
      auditEntry: {
        create: async ({ data }: { data: { action: string } }) => void audited.push(data.action),
      },
    } as never,
  });
  return { store, triggers, audited, scope };
}

const REFUSED = { code: "conflict", message: "p is archived: nothing starts it." };

describe("archiving a pipeline", () => {
  it("is an engineer's act, and all can see what is archived", async () => {
    const { scope } = await world();
    for (const act of [archivePipeline, unarchivePipeline]) {
      await expect(act(scope("analyst"), { pipelineId: "p" })).rejects.toMatchObject({ code: "forbidden" });
      await expect(act(scope(), { pipelineId: "none" })).rejects.toMatchObject({ code: "not_found" });
    }
    await archivePipeline(scope(), { pipelineId: "p" });
    await archivePipeline(scope(), { pipelineId: "d" });
    expect(await listArchived(scope("viewer"))).toEqual([
      { pipelineId: "d", name: "d", version: null, by: "Ann", at: now },
      { pipelineId: "p", name: "P", version: 1, by: "Ann", at: now },
    ]);
    expect((await listPipelines(scope("viewer"))).map(({ pipelineId }) => pipelineId)).toEqual(["q"]);
  });

  it("lets nothing start, keeps its runs, and is taken back", async () => {
    const { scope, store, audited } = await world();
    const { id } = await startRun(scope(), { pipelineId: "p" });
    await cancelRun(scope(), { runId: id });
    const parent = await startRun(scope(), { pipelineId: "q" });
    const { start } = childRuns({ ...scope(), clock: { now: () => now } } as never);
    const child = async () => {
      const facts = await store.facts(parent.id);
      if (facts === null) throw new Error("the run is gone");
      return start({ parent: facts, pipelineId: "p", parameters: {}, key: "k" });
    };
    await archivePipeline(scope(), { pipelineId: "p" });
    await archivePipeline(scope(), { pipelineId: "p" });
    await expect(startRun(scope(), { pipelineId: "p" })).rejects.toMatchObject(REFUSED);
    await expect(rerunRun(scope(), { runId: id })).rejects.toMatchObject(REFUSED);
    expect(await rerunRun(scope(), { runId: id, preview: true })).toMatchObject({ again: ["a"] });
    await expect(child()).rejects.toMatchObject(REFUSED);
    expect(await store.runs("w", { pipelineId: "p", limit: 9 })).toMatchObject([{ id }]);
    await unarchivePipeline(scope(), { pipelineId: "p" });
    await unarchivePipeline(scope(), { pipelineId: "p" });
    expect(await listArchived(scope())).toEqual([]);
    expect((await child()).number).toBe(2);
    await startRun(scope(), { pipelineId: "p" });
    expect(audited.filter((each) => each.includes("archived"))).toEqual([
      "pipeline.archived",
      "pipeline.unarchived",
    ]);
  });

  it("pauses the back-fills that are under way", async () => {
    const { scope, triggers } = await world();
    const range = { pipelineId: "p", from: now, until: new Date("2026-01-02T00:00Z") };
    const { id } = await startBackfill(scope(), StartBackfillInput.parse(range));
    expect(await archivePipeline(scope(), { pipelineId: "p" })).toMatchObject({ pausedBackfills: 1 });
    expect((await triggers.backfill(id))?.status).toBe("paused");
  });
});

import { describe, expect, it } from "vitest";
import type { Role } from "../../domain/workspaces/role";
import { memoryLake } from "../engines/memory/lake";
import { cancelRun } from "./cancel-run";
import type { DraftStore } from "./drafts/draft-store";
import { memoryDraftStore } from "./drafts/memory-draft-store";
import { followLogs } from "./follow-logs";
import { followRun } from "./follow-run";
import { getRun } from "./get-run";
import { memoryPipelineStore } from "./memory-pipeline-store";
import { type RerunScope, rerunRun } from "./rerun-run";
import { savePipeline } from "./save-pipeline";
import { startRun } from "./start-run";

const document = {
  pipeline_id: "p",
  name: "P",
  tasks: [
    {
      task_id: "a",
      type: "sql_execute",
      config: { sql: "SELECT 1", target_table: "a.b.c", write_mode: "overwrite" },
    },
  ],
};

const store = memoryPipelineStore();
const audited: string[] = [];
const scopeOf = (role: Role, workspaceId = "w"): RerunScope & { drafts: DraftStore } => ({
  workspace: { id: workspaceId, slug: workspaceId, name: workspaceId },
  role,
  actor: { id: "u", name: "Ann" },
  clock: { now: () => new Date("2026-01-01") },
  store,
  drafts: memoryDraftStore(),
  runDriver: { cancel: async () => undefined },
  jobRunner: null,
  sources: { savedQuery: async () => null, codePackage: async () => null },
  tableCatalog: memoryLake(),
  db: {
    auditEntry: { create: async ({ data }: { data: { action: string } }) => void audited.push(data.action) },
  } as never,
});

describe("verbs on pipelines", () => {
  it("ask for the role that they need", async () => {
    await expect(savePipeline(scopeOf("analyst"), { document })).rejects.toMatchObject({ code: "forbidden" });
    await expect(startRun(scopeOf("viewer"), { pipelineId: "p" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(cancelRun(scopeOf("viewer"), { runId: "r" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(rerunRun(scopeOf("viewer"), { runId: "r" })).rejects.toMatchObject({ code: "forbidden" });
  });

  it("refuse a wrong document with every error, and one under another address", async () => {
    const wrong = { ...document, owner: "me" };
    await expect(savePipeline(scopeOf("engineer"), { document: wrong })).rejects.toMatchObject({
      code: "invalid_input",
      errors: [{ pointer: "/owner" }],
    });
    await expect(savePipeline(scopeOf("engineer"), { document, pipelineId: "q" })).rejects.toMatchObject({
      errors: [{ pointer: "/pipeline_id" }],
    });
  });

  it("start, follow, cancel and write it down; other workspaces see nothing", async () => {
    await savePipeline(scopeOf("engineer"), { document });
    const { id } = await startRun(scopeOf("analyst"), { pipelineId: "p" });
    await expect(getRun(scopeOf("admin", "other"), { runId: id })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(startRun(scopeOf("admin", "other"), { pipelineId: "p" })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(rerunRun(scopeOf("analyst"), { runId: id })).rejects.toMatchObject({ code: "conflict" });

    const key = { runId: id, taskId: "a", attempt: 1 };
    await store.appendLog(
      key,
      [0, 1].map((seq) => ({ seq, at: new Date(), level: "info" as const, text: `${seq}` })),
    );
    const { signal } = new AbortController();
    const views = followRun(scopeOf("viewer"), { runId: id }, signal, 1);
    expect((await views.next()).value?.status).toBe("queued");
    const batches = followLogs(scopeOf("viewer"), { runId: id, taskId: "a", lastEventId: "1.0" }, signal, 1);
    expect((await batches.next()).value).toMatchObject({ id: "1.1", lines: [{ text: "1" }] });

    await cancelRun(scopeOf("analyst"), { runId: id });
    expect((await views.next()).value).toMatchObject({ status: "cancelled", tasks: [{ status: "skipped" }] });
    expect((await views.next()).done).toBe(true);
    expect((await batches.next()).done).toBe(true);
    expect(audited).toEqual(["pipeline.saved", "pipeline.started", "run.cancelled"]);
  });
});

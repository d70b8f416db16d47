import { Failure } from "../../../domain/shared/failure";
import { refuseArchived } from "../archive/refuse-archived";
import { keyedId } from "../keyed-id";
import type { PipelineStore } from "../run-store";
import type { ChildRun, RunStarter } from "../tasks/run-starter";
import { type EndSockets, endRunNow } from "./end-run-now";
import type { RunFacts } from "./execution-store";
import type { RunWatch } from "./run-watch";

type Sockets = EndSockets & { store: PipelineStore; watch: RunWatch };

/** Runs that tasks start: they wait for their turn as others do. */
export function childRuns(sockets: Sockets): RunStarter {
  const { store, watch, clock } = sockets;
  return {
    start: async ({ parent, pipelineId, parameters, key }) => {
      const { workspaceId, priority, scheduledFor } = parent;
      const id = keyedId(workspaceId, "child", key);
      const there = await store.facts(id);
      if (there !== null) return { runId: id, number: there.number };
      await refuseLoop(store, parent, pipelineId);
      const saved = await store.pipeline(workspaceId, pipelineId);
      if (saved === null) {
        throw new Failure("not_found", `There is no pipeline ${pipelineId} that can run.`, {
          hint: "Save it, and activate it where it is a draft.",
        });
      }
      await refuseArchived(store, workspaceId, pipelineId);
      await store.createRun({
        id,
        workspaceId,
        pipelineId,
        pipelineVersion: saved.version,
        startedBy: `${parent.pipelineId} run ${parent.number}`,
        rerunOf: null,
        createdAt: clock.now(),
        trigger: "pipeline",
        parentRunId: parent.id,
        scheduledFor,
        parameters,
        priority: Math.max(priority, saved.document.priority ?? 0),
        tasks: saved.document.tasks.map(({ task_id: taskId, type }) => ({ taskId, type, reused: null })),
      });
      return { runId: id, number: (await store.facts(id))?.number ?? 0 };
    },
    ended: (runId, signal) => watch.ended(runId, signal),
    cancel: (runId) => endRunNow(sockets, runId, "the pipeline that started it").then(() => undefined),
  };
}

/** A pipeline that runs itself, directly or through others, would never end. */
async function refuseLoop(store: PipelineStore, parent: RunFacts, pipelineId: ChildRun["pipelineId"]) {
  const path = [pipelineId];
  for (let run: RunFacts | null = parent; run !== null; ) {
    path.unshift(run.pipelineId);
    if (run.pipelineId === pipelineId) {
      throw new Failure("conflict", `These pipelines run each other: ${path.join(" → ")}.`, {
        hint: "Take the task out of one of them.",
      });
    }
    run = run.parentRunId === null ? null : await store.facts(run.parentRunId);
  }
}

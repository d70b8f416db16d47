import { tracked } from "@trpc/server";
import { z } from "zod";
import { PipelineDocument } from "../../domain/pipelines/document/pipeline-document";
import { LogLineView, RunView } from "../../domain/pipelines/run-view";
import { router } from "../trpc/trpc";
import { CancelRunInput, cancelRun } from "./cancel-run";
import { FollowLogsInput, followLogs } from "./follow-logs";
import { followRun } from "./follow-run";
import { GetPipelineInput, GetPipelineResult, getPipeline } from "./get-pipeline";
import { getRun, getRunDocument, RunIdInput } from "./get-run";
import { StartedRun } from "./launch-run";
import { ListPipelinesResult, listPipelines } from "./list-pipelines";
import { ListRunsInput, ListRunsResult, listRuns } from "./list-runs";
import { pipelineProcedure } from "./pipeline-procedure";
import { ReadLogsInput, readLogs } from "./read-logs";
import { RerunInput, RerunResult, rerunRun } from "./rerun-run";
import { SavePipelineInput, SavePipelineResult, savePipeline } from "./save-pipeline";
import { StartRunInput, startRun } from "./start-run";
import { prismaTaskSources } from "./store";

const view = pipelineProcedure("viewer");
const act = pipelineProcedure("analyst");
const edit = pipelineProcedure("engineer");

export const pipelinesRouter = router({
  list: view
    .meta({ openapi: { method: "GET", path: "/pipelines", summary: "Pipelines with their last runs" } })
    .output(ListPipelinesResult)
    .query(({ ctx }) => listPipelines(ctx.scope)),
  get: view
    .meta({
      openapi: {
        method: "GET",
        path: "/pipelines/{pipelineId}",
        summary: "The current version of a pipeline",
      },
    })
    .input(GetPipelineInput)
    .output(GetPipelineResult)
    .query(({ ctx, input }) => getPipeline(ctx.scope, input)),
  save: edit
    .meta({
      openapi: {
        method: "PUT",
        path: "/pipelines/{pipelineId}",
        summary: "Save a pipeline as its next version",
        bodyField: "document",
      },
    })
    .input(SavePipelineInput)
    .output(SavePipelineResult)
    .mutation(({ ctx, input }) => savePipeline(ctx.scope, input)),
  run: act
    .meta({
      openapi: { method: "POST", path: "/pipelines/{pipelineId}/runs", summary: "Start a run", status: 202 },
    })
    .input(StartRunInput)
    .output(StartedRun)
    .mutation(({ ctx, input }) => startRun(ctx.scope, input)),
});

export const runsRouter = router({
  list: view
    .meta({ openapi: { method: "GET", path: "/runs", summary: "Runs, newest first" } })
    .input(ListRunsInput)
    .output(ListRunsResult)
    .query(({ ctx, input }) => listRuns(ctx.scope, input)),
  get: view
    .meta({
      openapi: {
        method: "GET",
        path: "/runs/{runId}",
        summary: "A run with its tasks, attempts and outputs",
      },
    })
    .input(RunIdInput)
    .output(RunView)
    .query(({ ctx, input }) => getRun(ctx.scope, input)),
  document: view
    .meta({
      openapi: {
        method: "GET",
        path: "/runs/{runId}/document",
        summary: "The pipeline version that a run runs",
      },
    })
    .input(RunIdInput)
    .output(PipelineDocument)
    .query(({ ctx, input }) => getRunDocument(ctx.scope, input)),
  cancel: act
    .meta({ openapi: { method: "DELETE", path: "/runs/{runId}", summary: "Cancel a run and stop its jobs" } })
    .input(CancelRunInput)
    .output(StartedRun)
    .mutation(({ ctx, input }) => cancelRun(ctx.scope, input)),
  rerun: act
    .meta({
      openapi: {
        method: "POST",
        path: "/runs/{runId}/reruns",
        summary: "Run an ended run again, in whole or in part; or a preview of that",
        status: 202,
      },
    })
    .input(RerunInput)
    .output(RerunResult)
    .mutation(({ ctx, input }) =>
      rerunRun({ ...ctx.scope, sources: prismaTaskSources(ctx.scope.db) }, input),
    ),
  logs: view
    .meta({ openapi: { method: "GET", path: "/runs/{runId}/logs", summary: "Log lines of a task" } })
    .input(ReadLogsInput)
    .output(z.array(LogLineView))
    .query(({ ctx, input }) => readLogs(ctx.scope, input)),
  changes: view
    .meta({
      openapi: {
        method: "GET",
        path: "/runs/{runId}/events",
        summary: "The run whenever it changes, until it has ended",
      },
    })
    .input(RunIdInput.extend({ lastEventId: z.string().nullish() }))
    .subscription(({ ctx, input, signal }) => followRun(ctx.scope, input, signal ?? neverAborted())),
  logLines: view.input(FollowLogsInput).subscription(async function* ({ ctx, input, signal }) {
    for await (const { id, lines } of followLogs(ctx.scope, input, signal ?? neverAborted()))
      yield tracked(id, lines);
  }),
});

const neverAborted = (): AbortSignal => new AbortController().signal;

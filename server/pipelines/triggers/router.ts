import { z } from "zod";
import { BackfillPreview, BackfillView, RunDay } from "../../../domain/pipelines/backfill/backfill-view";
import { CronExplained, PipelineScheduleView } from "../../../domain/pipelines/schedule/schedule-view";
import { roleProcedure, router } from "../../trpc/trpc";
import { cancelRun } from "../cancel-run";
import { prismaPipelineStore } from "../store";
import { BackfillIdInput, cancelBackfill, changeBackfill } from "./change-backfill";
import { ExplainCronInput, explainCron, getSchedule, PipelineIdInput } from "./get-schedule";
import { getBackfill, listBackfills, RunDaysInput, runDays } from "./list-backfills";
import { pauseSchedule } from "./pause-schedule";
import { BackfillInput, previewBackfill, StartBackfillInput, startBackfill } from "./start-backfill";
import { prismaTriggerStore } from "./trigger-rows";

const triggerProcedure = (role: Parameters<typeof roleProcedure>[0]) =>
  roleProcedure(role).use(({ ctx, next }) =>
    next({ ctx: { ...ctx, scope: { ...ctx.scope, triggers: prismaTriggerStore(ctx.scope.db) } } }),
  );
const view = triggerProcedure("viewer");
const edit = triggerProcedure("engineer");

export const schedulesRouter = router({
  get: view
    .meta({
      openapi: {
        method: "GET",
        path: "/pipelines/{pipelineId}/schedule",
        summary: "When a pipeline starts by itself",
      },
    })
    .input(PipelineIdInput)
    .output(PipelineScheduleView)
    .query(({ ctx, input }) => getSchedule(ctx.scope, input)),
  explain: view
    .meta({ openapi: { method: "GET", path: "/cron", summary: "A cron in words, with its next times" } })
    .input(ExplainCronInput)
    .output(CronExplained)
    .query(({ ctx, input }) => explainCron(ctx.scope, input)),
  pause: edit
    .meta({
      openapi: {
        method: "POST",
        path: "/pipelines/{pipelineId}/schedule/pause",
        summary: "Start nothing by the clock",
      },
    })
    .input(PipelineIdInput)
    .output(PipelineScheduleView)
    .mutation(({ ctx, input }) => pauseSchedule(ctx.scope, input, true)),
  resume: edit
    .meta({
      openapi: {
        method: "POST",
        path: "/pipelines/{pipelineId}/schedule/resume",
        summary: "Start by the clock again, from now on",
      },
    })
    .input(PipelineIdInput)
    .output(PipelineScheduleView)
    .mutation(({ ctx, input }) => pauseSchedule(ctx.scope, input, false)),
  runDays: view
    .meta({
      openapi: {
        method: "GET",
        path: "/pipelines/{pipelineId}/run-days",
        summary: "How the runs of each day ended",
      },
    })
    .input(RunDaysInput)
    .output(z.array(RunDay))
    .query(({ ctx, input }) => runDays(ctx.scope, input)),
});

export const backfillsRouter = router({
  list: view
    .meta({
      openapi: {
        method: "GET",
        path: "/pipelines/{pipelineId}/backfills",
        summary: "Back-fills of a pipeline, newest first",
      },
    })
    .input(PipelineIdInput)
    .output(z.array(BackfillView))
    .query(({ ctx, input }) => listBackfills(ctx.scope, input)),
  preview: view
    .meta({
      openapi: {
        method: "GET",
        path: "/pipelines/{pipelineId}/backfills/preview",
        summary: "Which runs a back-fill would make",
      },
    })
    .input(BackfillInput)
    .output(BackfillPreview)
    .query(({ ctx, input }) => previewBackfill(ctx.scope, input)),
  start: edit
    .meta({
      openapi: {
        method: "POST",
        path: "/pipelines/{pipelineId}/backfills",
        summary: "Run a pipeline for fire times of the past",
        status: 202,
      },
    })
    .input(StartBackfillInput)
    .output(BackfillView)
    .mutation(({ ctx, input }) => startBackfill(ctx.scope, input)),
  get: view
    .meta({
      openapi: { method: "GET", path: "/backfills/{backfillId}", summary: "How far a back-fill is" },
    })
    .input(BackfillIdInput)
    .output(BackfillView)
    .query(({ ctx, input }) => getBackfill(ctx.scope, input)),
  pause: edit
    .meta({
      openapi: {
        method: "POST",
        path: "/backfills/{backfillId}/pause",
        summary: "Make no further runs of a back-fill for now",
      },
    })
    .input(BackfillIdInput)
    .output(BackfillView)
    .mutation(({ ctx, input }) => changeBackfill(ctx.scope, input, "paused")),
  resume: edit
    .meta({
      openapi: { method: "POST", path: "/backfills/{backfillId}/resume", summary: "Go on with a back-fill" },
    })
    .input(BackfillIdInput)
    .output(BackfillView)
    .mutation(({ ctx, input }) => changeBackfill(ctx.scope, input, "running")),
  cancel: edit
    .meta({
      openapi: {
        method: "DELETE",
        path: "/backfills/{backfillId}",
        summary: "End a back-fill and its runs that go on",
      },
    })
    .input(BackfillIdInput)
    .output(BackfillView)
    .mutation(({ ctx, input }) => {
      const acting = { ...ctx.scope, store: prismaPipelineStore(ctx.scope.db) };
      return cancelBackfill({ ...acting, cancelRun: (runId) => cancelRun(acting, { runId }) }, input);
    }),
});

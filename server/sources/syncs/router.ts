import { tracked } from "@trpc/server";
import { z } from "zod";
import { SyncLogLine, SyncView } from "../../../domain/sources/sync-view";
import { router } from "../../trpc/trpc";
import { sourceProcedure } from "../router";
import { cancelStream, cancelSync, SyncStreamIdInput } from "./cancel-sync";
import { followSync } from "./follow-sync";
import { getSync, ListSyncsInput, ListSyncsResult, listSyncs, SyncIdInput } from "./get-sync";
import { StartedSync } from "./launch-sync";
import { followSyncLogs, readSyncLogs, SyncLogLinesInput, SyncLogsInput } from "./read-sync-logs";
import { RepeatStreamInput, refreshStream, retryStream } from "./repeat-stream";
import { StartSyncInput, startSync } from "./start-sync";

const view = sourceProcedure("viewer");
const act = sourceProcedure("analyst");
const never = () => new AbortController().signal;

export const syncsRouter = router({
  start: act
    .meta({
      openapi: { method: "POST", path: "/connections/{name}/syncs", summary: "Start a sync", status: 202 },
    })
    .input(StartSyncInput)
    .output(StartedSync)
    .mutation(({ ctx, input }) => startSync(ctx.scope, input)),
  list: view
    .meta({ openapi: { method: "GET", path: "/syncs", summary: "Syncs, newest first" } })
    .input(ListSyncsInput)
    .output(ListSyncsResult)
    .query(({ ctx, input }) => listSyncs(ctx.scope, input)),
  get: view
    .meta({ openapi: { method: "GET", path: "/syncs/{syncId}", summary: "A sync with its streams" } })
    .input(SyncIdInput)
    .output(SyncView)
    .query(({ ctx, input }) => getSync(ctx.scope, input)),
  cancel: act
    .meta({ openapi: { method: "DELETE", path: "/syncs/{syncId}", summary: "Cancel a sync" } })
    .input(SyncIdInput)
    .output(StartedSync)
    .mutation(({ ctx, input }) => cancelSync(ctx.scope, input)),
  cancelStream: act
    .meta({
      openapi: {
        method: "DELETE",
        path: "/syncs/{syncId}/streams/{stream}",
        summary: "Cancel one stream of a sync; the others go on",
      },
    })
    .input(SyncStreamIdInput)
    .output(StartedSync)
    .mutation(({ ctx, input }) => cancelStream(ctx.scope, input)),
  retryStream: act
    .meta({
      openapi: {
        method: "POST",
        path: "/syncs/{syncId}/streams/{stream}/retries",
        summary: "Sync one stream again, from where it stands",
        status: 202,
      },
    })
    .input(RepeatStreamInput)
    .output(StartedSync)
    .mutation(({ ctx, input }) => retryStream(ctx.scope, input)),
  refreshStream: act
    .meta({
      openapi: {
        method: "POST",
        path: "/syncs/{syncId}/streams/{stream}/refreshes",
        summary: "Read one stream anew from its beginning",
        status: 202,
      },
    })
    .input(RepeatStreamInput)
    .output(StartedSync)
    .mutation(({ ctx, input }) => refreshStream(ctx.scope, input)),
  changes: view
    .meta({
      openapi: {
        method: "GET",
        path: "/syncs/{syncId}/events",
        summary: "The sync whenever it changes, until it has ended",
      },
    })
    .input(SyncIdInput.extend({ lastEventId: z.string().nullish() }))
    .subscription(({ ctx, input, signal }) => followSync(ctx.scope, input, signal ?? never())),
  logs: view
    .meta({ openapi: { method: "GET", path: "/syncs/{syncId}/logs", summary: "Log lines of a sync" } })
    .input(SyncLogsInput)
    .output(z.array(SyncLogLine))
    .query(({ ctx, input }) => readSyncLogs(ctx.scope, input)),
  logLines: view.input(SyncLogLinesInput).subscription(async function* ({ ctx, input, signal }) {
    for await (const { id, lines } of followSyncLogs(ctx.scope, input, signal ?? never()))
      yield tracked(id, lines);
  }),
});

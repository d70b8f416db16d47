import { RunGrid } from "../../../domain/pipelines/watch/run-grid";
import { writeRunChange } from "../../../domain/pipelines/watch/write-run-change";
import { router } from "../../trpc/trpc";
import { RunIdInput } from "../get-run";
import { pipelineProcedure } from "../pipeline-procedure";
import { followChanges } from "./follow-changes";
import { getRunGrid, RunGridInput } from "./get-run-grid";

const view = pipelineProcedure("viewer");

export const runGridRouter = router({
  runGrid: view
    .meta({
      openapi: {
        method: "GET",
        path: "/pipelines/{pipelineId}/grid",
        summary: "The last runs of a pipeline, task by task",
      },
    })
    .input(RunGridInput)
    .output(RunGrid)
    .query(({ ctx, input }) => getRunGrid(ctx.scope, input)),
});

export const runChangesRouter = router({
  /** For the run's page: the whole run, then what changes of it, each as `writeRunChange` has it. */
  follow: view.input(RunIdInput).subscription(async function* ({ ctx, input, signal }) {
    for await (const change of followChanges(ctx.scope, input, signal ?? new AbortController().signal))
      yield writeRunChange(change);
  }),
});

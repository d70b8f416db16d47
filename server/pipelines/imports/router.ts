import { roleProcedure, router } from "../../trpc/trpc";
import { ImportTextInput, ImportTextResult, importText } from "./import-text";

/** Pipelines that were written for other tools. */
export const importsRouter = router({
  importText: roleProcedure("viewer")
    .meta({
      openapi: {
        method: "POST",
        path: "/pipelines/imports",
        summary: "A pipeline of Airflow, Argo or Kubeflow as one of ours, with what did not map",
      },
    })
    .input(ImportTextInput)
    .output(ImportTextResult)
    .mutation(({ ctx, input, signal }) => importText(ctx.scope, input, signal)),
});

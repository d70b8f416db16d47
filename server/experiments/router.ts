import { EvaluationReport } from "../../domain/experiments/evaluation-report";
import { roleProcedure, router } from "../trpc/trpc";
import { GetEvaluationInput, getEvaluation } from "./get-evaluation";
import { ForecastView, GetForecastInput, getForecast } from "./get-forecast";
import { ListCategoriesInput, ListCategoriesResult, listCategories } from "./list-categories";
import { ListExperimentsResult, listExperiments } from "./list-experiments";

const view = roleProcedure("viewer");

export const experimentsRouter = router({
  list: view
    .meta({
      openapi: {
        method: "GET",
        path: "/experiments",
        summary: "Experiments with their evaluated runs, the last verdict first",
      },
    })
    .output(ListExperimentsResult)
    .query(({ ctx }) => listExperiments(ctx.scope)),
  evaluation: view
    .meta({
      openapi: {
        method: "GET",
        path: "/runs/{runId}/evaluation",
        summary: "The verdict on a run's model, beside its baselines",
      },
    })
    .input(GetEvaluationInput)
    .output(EvaluationReport.nullable())
    .query(({ ctx, input }) => getEvaluation(ctx.scope, input)),
  forecast: view
    .meta({
      openapi: {
        method: "GET",
        path: "/runs/{runId}/forecast",
        summary: "History, back-test and forecast of one category",
      },
    })
    .input(GetForecastInput)
    .output(ForecastView)
    .query(({ ctx, input }) => getForecast(ctx.scope, input)),
  categories: view
    .meta({
      openapi: {
        method: "GET",
        path: "/runs/{runId}/categories",
        summary: "Categories that a run forecasts or judges",
      },
    })
    .input(ListCategoriesInput)
    .output(ListCategoriesResult)
    .query(({ ctx, input }) => listCategories(ctx.scope, input)),
});

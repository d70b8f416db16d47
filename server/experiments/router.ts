import { z } from "zod";
import { EvaluationReport } from "../../domain/experiments/evaluation-report";
import { roleProcedure, router } from "../trpc/trpc";
import { GetEvaluationInput, getEvaluation } from "./get-evaluation";
import { ForecastView, GetForecastInput, getForecast } from "./get-forecast";
import { ListCategoriesInput, listCategories } from "./list-categories";

const view = roleProcedure("viewer");

export const experimentsRouter = router({
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
        summary: "Categories that a run forecasts",
      },
    })
    .input(ListCategoriesInput)
    .output(z.array(z.string()))
    .query(({ ctx, input }) => listCategories(ctx.scope, input)),
});

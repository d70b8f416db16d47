import { roleProcedure, router } from "../trpc/trpc";
import { PublishDataSetInput, PublishResult, publishDataSet } from "./acts/publish-data-set";
import { UndoPublicationInput, undoPublication } from "./acts/undo-publication";
import {
  GetContentInput,
  GetDashboardResult,
  GetReportResult,
  getDashboard,
  getReport,
} from "./contents/get-content";
import { BlockRows, PreviewBlockInput, previewBlock, RunBlockInput, runBlock } from "./contents/run-block";
import {
  SaveContentResult,
  SaveDashboardInput,
  SaveReportInput,
  saveDashboard,
  saveReport,
} from "./contents/save-content";
import { DataSetInput } from "./data-set-scope";
import { GetDataSetResult, getDataSet } from "./get-data-set";
import { ListDataSetsInput, ListDataSetsResult, listDataSets } from "./list-data-sets";
import { prismaOrigins } from "./origins";
import { SetOwnerInput, SetOwnerResult, setOwner } from "./set-owner";
import { prismaDataSetStore } from "./store";

const dataSetProcedure = (role: Parameters<typeof roleProcedure>[0]) =>
  roleProcedure(role).use(({ ctx, next }) => {
    const { db } = ctx.scope;
    const scope = { ...ctx.scope, store: prismaDataSetStore(db), origins: prismaOrigins(db) };
    return next({ ctx: { ...ctx, scope } });
  });
const view = dataSetProcedure("viewer");
const draft = dataSetProcedure("analyst");
const edit = dataSetProcedure("engineer");

export const datasetsRouter = router({
  list: view
    .meta({
      openapi: {
        method: "GET",
        path: "/datasets",
        summary: "Tables, models, reports and dashboards, the last changed first",
      },
    })
    .input(ListDataSetsInput)
    .output(ListDataSetsResult)
    .query(({ ctx, input }) => listDataSets(ctx.scope, input)),
  get: view
    .meta({
      openapi: {
        method: "GET",
        path: "/datasets/{name}",
        summary: "A data set with its versions, publications and origins",
      },
    })
    .input(DataSetInput)
    .output(GetDataSetResult)
    .query(({ ctx, input }) => getDataSet(ctx.scope, input)),
  setOwner: edit
    .meta({
      openapi: { method: "PUT", path: "/datasets/{name}/owner", summary: "Say who answers for a data set" },
    })
    .input(SetOwnerInput)
    .output(SetOwnerResult)
    .mutation(({ ctx, input }) => setOwner(ctx.scope, input)),
  publish: edit
    .meta({
      openapi: {
        method: "POST",
        path: "/datasets/{name}/publications",
        summary: "Let others see a version of a data set",
      },
    })
    .input(PublishDataSetInput)
    .output(PublishResult)
    .mutation(({ ctx, input }) => publishDataSet(ctx.scope, input)),
  undo: edit
    .meta({
      openapi: {
        method: "POST",
        path: "/datasets/{name}/rollbacks",
        summary: "Let others see again what they saw before the last publication",
      },
    })
    .input(UndoPublicationInput)
    .output(PublishResult)
    .mutation(({ ctx, input }) => undoPublication(ctx.scope, input)),
});

export const reportsRouter = router({
  get: view
    .meta({ openapi: { method: "GET", path: "/reports/{name}", summary: "A version of a report" } })
    .input(GetContentInput)
    .output(GetReportResult)
    .query(({ ctx, input }) => getReport(ctx.scope, input)),
  save: draft
    .meta({ openapi: { method: "PUT", path: "/reports/{name}", summary: "Save a new version as a draft" } })
    .input(SaveReportInput)
    .output(SaveContentResult)
    .mutation(({ ctx, input }) => saveReport(ctx.scope, input)),
  run: view
    .meta({
      openapi: {
        method: "GET",
        path: "/reports/{name}/rows",
        summary: "The rows of a query of a report, as of now",
      },
    })
    .input(RunBlockInput)
    .output(BlockRows)
    .query(({ ctx, input, signal }) => runBlock(ctx.scope, input, signal)),
  preview: draft
    .meta({
      openapi: { method: "POST", path: "/reports/previews", summary: "The rows of a query for a report" },
    })
    .input(PreviewBlockInput)
    .output(BlockRows)
    .mutation(({ ctx, input, signal }) => previewBlock(ctx.scope, input, signal)),
});

export const dashboardsRouter = router({
  get: view
    .meta({ openapi: { method: "GET", path: "/dashboards/{name}", summary: "A version of a dashboard" } })
    .input(GetContentInput)
    .output(GetDashboardResult)
    .query(({ ctx, input }) => getDashboard(ctx.scope, input)),
  save: draft
    .meta({
      openapi: { method: "PUT", path: "/dashboards/{name}", summary: "Save a new version as a draft" },
    })
    .input(SaveDashboardInput)
    .output(SaveContentResult)
    .mutation(({ ctx, input }) => saveDashboard(ctx.scope, input)),
});

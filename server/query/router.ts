import { openSecrets } from "../secrets/index";
import { prismaSourceStore } from "../sources/index";
import { roleProcedure, router } from "../trpc/trpc";
import { CatalogView } from "./catalogs/catalog-scope";
import { ListCatalogsResult, listCatalogs } from "./catalogs/list-catalogs";
import { RemoveCatalogInput, RemovedCatalog, removeCatalog } from "./catalogs/remove-catalog";
import { SaveCatalogInput, saveCatalog } from "./catalogs/save-catalog";
import { AskResultInput, AskResultResult, askResult } from "./look/ask-result";
import { ExportFileInput, ExportResultInput, exportFile, exportResult } from "./look/export-result";
import { ForgetResultInput, ForgetResultResult, forgetResult } from "./look/forget-result";
import { OpenViewInput, OpenViewResult, openView } from "./look/open-view";
import { ReadRowsInput, readRows } from "./look/read-rows";
import { ListNamesInput, listNames } from "./names/list-names";
import { refuseBrokenText } from "./refuse-broken-text";
import { processQueries } from "./running/process-queries";
import { CancelQueryInput, CancelQueryResult, cancelQuery } from "./runs/cancel-query";
import { ExplainQueryInput, ExplainQueryResult, explainQuery } from "./runs/explain-query";
import { FollowQueryInput, followQuery } from "./runs/follow-query";
import { GetQueryInput, getQuery } from "./runs/get-query";
import { ListQueriesInput, ListQueriesResult, listQueries } from "./runs/list-queries";
import { PrepareQueryInput, prepareQuery } from "./runs/prepare-query";
import { RecordQueryInput, RecordQueryResult, recordQuery } from "./runs/record-query";
import { StartedQuery, StartQueryInput, startQuery } from "./runs/start-query";
import { GetSavedInput, getSaved } from "./saved/get-saved";
import { ListSavedResult, listSaved } from "./saved/list-saved";
import { ListVersionsInput, ListVersionsResult, listVersions } from "./saved/list-versions";
import { RemoveSavedInput, RemoveSavedResult, removeSaved } from "./saved/remove-saved";
import { RestoreVersionInput, RestoreVersionResult, restoreVersion } from "./saved/restore-version";
import { SaveQueryInput, SaveQueryResult, saveQuery } from "./saved/save-query";
import { SavedQueryView } from "./saved/saved-views";
import { prismaCatalogStore, prismaQueryStore } from "./store";
import { PreparedView, QueryRunView } from "./views";

const queryProcedure = (role: Parameters<typeof roleProcedure>[0]) =>
  roleProcedure(role).use(async ({ ctx, next, getRawInput }) => {
    refuseBrokenText(await getRawInput());
    const { db } = ctx.scope;
    const scope = {
      ...ctx.scope,
      store: prismaQueryStore(db),
      running: processQueries(),
      sources: prismaSourceStore(db),
      queryCatalogs: prismaCatalogStore(db),
      openSecrets: (workspaceId: string, names: readonly string[]) =>
        openSecrets(ctx.scope, workspaceId, names),
    };
    return next({ ctx: { ...ctx, scope } });
  });
const view = queryProcedure("viewer");
const edit = queryProcedure("analyst");
const connect = queryProcedure("engineer");

const catalogsRouter = router({
  list: connect
    .meta({
      openapi: { method: "GET", path: "/query-catalogs", summary: "Catalogs of Trino by documents" },
    })
    .output(ListCatalogsResult)
    .query(({ ctx }) => listCatalogs(ctx.scope)),
  save: connect
    .meta({
      openapi: {
        method: "PUT",
        path: "/query-catalogs/{name}",
        summary: "Keep a catalog document",
        bodyField: "document",
      },
    })
    .input(SaveCatalogInput)
    .output(CatalogView)
    .mutation(({ ctx, input }) => saveCatalog(ctx.scope, input)),
  remove: connect
    .meta({
      openapi: { method: "DELETE", path: "/query-catalogs/{name}", summary: "Remove a catalog document" },
    })
    .input(RemoveCatalogInput)
    .output(RemovedCatalog)
    .mutation(({ ctx, input }) => removeCatalog(ctx.scope, input)),
});

export const queriesRouter = router({
  start: view
    .meta({
      openapi: { method: "POST", path: "/queries", summary: "Run a statement", status: 202 },
    })
    .input(StartQueryInput)
    .output(StartedQuery)
    .mutation(({ ctx, input }) => startQuery(ctx.scope, input)),
  list: view
    .meta({ openapi: { method: "GET", path: "/queries", summary: "Statements that were run, newest first" } })
    .input(ListQueriesInput)
    .output(ListQueriesResult)
    .query(({ ctx, input }) => listQueries(ctx.scope, input)),
  explain: view
    .meta({ openapi: { method: "POST", path: "/queries/explain", summary: "The plan of a statement" } })
    .input(ExplainQueryInput)
    .output(ExplainQueryResult)
    .mutation(({ ctx, input, signal }) => explainQuery(ctx.scope, input, signal)),
  prepare: view
    .meta({
      openapi: {
        method: "POST",
        path: "/queries/prepare",
        summary: "What a statement reads, where it would run, and how that engine is asked",
      },
    })
    .input(PrepareQueryInput)
    .output(PreparedView)
    .mutation(({ ctx, input, signal }) => prepareQuery(ctx.scope, input, signal)),
  get: view
    .meta({ openapi: { method: "GET", path: "/queries/{id}", summary: "A statement that was run" } })
    .input(GetQueryInput)
    .output(QueryRunView)
    .query(({ ctx, input }) => getQuery(ctx.scope, input)),
  cancel: view
    .meta({ openapi: { method: "DELETE", path: "/queries/{id}", summary: "Stop a statement" } })
    .input(CancelQueryInput)
    .output(CancelQueryResult)
    .mutation(({ ctx, input }) => cancelQuery(ctx.scope, input)),
  follow: view
    .meta({
      openapi: {
        method: "GET",
        path: "/queries/{id}/events",
        summary: "The state of a statement as it changes",
      },
    })
    .input(FollowQueryInput)
    .subscription(({ ctx, input, signal }) =>
      followQuery(ctx.scope, input, signal ?? new AbortController().signal),
    ),
  record: view
    .input(RecordQueryInput)
    .output(RecordQueryResult)
    .mutation(({ ctx, input }) => recordQuery(ctx.scope, input)),
  completion: view.input(ListNamesInput).query(({ ctx, input }) => listNames(ctx.scope, input)),
  view: view
    .input(OpenViewInput)
    .output(OpenViewResult)
    .mutation(({ ctx, input, signal }) => openView(ctx.scope, input, signal)),
  ask: view
    .input(AskResultInput)
    .output(AskResultResult)
    .mutation(({ ctx, input, signal }) => askResult(ctx.scope, input, signal)),
  forget: view
    .meta({
      openapi: { method: "DELETE", path: "/queries/{id}/result", summary: "Let go of the rows of a result" },
    })
    .input(ForgetResultInput)
    .output(ForgetResultResult)
    .mutation(({ ctx, input }) => forgetResult(ctx.scope, input)),
  /** Answers bytes, as the next two do: reached by /api/results and /api/v1, not by a client of tRPC. */
  export: view.input(ExportFileInput).query(({ ctx, input, signal }) => exportFile(ctx.scope, input, signal)),
  rows: view.input(ReadRowsInput).query(({ ctx, input }) => readRows(ctx.scope, input)),
  result: view
    .meta({
      openapi: {
        method: "GET",
        path: "/queries/{id}/result",
        summary: "The rows of a result, or some of them, streamed",
        answers: [
          "application/json",
          "text/csv",
          "application/vnd.apache.arrow.stream",
          "application/vnd.apache.parquet",
        ],
      },
    })
    .input(ExportResultInput)
    .query(({ ctx, input, signal }) => exportResult(ctx.scope, input, signal)),
  catalogs: catalogsRouter,
});

/** The path of a saved query in the public API. */
const at = <const Rest extends string>(rest: Rest) => `/saved-queries/{name}${rest}` as const;

export const savedQueriesRouter = router({
  list: view
    .meta({ openapi: { method: "GET", path: "/saved-queries", summary: "Saved queries" } })
    .output(ListSavedResult)
    .query(({ ctx }) => listSaved(ctx.scope)),
  get: view
    .meta({ openapi: { method: "GET", path: at(""), summary: "A saved query, or one version of it" } })
    .input(GetSavedInput)
    .output(SavedQueryView)
    .query(({ ctx, input }) => getSaved(ctx.scope, input)),
  save: edit
    .meta({ openapi: { method: "PUT", path: at(""), summary: "Save a query as its next version" } })
    .input(SaveQueryInput)
    .output(SaveQueryResult)
    .mutation(({ ctx, input }) => saveQuery(ctx.scope, input)),
  versions: view
    .meta({
      openapi: { method: "GET", path: at("/versions"), summary: "The versions of a query, newest first" },
    })
    .input(ListVersionsInput)
    .output(ListVersionsResult)
    .query(({ ctx, input }) => listVersions(ctx.scope, input)),
  restore: edit
    .meta({
      openapi: { method: "POST", path: at("/restores"), summary: "Make an earlier version the next one" },
    })
    .input(RestoreVersionInput)
    .output(RestoreVersionResult)
    .mutation(({ ctx, input }) => restoreVersion(ctx.scope, input)),
  remove: edit
    .meta({ openapi: { method: "DELETE", path: at(""), summary: "Take a query out of the list" } })
    .input(RemoveSavedInput)
    .output(RemoveSavedResult)
    .mutation(({ ctx, input }) => removeSaved(ctx.scope, input)),
});

import { authRouter } from "../auth/router";
import { codeRouter } from "../code/router";
import { dashboardsRouter, datasetsRouter, reportsRouter } from "../datasets/router";
import { experimentsRouter } from "../experiments/router";
import { tablesRouter } from "../lakehouse/router";
import { archiveRouter } from "../pipelines/archive/router";
import { draftsRouter } from "../pipelines/drafts/router";
import { importsRouter } from "../pipelines/imports/router";
import { knowledgeRouter } from "../pipelines/knowledge/router";
import { limitsRouter } from "../pipelines/limits/router";
import { notificationsRouter } from "../pipelines/notifications/router";
import { pipelinesRouter, runsRouter } from "../pipelines/router";
import { backfillsRouter, schedulesRouter } from "../pipelines/triggers/router";
import { runChangesRouter, runGridRouter } from "../pipelines/watch/router";
import { queriesRouter, savedQueriesRouter } from "../query/router";
import { secretsRouter } from "../secrets/router";
import { connectorsRouter, operationsRouter, sourcesRouter } from "../sources/router";
import { syncsRouter } from "../sources/syncs/router";
import { statusRouter } from "../status/router";
import {
  auditRouter,
  invitationsRouter,
  membersRouter,
  tokensRouter,
  workspacesRouter,
} from "../workspaces/router";
import { mergeRouters, router } from "./trpc";

/** Every procedure of every room. */
export const appRouter = router({
  audit: auditRouter,
  auth: authRouter,
  backfills: backfillsRouter,
  code: codeRouter,
  connectors: connectorsRouter,
  dashboards: dashboardsRouter,
  datasets: datasetsRouter,
  experiments: experimentsRouter,
  invitations: invitationsRouter,
  limits: limitsRouter,
  members: membersRouter,
  notifications: notificationsRouter,
  operations: operationsRouter,
  pipelines: mergeRouters(
    pipelinesRouter,
    draftsRouter,
    importsRouter,
    knowledgeRouter,
    runGridRouter,
    archiveRouter,
  ),
  queries: queriesRouter,
  reports: reportsRouter,
  runs: mergeRouters(runsRouter, runChangesRouter),
  savedQueries: savedQueriesRouter,
  schedules: schedulesRouter,
  secrets: secretsRouter,
  sources: sourcesRouter,
  status: statusRouter,
  syncs: syncsRouter,
  tables: tablesRouter,
  tokens: tokensRouter,
  workspaces: workspacesRouter,
});

export type AppRouter = typeof appRouter;

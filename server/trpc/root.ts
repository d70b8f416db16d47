import { authRouter } from "../auth/router";
import { codeRouter } from "../code/router";
import { experimentsRouter } from "../experiments/router";
import { tablesRouter } from "../lakehouse/router";
import { pipelinesRouter, runsRouter } from "../pipelines/router";
import { statusRouter } from "../status/router";
import {
  auditRouter,
  invitationsRouter,
  membersRouter,
  tokensRouter,
  workspacesRouter,
} from "../workspaces/router";
import { router } from "./trpc";

/** Every procedure of every room. */
export const appRouter = router({
  audit: auditRouter,
  auth: authRouter,
  code: codeRouter,
  experiments: experimentsRouter,
  invitations: invitationsRouter,
  members: membersRouter,
  pipelines: pipelinesRouter,
  runs: runsRouter,
  status: statusRouter,
  tables: tablesRouter,
  tokens: tokensRouter,
  workspaces: workspacesRouter,
});

export type AppRouter = typeof appRouter;

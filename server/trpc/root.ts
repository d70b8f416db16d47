import { authRouter } from "../auth/router";
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
  invitations: invitationsRouter,
  members: membersRouter,
  status: statusRouter,
  tokens: tokensRouter,
  workspaces: workspacesRouter,
});

export type AppRouter = typeof appRouter;

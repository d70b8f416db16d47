import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import { z } from "zod";
import { Failure } from "../../domain/shared/failure";
import type { Role } from "../../domain/workspaces/role";
import type { Person } from "../auth/index";
import type { Composition } from "../composition";
import { requireRole, resolveWorkspace, type TokenIdentity, type WorkspaceScope } from "../workspaces/index";
import { shownFailure, translateError } from "./errors";

/**
 * How a room writes its procedures:
 *
 *     export const tablesRouter = router({
 *       list: roleProcedure("viewer")                       // input gets `workspace`, ctx gets `scope`
 *         .meta({ openapi: { method: "GET", path: "/tables", summary: "Tables of the lake" } })
 *         .input(ListTablesInput)   // z.object (not strictObject: it also sees `workspace`), which is merged in
 *         .query(({ ctx, input }) => listTables(ctx.scope, input)),
 *     });
 *
 * `ctx.scope` is a WorkspaceScope with every socket of the composition (`db`, `queryEngine`, `workflows`, ...).
 *
 * `meta.openapi` puts the same procedure under /api/v1, where the token fixes the workspace:
 * - `{name}` in `path` is the input field of that name; it must exist in the input (optional is fine).
 * - GET and DELETE read the other fields from the query string (numbers and booleans are converted), POST and PUT
 *   from the JSON body; a field that the input does not know is refused by name. Query fields work with PUT too.
 * - `bodyField: "document"` takes the whole JSON body as that field; with `bodyType: "application/zip"` the field is a
 *   Uint8Array of the raw body.
 * - `status: 202` for long work (the default is 200). `Idempotency-Key` is honoured on every POST, and is also passed
 *   as the input field `idempotencyKey` where there is one.
 * - `answers`: the media types of a procedure that gives a StreamedAnswer; `output` is then not stated.
 * - A subscription with `method: "GET"` is served as server-sent events, one JSON `data:` for each value yielded.
 */
export type ProcedureMeta = {
  /** The least role that may call it; absent where no workspace is involved. */
  role?: Role;
  openapi?: {
    method: "GET" | "POST" | "PUT" | "DELETE";
    path: `/${string}`;
    summary: string;
    status?: 200 | 201 | 202 | 204;
    bodyField?: string;
    bodyType?: "application/json" | "application/zip";
    answers?: string[];
  };
};

/** One request: the parts of the process and who asks. At most one of `person` and `token` is there. */
export type RequestContext = {
  composition: Composition;
  person: Person | null;
  token: TokenIdentity | null;
  clientAddress: string;
};

const t = initTRPC
  .context<RequestContext>()
  .meta<ProcedureMeta>()
  .create({
    transformer: superjson,
    errorFormatter: ({ shape, error }) => {
      const failure = shownFailure(error);
      // The formatter sees the errors of generators too, which no middleware does; a stack is never sent.
      const { stack: _stack, ...data } = shape.data;
      return { ...shape, message: failure.message, data: { ...data, failure } };
    },
    sse: {
      maxDurationMs: 30 * 60_000,
      ping: { enabled: true, intervalMs: 5_000 },
      client: { reconnectAfterInactivityMs: 15_000 },
    },
  });

export const router = t.router;
export const mergeRouters = t.mergeRouters;
export const createCallerFactory = t.createCallerFactory;

const isAsyncIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === "object" && value !== null && Symbol.asyncIterator in value;

async function* translated(values: AsyncIterable<unknown>, path: string): AsyncGenerator<unknown> {
  try {
    yield* values;
  } catch (error) {
    const wrapped =
      error instanceof TRPCError ? error : new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: error });
    throw translateError(wrapped, path);
  }
}

const translateFailures = t.middleware(async ({ next, path }) => {
  const result = await next();
  if (!result.ok) throw translateError(result.error, path);
  return isAsyncIterable(result.data) ? { ...result, data: translated(result.data, path) } : result;
});

/** Anybody, signed in or not. */
export const publicProcedure = t.procedure.use(translateFailures);

/** A person with a session. Tokens are refused: they act in one workspace only. */
export const signedInProcedure = publicProcedure.use(({ ctx, next }) => {
  if (ctx.person === null) throw new Failure("unauthenticated", "Sign in first.");
  return next({ ctx: { ...ctx, person: ctx.person } });
});

/** What every workspace verb finds in its scope. */
type FullScope = WorkspaceScope<Omit<Composition, "env">>;

/** A member of `input.workspace` (its slug), or a token of it. */
const workspaceProcedure = publicProcedure
  .input(z.object({ workspace: z.string().min(1) }))
  .use(async ({ ctx, input, next }) => {
    const { env: _env, ...sockets } = ctx.composition;
    const found = await resolveWorkspace(sockets, input.workspace, ctx.person, ctx.token);
    const scope: FullScope = { ...sockets, ...found };
    return next({ ctx: { ...ctx, scope } });
  });

/** A member or token with at least `role`. The verb asks again, so that it is safe wherever it is called from. */
export const roleProcedure = (role: Role) =>
  workspaceProcedure.meta({ role }).use(({ ctx, next }) => {
    requireRole(ctx.scope, role);
    return next();
  });

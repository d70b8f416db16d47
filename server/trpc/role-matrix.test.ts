import type { TRPCError } from "@trpc/server";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { Role } from "../../domain/workspaces/role";
import { roleAtLeast } from "../../domain/workspaces/role-at-least";
import { appRouter } from "./root";
import { createCallerFactory, type ProcedureMeta, type RequestContext } from "./trpc";

const OPEN = ["auth.acceptInvitation", "auth.invitation", "auth.setup", "auth.state"];
const SIGNED_IN = ["auth.changePassword", "auth.me", "status.engines", "workspaces.create"];

const procedures = Object.entries(
  appRouter._def.procedures as unknown as Record<string, { _def: { meta?: ProcedureMeta } }>,
);
const inWorkspaces = procedures.filter(([path]) => !OPEN.includes(path) && !SIGNED_IN.includes(path));
const createCaller = createCallerFactory(appRouter);

/** A database that knows one member with this role (null: a stranger) and refuses everything else. */
function contextOf(role: Role | null, signedIn = true): RequestContext {
  const db = {
    workspace: { findUnique: async () => ({ id: "w", slug: "w", name: "W" }) },
    membership: { findUnique: async () => (role === null ? null : { role }) },
  };
  return {
    composition: { db, clock: { now: () => new Date(0) }, tracker: null, jobRunner: null },
    person: signedIn ? { id: "p", email: "p@x.org", name: "P" } : null,
    token: null,
    clientAddress: "test",
  } as unknown as RequestContext;
}

/** The code of the refusal. Past its guards a call ends in some other code, for want of input or of a database. */
async function outcome(path: string, context: RequestContext): Promise<string> {
  let call: unknown = createCaller(context);
  for (const step of path.split(".")) call = (call as Record<string, unknown>)[step];
  try {
    await (call as (input: unknown) => Promise<unknown>)({ workspace: "w" });
    return "done";
  } catch (error) {
    return (error as TRPCError).code;
  }
}

beforeAll(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
});

describe("who may call what", () => {
  it.each(inWorkspaces)("%s states its role", (_path, { _def }) => {
    expect(Role.safeParse(_def.meta?.role).success).toBe(true);
  });

  const cases = inWorkspaces.flatMap(([path, { _def }]) =>
    Role.options.map((held) => ({ path, held, needed: _def.meta?.role ?? "admin" })),
  );
  it.each(cases)("$path needs $needed, asked by $held", async ({ path, held, needed }) => {
    const code = await outcome(path, contextOf(held));
    if (roleAtLeast(held, needed)) expect(code).not.toBe("FORBIDDEN");
    else expect(code).toBe("FORBIDDEN");
  });

  it.each(inWorkspaces)("%s hides the workspace from a stranger", async (path) => {
    expect(await outcome(path, contextOf(null))).toBe("NOT_FOUND");
  });

  it.each([...inWorkspaces.map(([path]) => path), ...SIGNED_IN])("%s asks for a session", async (path) => {
    expect(await outcome(path, contextOf(null, false))).toBe("UNAUTHORIZED");
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Failure } from "../../domain/shared/failure";
import type { Role } from "../../domain/workspaces/role";
import { scratchDatabase } from "../db/scratch-database";
import { createInvitation } from "./create-invitation";
import { createToken } from "./create-token";
import { createWorkspace } from "./create-workspace";
import { ensureSampleWorkspace } from "./ensure-sample-workspace";
import { findToken } from "./find-token";
import { listAudit } from "./list-audit";
import { listInvitations } from "./list-invitations";
import { listTokens } from "./list-tokens";
import { removeMember } from "./remove-member";
import { resolveWorkspace } from "./resolve-workspace";
import { revokeInvitation } from "./revoke-invitation";
import { revokeToken } from "./revoke-token";
import { setMemberRole } from "./set-member-role";
import type { Db } from "./store";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const serverUrl = process.env.CONTRACT_DATABASE_URL ?? "";
const clock = { now: () => new Date("2026-02-01T12:00:00Z") };

const codeOf = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => "done",
    (error: Failure) => error.code ?? String(error),
  );

describe.skipIf(serverUrl === "")("workspaces, on PostgreSQL (CONTRACT_DATABASE_URL)", () => {
  let db: Db;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    ({ db, drop } = await scratchDatabase(serverUrl));
  });
  afterAll(() => drop?.());

  const person = (name: string) => db.user.create({ data: { email: `${name}@x.org`, name } });

  async function freshWorkspace(slug: string) {
    const admin = await person(`admin-of-${slug}`);
    await createWorkspace({ db, actor: admin }, { name: slug, slug });
    const found = await resolveWorkspace({ db, clock }, slug, admin, null);
    const join = async (name: string, role: Role) => {
      const user = await person(`${name}-of-${slug}`);
      await db.membership.create({ data: { userId: user.id, workspaceId: found.workspace.id, role } });
      return user;
    };
    return { admin, join, scope: { ...found, db, clock, publicUrl: "http://127.0.0.1:3000" } };
  }

  it("makes the sample workspace once, whoever comes first", async () => {
    const made = await Promise.all([1, 2, 3].map(() => ensureSampleWorkspace(db)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  });

  it("gives a workspace to its maker, and a taken name to nobody", async () => {
    const { admin, scope } = await freshWorkspace("taken");
    expect(scope.role).toBe("admin");
    expect(await codeOf(createWorkspace({ db, actor: admin }, { name: "again", slug: "taken" }))).toBe(
      "conflict",
    );
  });

  it("hides a workspace from those who are no members", async () => {
    await freshWorkspace("hidden");
    const stranger = await person("stranger");
    const look = (slug: string) => codeOf(resolveWorkspace({ db, clock }, slug, stranger, null));
    expect(await look("hidden")).toBe("not_found");
    expect(await look("never-was")).toBe("not_found");
    expect(await codeOf(resolveWorkspace({ db, clock }, "hidden", null, null))).toBe("unauthenticated");
  });

  it("keeps one admin, also when two step down at once", async () => {
    const { admin, join, scope } = await freshWorkspace("two-admins");
    expect(await codeOf(setMemberRole(scope, { userId: admin.id, role: "viewer" }))).toBe("conflict");
    expect(await codeOf(removeMember(scope, { userId: admin.id }))).toBe("conflict");
    const second = await join("second", "admin");
    const outcomes = await Promise.all([
      codeOf(setMemberRole(scope, { userId: admin.id, role: "viewer" })),
      codeOf(removeMember(scope, { userId: second.id })),
    ]);
    expect(outcomes.sort()).toEqual(["conflict", "done"]);
    expect(await db.membership.count({ where: { workspaceId: scope.workspace.id, role: "admin" } })).toBe(1);
  });

  it("knows a token by its hash alone, and no more once it is revoked", async () => {
    const { scope } = await freshWorkspace("tokens");
    const { id, token } = await createToken(scope, { name: "script", role: "engineer" });
    expect(JSON.stringify(await db.apiToken.findMany())).not.toContain(token);
    const identity = await findToken({ db, clock }, token);
    expect(identity).toMatchObject({ id, role: "engineer", workspace: { slug: "tokens" } });
    expect((await listTokens(scope))[0]?.lastUsedAt).toEqual(clock.now());
    expect(await codeOf(resolveWorkspace({ db, clock }, "sample", null, identity))).toBe("not_found");
    await revokeToken(scope, { id });
    expect(await findToken({ db, clock }, token)).toBeNull();
    expect(await codeOf(revokeToken(scope, { id }))).toBe("not_found");
  });

  it("shows open invitations and forgets revoked ones", async () => {
    const { scope } = await freshWorkspace("guests");
    const { id, url } = await createInvitation(scope, { email: "g@x.org", role: "viewer" });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:3000\/invitation\/bwi_[\w-]{43}$/);
    expect((await listInvitations(scope)).map(({ email }) => email)).toEqual(["g@x.org"]);
    await revokeInvitation(scope, { id });
    expect(await listInvitations(scope)).toEqual([]);
  });

  it("writes every act down, page by page, without secrets", async () => {
    const { scope } = await freshWorkspace("audited");
    const { token } = await createToken(scope, { name: "one", role: "viewer" });
    await createToken(scope, { name: "two", role: "viewer" });
    const first = await listAudit(scope, { limit: 2 });
    const rest = await listAudit(scope, { limit: 2, cursor: first.nextCursor });
    const actions = [...first.items, ...rest.items].map(({ action, target }) => `${action} ${target}`);
    expect(actions).toEqual(["token.created two", "token.created one", "workspace.created audited"]);
    expect(rest.nextCursor).toBeNull();
    expect(JSON.stringify(first.items)).not.toContain(token);
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Failure } from "../../domain/shared/failure";
import { scratchDatabase } from "../db/scratch-database";
import { type Db, ensureSampleWorkspace, hashSecretToken, workspacesOf } from "../workspaces/index";
import { acceptInvitation } from "./accept-invitation";
import { changePassword } from "./change-password";
import { findPerson } from "./find-person";
import { setUp } from "./set-up";
import { signIn } from "./sign-in";
import { signInLimit } from "./sign-in-limit";
import { signInState } from "./sign-in-state";
import { signInWithProvider } from "./sign-in-with-provider";
import { userByEmail } from "./store";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const serverUrl = process.env.CONTRACT_DATABASE_URL ?? "";
const PASSWORD = "correct horse battery";
const NOW = new Date("2026-02-01T12:00:00Z");
const clock = { now: () => NOW };
const DAY_MS = 24 * 60 * 60_000;

const codeOf = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => "done",
    (error: Failure) => error.code ?? String(error),
  );

describe.skipIf(serverUrl === "")("signing in, on PostgreSQL (CONTRACT_DATABASE_URL)", () => {
  let db: Db;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    ({ db, drop } = await scratchDatabase(serverUrl));
  });
  afterAll(() => drop?.());

  const freshLimit = () => signInLimit();
  const attempt = (email: string, password: string, limit = freshLimit()) =>
    signIn({ db, signInLimit: limit }, { email, password, clientAddress: "10.0.0.1" });

  async function invite(
    email: string,
    { expiresAt = new Date(NOW.getTime() + DAY_MS), role = "analyst" } = {},
  ) {
    const token = `bwi_${email}-${Math.random()}`;
    const workspace = await ensureSampleWorkspace(db);
    await db.invitation.create({
      data: {
        workspaceId: workspace.id,
        email,
        role,
        tokenHash: hashSecretToken(token),
        invitedBy: "x",
        expiresAt,
      },
    });
    return token;
  }
  const accept = (token: string, password = PASSWORD) =>
    acceptInvitation(
      { db, clock, signInLimit: freshLimit(), clientAddress: "10.0.0.2" },
      { token, name: "Guest", password },
    );

  it("lets one of several first visits at once become the admin", async () => {
    expect(await signInState({ db, oidc: null })).toEqual({ needsSetup: true, oidcName: null });
    const visits = [1, 2, 3, 4].map((n) =>
      codeOf(setUp({ db }, { email: `a${n}@x.org`, name: "A", password: PASSWORD })),
    );
    expect((await Promise.all(visits)).sort()).toEqual(["conflict", "conflict", "conflict", "done"]);
    expect(await db.user.count()).toBe(1);
    expect(await signInState({ db, oidc: null })).toEqual({ needsSetup: false, oidcName: null });
    const admin = await db.user.findFirstOrThrow();
    expect(await workspacesOf(db, admin.id)).toEqual([{ slug: "sample", name: "Sample", role: "admin" }]);
    expect(await db.auditEntry.count({ where: { action: "setup.completed" } })).toBe(1);
  });

  it("takes an invitation once, even twice at the same moment", async () => {
    const token = await invite("guest@x.org");
    const outcomes = await Promise.all([codeOf(accept(token)), codeOf(accept(token))]);
    expect(outcomes.filter((code) => code === "done")).toHaveLength(1);
    expect(await codeOf(accept(token))).toBe("not_found");
    expect((await attempt("Guest@X.org", PASSWORD)).email).toBe("guest@x.org");
  });

  it("refuses an invitation that is too old, and a short password", async () => {
    expect(await codeOf(accept(await invite("late@x.org", { expiresAt: NOW })))).toBe("not_found");
    expect(await codeOf(accept(await invite("short@x.org"), "short"))).toBe("invalid_input");
  });

  it("asks a person who is known here for the password they have, and never lowers their role", async () => {
    await accept(await invite("known@x.org", { role: "engineer" }));
    const second = await invite("known@x.org", { role: "viewer" });
    expect(await codeOf(accept(second, "another password"))).toBe("unauthenticated");
    await accept(second);
    const user = await userByEmail(db, "known@x.org");
    expect((await workspacesOf(db, user?.id ?? "")).map(({ role }) => role)).toEqual(["engineer"]);
  });

  it("says the same of a wrong password as of an unknown e-mail, and stops after too many", async () => {
    const limit = signInLimit({ perPair: 2, perEmail: 10, perAddress: 10, windowSeconds: 60 });
    const told = (email: string) =>
      attempt(email, "wrong", freshLimit()).catch((error: Failure) => error.message);
    expect(await told("guest@x.org")).toBe(await told("nobody@x.org"));
    const codes: string[] = [];
    for (const password of ["wrong", "wrong", PASSWORD])
      codes.push(await codeOf(attempt("guest@x.org", password, limit)));
    expect(codes).toEqual(["unauthenticated", "unauthenticated", "rate_limited"]);
  });

  it("ends every session with a new password", async () => {
    const user = await attempt("guest@x.org", PASSWORD);
    const claim = { userId: user.id, sessionEpoch: user.sessionEpoch };
    const person = await findPerson({ db }, claim);
    expect(person?.email).toBe("guest@x.org");
    if (person === null) return;
    const scope = { db, person, signInLimit: freshLimit(), clientAddress: "10.0.0.3" };
    const wrong = { currentPassword: "wrong", newPassword: "a new password" };
    expect(await codeOf(changePassword(scope, wrong))).toBe("invalid_input");
    await changePassword(scope, { currentPassword: PASSWORD, newPassword: "a new password" });
    expect(await findPerson({ db }, claim)).toBeNull();
    expect(await codeOf(attempt("guest@x.org", PASSWORD))).toBe("unauthenticated");
    expect(await codeOf(attempt("guest@x.org", "a new password"))).toBe("done");
  });

  it("links an identity by a verified e-mail only, and keeps the link when the address changes", async () => {
    const identity = {
      provider: "oidc",
      subject: "s-1",
      email: "guest@x.org",
      emailVerified: false,
      name: null,
    };
    const scope = { db, clock };
    expect(await codeOf(signInWithProvider(scope, identity))).toBe("forbidden");
    const linked = await signInWithProvider(scope, { ...identity, emailVerified: true });
    const later = { ...identity, email: "moved@x.org" };
    expect((await signInWithProvider(scope, later)).id).toBe(linked.id);
  });

  it("lets a stranger in by a provider only with an invitation", async () => {
    const identity = {
      provider: "oidc",
      subject: "s-2",
      email: "new@x.org",
      emailVerified: true,
      name: "New",
    };
    expect(await codeOf(signInWithProvider({ db, clock }, identity))).toBe("forbidden");
    await invite("new@x.org", { role: "viewer" });
    const user = await signInWithProvider({ db, clock }, identity);
    expect((await workspacesOf(db, user.id)).map(({ role }) => role)).toEqual(["viewer"]);
    expect(await db.invitation.count({ where: { email: "new@x.org", acceptedAt: null } })).toBe(0);
  });
});

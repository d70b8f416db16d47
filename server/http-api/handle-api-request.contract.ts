import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../domain/workspaces/role";
import type { Composition } from "../composition";
import { scratchDatabase } from "../db/scratch-database";
import { memoryKeyHolds } from "../engines/memory/key-holds";
import { createToken, ensureSampleWorkspace } from "../workspaces/index";
import { handleApiRequest } from "./handle-api-request";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const serverUrl = process.env.CONTRACT_DATABASE_URL ?? "";

describe.skipIf(serverUrl === "")("the public API, on PostgreSQL (CONTRACT_DATABASE_URL)", () => {
  let parts: Composition;
  let drop: () => Promise<void>;
  const tokens = {} as Record<Role, string>;

  beforeAll(async () => {
    const scratch = await scratchDatabase(serverUrl);
    drop = scratch.drop;
    const clock = { now: () => new Date() };
    const sockets = {
      db: scratch.db,
      keyHolds: memoryKeyHolds(),
      clock,
      version: "1.2.3",
      enginesStatusPath: null,
      publicUrl: "http://app.test",
      // What a pipeline is judged by.
      tableCatalog: { list: async () => [] },
      jobRunner: null,
    };
    parts = sockets as unknown as Composition;
    const workspace = await ensureSampleWorkspace(scratch.db);
    const scope = { ...sockets, workspace, role: "admin" as const, actor: { id: "system", name: "test" } };
    for (const role of ["viewer", "engineer"] as const) {
      tokens[role] = (await createToken(scope, { name: role, role })).token;
    }
  });
  afterAll(() => drop?.());

  async function call(
    method: string,
    path: string,
    options: { role?: Role; key?: string; body?: unknown } = {},
  ) {
    const { role, key, body } = options;
    const headers = {
      ...(role === undefined ? {} : { authorization: `Bearer ${tokens[role]}` }),
      ...(key === undefined ? {} : { "idempotency-key": key }),
    };
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await handleApiRequest(new Request(`http://app.test/api/v1${path}`, init), () => parts);
    const type = response.headers.get("content-type");
    return {
      status: response.status,
      type,
      body: (await response.json()) as Record<string, unknown>,
      response,
    };
  }

  it("tells its health and its description to everybody", async () => {
    const health = await call("GET", "/health");
    expect(health).toMatchObject({ status: 200, body: { status: "ok", version: "1.2.3" } });
    expect((await call("GET", "/openapi.json")).body).toMatchObject({ openapi: "3.1.0" });
  });

  it("asks for a token, and says how to send one", async () => {
    const { status, type, response, body } = await call("GET", "/pipelines");
    expect([status, type]).toEqual([401, "application/problem+json"]);
    expect(response.headers.get("www-authenticate")).toBe("Bearer");
    expect(body).toMatchObject({ code: "unauthenticated" });
  });

  it("gives a token the rights of its role and no more", async () => {
    expect(await call("GET", "/pipelines", { role: "viewer" })).toMatchObject({
      status: 200,
      body: { items: [], nextCursor: null },
    });
    const refused = await call("PUT", "/pipelines/p", { role: "viewer", body: {} });
    expect(refused).toMatchObject({ status: 403, body: { code: "forbidden" } });
    const wrong = await call("PUT", "/pipelines/p", { role: "engineer", body: {} });
    expect(wrong).toMatchObject({ status: 400, body: { code: "invalid_input" } });
  });

  it("answers a repeated POST with the first answer, and refuses the key for another body", async () => {
    const post = (body: unknown) =>
      call("POST", "/pipelines/p/validate", { role: "viewer", key: "once", body });
    const first = await post({ name: "x" });
    expect(first.status).toBe(200);
    expect((await post({ name: "x" })).body).toEqual(first.body);
    expect(await post({ name: "y" })).toMatchObject({ status: 400, body: { code: "invalid_input" } });
    expect(await parts.db.idempotencyKey.count()).toBe(1);
  });

  it("answers every wrong address with a problem", async () => {
    expect(await call("GET", "/nothing")).toMatchObject({ status: 404, body: { code: "not_found" } });
    expect((await call("GET", "/runs/%E0%A4%A")).status).toBe(404);
    const wrongMethod = await call("PATCH", "/runs/x");
    expect(wrongMethod.status).toBe(405);
    expect(wrongMethod.response.headers.get("allow")).toBe("GET, DELETE");
    expect((await call("GET", "/runs/none/events", { role: "viewer" })).status).toBe(404);
  });
});

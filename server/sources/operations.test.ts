import { describe, expect, it } from "vitest";
import { isFinal } from "../../domain/shared/is-final";
import { memoryConnectorRunner } from "../engines/memory/connector-runner";
import { sourceWorld } from "./memory/source-world";
import { DOCUMENT, saved, until, type World } from "./memory/world-steps";
import { cancelOperation, followOperation, getOperation } from "./operations/get-operation";
import { startCheck, startDiscovery, startSpec } from "./operations/start-operation";

const done = (world: World, scope: Awaited<ReturnType<typeof saved>>, operationId: string) =>
  until(
    async () => {
      const view = await getOperation(scope, { operationId });
      return isFinal(view.status) ? view : null;
    },
    `done: ${world.bugs.map(String).join()}`,
  );

describe("long work with a connector", () => {
  it("tells what the config asks for, and the second time at once", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    const scope = await saved(world);
    const first = await startSpec(scope, { connector: "source-faker" });
    expect(first.status).toBe("queued");
    expect(await done(world, scope, first.id)).toMatchObject({
      status: "succeeded",
      spec: { connector: "source-faker", version: "7.2.1" },
      check: null,
    });
    expect(
      await startSpec(world.scope(scope.workflows, "viewer"), { connector: "source-faker" }),
    ).toMatchObject({
      status: "succeeded",
      spec: { version: "7.2.1" },
    });
  });

  it("checks a saved connection and a document, with the secrets in their places", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    const seen: unknown[] = [];
    world.source.check = (config) => {
      seen.push(config);
      return { ok: false, message: "The source refuses open-sesame-canary." };
    };
    const scope = await saved(world);
    for (const input of [{ name: "shop" }, { document: { ...DOCUMENT, streams: [] } }]) {
      const { id } = await startCheck(scope, input);
      expect(await done(world, scope, id)).toMatchObject({
        status: "succeeded",
        check: { ok: false, message: "The source refuses ******." },
      });
    }
    expect(seen).toEqual(Array(2).fill({ token: "Bearer open-sesame-canary" }));
    expect(JSON.stringify([...world.workflows.values()].map((each) => [...each.steps]))).not.toContain(
      "canary",
    );
  });

  it("discovers streams", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    const scope = await saved(world);
    const { id } = await startDiscovery(scope, { name: "shop" });
    const views: string[] = [];
    for await (const view of followOperation(scope, { operationId: id }, new AbortController().signal, 1))
      views.push(view.status);
    expect(views.at(-1)).toBe("succeeded");
    expect((await getOperation(scope, { operationId: id })).streams?.map((each) => each.name)).toEqual([
      "users",
      "orders",
    ]);
  });

  it("fails in words, and never with a secret that is written out", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    const scope = await saved(world);
    const unknown = await startSpec(scope, { connector: "source-unknown", version: "1.0" });
    expect(await done(world, scope, unknown.id)).toMatchObject({
      status: "failed",
      error: { code: "not_found" },
    });
    const config = { password: "hunter2" };
    await expect(startCheck(scope, { document: { ...DOCUMENT, config } })).rejects.toMatchObject({
      errors: [{ pointer: "/config/password" }],
    });
    world.secrets.clear();
    const check = await startCheck(scope, { name: "shop" });
    expect((await done(world, scope, check.id)).error?.message).toContain("WORD");
  });

  it("is cancelled at once, and asks for its roles", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    world.between.runner = (runner) => ({
      ...runner,
      check: ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error))),
    });
    const scope = await saved(world);
    const { id } = await startCheck(scope, { name: "shop" });
    await until(
      async () => ((await getOperation(scope, { operationId: id })).status === "running" ? true : null),
      "running",
    );
    expect(await cancelOperation(scope, { operationId: id })).toMatchObject({ status: "cancelled" });
    await expect(
      getOperation(world.scope(scope.workflows, "admin", "other"), { operationId: id }),
    ).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(startCheck(world.scope(scope.workflows, "viewer"), { name: "shop" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(
      startCheck(world.scope(scope.workflows, "analyst"), { document: DOCUMENT }),
    ).rejects.toMatchObject({ code: "forbidden" });
  });
});

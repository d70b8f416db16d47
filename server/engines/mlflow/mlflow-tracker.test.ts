import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { mlflowTracker } from "./mlflow-tracker";

describe("mlflowTracker", () => {
  let server: Server | undefined;
  afterEach(() => void server?.close());

  const serving = async (answer: (request: IncomingMessage) => { status: number; body: unknown }) => {
    const made = createServer((request, response) => {
      const { status, body } = answer(request);
      response.writeHead(status).end(JSON.stringify(body));
    });
    server = made;
    await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
    return (made.address() as AddressInfo).port;
  };

  it("says that nothing answers, to be tried again", async () => {
    const tracker = mlflowTracker({ trackingUri: "http://127.0.0.1:1" });
    await expect(tracker.health()).rejects.toMatchObject({ code: "engine_unavailable", retryable: true });
  });

  it("sends a password as basic authentication and keeps it out of the run's page", async () => {
    let authorization: string | undefined;
    const run = { info: { run_id: "r", experiment_id: "7", status: "FINISHED" } };
    const port = await serving((request) => {
      authorization = request.headers.authorization;
      return { status: 200, body: { run } };
    });
    const tracker = mlflowTracker({ trackingUri: `http://me:s%40crét@127.0.0.1:${port}/prefix` });
    expect((await tracker.run("r")).url).toBe(`http://127.0.0.1:${port}/prefix/#/experiments/7/runs/r`);
    expect(authorization?.startsWith("Basic ")).toBe(true);
  });

  it("reads metrics that JSON cannot hold as numbers", async () => {
    const metrics = [
      { key: "mape", value: "NaN" },
      { key: "wape", value: 0.2 },
    ];
    const run = { info: { run_id: "r", experiment_id: "7", status: "FINISHED" }, data: { metrics } };
    const port = await serving(() => ({ status: 200, body: { run } }));
    const read = await mlflowTracker({ trackingUri: `http://127.0.0.1:${port}` }).run("r");
    expect(read.metrics).toEqual({ mape: Number.NaN, wape: 0.2 });
  });

  it("does not show what the server said", async () => {
    const port = await serving(() => ({ status: 500, body: { message: "secret path" } }));
    const asked = mlflowTracker({ trackingUri: `http://127.0.0.1:${port}` }).run("r");
    await expect(asked).rejects.toMatchObject({ code: "engine_failed" });
    await expect(asked).rejects.not.toThrow(/secret/);
  });
});

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocketServer } from "ws";
import { rayJobRunner } from "./ray-job-runner";

const JOB = { id: "job-1", entrypoint: "true", package: new Uint8Array([1, 2]), env: {}, metadata: {} };
const RUNNING = { status: "RUNNING", message: null, start_time: 1, end_time: null };
const SUCCEEDED = { status: "SUCCEEDED", message: "Done.", start_time: 1, end_time: 2 };

describe("rayJobRunner", () => {
  let server: Server | undefined;
  afterEach(() => void server?.close());

  type Answer = (request: IncomingMessage) => { status: number; body: unknown };
  const serving = async (answer: Answer) => {
    const seen: string[] = [];
    const made = createServer((request: IncomingMessage, response: ServerResponse) => {
      seen.push(`${request.method} ${request.url}`);
      const { status, body } = answer(request);
      request.resume().on("end", () => response.writeHead(status).end(JSON.stringify(body)));
    });
    server = made;
    await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
    return { made, seen, address: `http://127.0.0.1:${(made.address() as AddressInfo).port}` };
  };

  it("says that nothing answers, to be tried again", async () => {
    const runner = rayJobRunner({ address: "http://127.0.0.1:1" });
    for (const act of [runner.submit(JOB), runner.state("x"), runner.stop("x"), runner.health()]) {
      await expect(act).rejects.toMatchObject({ code: "engine_unavailable", retryable: true });
    }
  });

  it("uploads a package once, under the hash of its bytes", async () => {
    let stored = false;
    const { address, seen } = await serving((request) => {
      if (request.method === "GET") return { status: stored ? 200 : 404, body: {} };
      if (request.method === "PUT") stored = true;
      return { status: 200, body: {} };
    });
    const runner = rayJobRunner({ address });
    await runner.submit(JOB);
    await runner.submit({ ...JOB, id: "job-2" });
    expect(seen.filter((line) => line.startsWith("PUT"))).toEqual([
      expect.stringMatching(/^PUT \/api\/packages\/gcs\/_ray_pkg_[0-9a-f]{32}\.zip$/),
    ]);
  });

  it("takes a job that is there already for submitted, and shows no other refusal's text", async () => {
    let text = "Job with submission_id job-1 already exists.";
    const { address } = await serving((request) =>
      request.method === "POST" ? { status: 500, body: text } : { status: 200, body: {} },
    );
    const runner = rayJobRunner({ address });
    await runner.submit(JOB);
    text = "Traceback: /secret/path ValueError: no such field";
    await expect(runner.submit(JOB)).rejects.toMatchObject({ code: "engine_failed" });
    await expect(runner.submit(JOB)).rejects.not.toThrow(/secret/);
  });

  it("takes a fault of the cluster's own for one that may pass", async () => {
    const body = "No available agent to submit job, please try again later.";
    const { address } = await serving(() => ({ status: 500, body }));
    const runner = rayJobRunner({ address });
    for (const act of [runner.submit(JOB), runner.state("x"), runner.stop("x")]) {
      await expect(act).rejects.toMatchObject({ code: "engine_unavailable", retryable: true });
    }
  });

  it("sends its token", async () => {
    let authorization: string | undefined;
    const { address } = await serving((request) => {
      authorization = request.headers.authorization;
      return { status: 200, body: RUNNING };
    });
    await rayJobRunner({ address, token: "t0ken" }).state("job-1");
    expect(authorization).toBe("Bearer t0ken");
  });

  it("delivers every byte once over lost connections, and drains what was written at the end", async () => {
    const connections = [["one\n", "tw"], ["one\ntwo\nžl"], ["one\n", "two\nžluť\n"]];
    let connected = 0;
    const { address, made } = await serving((request) => {
      if (request.url?.endsWith("/logs"))
        return { status: 200, body: { logs: "one\ntwo\nžluť\nlast words" } };
      return { status: 200, body: connected < connections.length ? RUNNING : SUCCEEDED };
    });
    new WebSocketServer({ server: made }).on("connection", (socket) => {
      for (const text of connections[connected] ?? []) socket.send(text);
      connected++;
      if (connected === 2) socket.terminate();
      else socket.close();
    });
    let text = "";
    for await (const chunk of rayJobRunner({ address }).tailLogs("job-1", AbortSignal.timeout(15_000)))
      text += chunk;
    expect(text).toBe("one\ntwo\nžluť\nlast words");
  });

  it("adds up the living nodes", async () => {
    const node = (state: string) => ({ raylet: { state, resourcesTotal: { CPU: 4, memory: 1024 ** 3 } } });
    const { address } = await serving((request) =>
      request.url === "/api/version"
        ? { status: 200, body: { ray_version: "2.60.0" } }
        : { status: 200, body: { data: { summary: [node("ALIVE"), node("ALIVE"), node("DEAD")] } } },
    );
    expect(await rayJobRunner({ address }).health()).toEqual({
      version: "2.60.0",
      detail: "2 nodes, 8 CPUs, 2.0 GiB",
      cpus: 8,
      memoryBytes: 2 * 1024 ** 3,
    });
  });
});

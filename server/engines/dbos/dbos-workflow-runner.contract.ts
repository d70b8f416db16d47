import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { describeWorkflowRunnerContract } from "../../../domain/ports/workflow-runner.contract";
import { dbosWorkflowClient } from "./dbos-workflow-client";
import { dbosWorkflowRunner } from "./dbos-workflow-runner";

// biome-ignore lint/style/noProcessEnv: a contract says itself which engine it runs against.
const serverUrl = process.env.CONTRACT_DATABASE_URL ?? "";

const database = `contract_${randomUUID().replaceAll("-", "")}`;
const databaseUrl =
  serverUrl === "" ? "" : Object.assign(new URL(serverUrl), { pathname: database }).toString();

const onServer = async (statement: string) => {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(statement).finally(() => client.end());
};

if (serverUrl === "") {
  describe("WorkflowRunner: DBOS", () => {
    it.skip("needs CONTRACT_DATABASE_URL, a PostgreSQL server to make a database on", () => {});
  });
} else {
  beforeAll(() => onServer(`CREATE DATABASE ${database}`));
  afterAll(() => onServer(`DROP DATABASE ${database} WITH (FORCE)`));

  describeWorkflowRunnerContract("DBOS", async () => ({
    runner: dbosWorkflowRunner({ databaseUrl, applicationVersion: "contract" }),
    client: dbosWorkflowClient({ databaseUrl }),
    freshId: randomUUID,
  }));

  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  describe("DBOS whose queue is looked at each second", () => {
    it("starts what it is told of without waiting for the next look", async () => {
      const listen = async (channel: string, heard: () => void, signal: AbortSignal) => {
        const listener = new pg.Client({ connectionString: databaseUrl });
        await listener.connect();
        listener.on("notification", heard);
        await listener.query(`LISTEN ${channel}`);
        signal.addEventListener("abort", () => void listener.end(), { once: true });
      };
      const runner = dbosWorkflowRunner({ databaseUrl, applicationVersion: "contract", listen });
      const client = dbosWorkflowClient({ databaseUrl });
      let begun: () => void = () => undefined;
      runner.register("told", async () => begun());
      await runner.launch();
      const one = async () => {
        const beginning = new Promise<void>((resolve) => (begun = resolve));
        await client.start("told", randomUUID(), null);
        await beginning;
      };
      await one();
      const from = performance.now();
      // One after the other: each would wait for a look of its own.
      for (let number = 0; number < 5; number += 1) await one();
      const ms = performance.now() - from;
      await client.close();
      await runner.close();
      expect(ms).toBeLessThan(3_000);
    });
  });

  describe("DBOS after an orderly close", () => {
    it("takes no failure of the closing for a step's outcome: the next runner repeats the step", async () => {
      const options = { databaseUrl, applicationVersion: "contract" };
      const id = randomUUID();
      const acts: string[] = [];
      const closed = new AbortController();
      const runnerWith = (second: () => Promise<void>) => {
        const runner = dbosWorkflowRunner(options);
        runner.register("closes", async ({ step }) => {
          await step("first", async () => void acts.push("first"));
          try {
            await step("second", second);
          } catch {
            acts.push("saw a failure");
          }
        });
        return runner;
      };
      const engineGone = () =>
        new Promise<never>((_, reject) => {
          acts.push("second begins");
          closed.signal.addEventListener("abort", () => reject(new Error("The engine was closed.")));
        });
      const before = runnerWith(engineGone);
      await before.launch();
      await before.start("closes", id, null);
      while (!acts.includes("second begins")) await pause(20);
      const closing = before.close();
      closed.abort();
      await closing;

      const after = runnerWith(async () => void acts.push("second"));
      await after.launch();
      while (["queued", "running"].includes((await after.state(id)).status)) await pause(20);
      await after.close();
      expect(acts).toEqual(["first", "second begins", "second"]);
    });
  });

  describe("DBOS after kill -9", () => {
    const client = dbosWorkflowClient({ databaseUrl });
    let folder: string;
    let worker: ChildProcess | null = null;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "crash-"));
    });
    afterEach(() => void worker?.kill("SIGKILL"));
    afterAll(async () => {
      await client.close();
      await rm(folder, { recursive: true, force: true });
    });

    const launch = async (acts: string) => {
      const path = fileURLToPath(new URL("./crash-worker.ts", import.meta.url));
      worker = fork(path, [databaseUrl, acts], { execArgv: ["--import", "tsx"] });
      await once(worker, "message");
      return worker;
    };
    const linesOf = async (path: string) => (await readFile(path, "utf8")).split("\n").filter(Boolean);
    const until = async (holds: () => Promise<boolean>) => {
      while (!(await holds())) await pause(30);
    };

    it.each([1, 4, 6, 9])("goes on at the next step, with %i acts done before", async (done) => {
      const acts = join(folder, `acts-${done}.txt`);
      await writeFile(acts, "");
      const id = randomUUID();
      const first = await launch(acts);
      await client.start("crash", id, { napMs: 200 });
      await until(async () => (await linesOf(acts)).length >= done);
      first.kill("SIGKILL");
      await once(first, "exit");

      const second = await launch(acts);
      await until(async () => !["queued", "running"].includes((await client.state(id)).status));
      expect(await client.state(id)).toEqual({ status: "succeeded", error: null });
      second.kill("SIGKILL");
      await once(second, "exit");

      const lines = await linesOf(acts);
      const steps = ["first", "last", ...["a", "b", "c"].flatMap((key) => [1, 2, 3, 4].map((n) => key + n))];
      expect([...new Set(lines)].sort()).toEqual(steps.sort());
      // An act whose result was not recorded yet when the process died is done again: one per branch at most.
      expect(lines.length - steps.length).toBeLessThanOrEqual(3);
    });

    it("refuses with a failure where the database does not answer", async () => {
      const nowhere = dbosWorkflowClient({ databaseUrl: "postgresql://nobody@127.0.0.1:1/none" });
      const asked = nowhere.state("x");
      await expect(asked).rejects.toMatchObject({ code: "engine_unavailable", retryable: true });
    });
  });
}

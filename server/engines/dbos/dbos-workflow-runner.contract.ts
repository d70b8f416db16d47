import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { describeWorkflowRunnerContract } from "../../../domain/ports/workflow-runner.contract";
import { dbosWorkflowClient } from "./dbos-workflow-client";
import { dbosWorkflowRunner } from "./dbos-workflow-runner";

// biome-ignore lint/style/noProcessEnv: a contract says itself which engine it runs against.
const databaseUrl = process.env.CONTRACT_DATABASE_URL ?? "";

if (databaseUrl === "") {
  describe("WorkflowRunner: DBOS", () => {
    it.skip("needs CONTRACT_DATABASE_URL, an empty PostgreSQL database", () => {});
  });
} else {
  describeWorkflowRunnerContract("DBOS", async () => ({
    runner: dbosWorkflowRunner({ databaseUrl, applicationVersion: "contract" }),
    client: dbosWorkflowClient({ databaseUrl }),
    freshId: randomUUID,
  }));

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
      while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 30));
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

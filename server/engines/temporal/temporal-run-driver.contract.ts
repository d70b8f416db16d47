import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import type { WorkflowHandle } from "@temporalio/client";
import { describe, expect, it } from "vitest";
import type { RunActs } from "../../../domain/pipelines/interpreter/run-acts";
import { behind, planOf } from "../../../domain/pipelines/interpreter/scripted/plan-of";
import { predict } from "../../../domain/pipelines/interpreter/scripted/predict";
import type { ScriptedRun } from "../../../domain/pipelines/interpreter/scripted/scripted-run";
import { normalised, scriptedWorld } from "../../../domain/pipelines/interpreter/scripted/scripted-world";
import {
  describeRunDriverContract,
  describeRunDriverCrashes,
} from "../../../domain/ports/run-driver.contract";
import { temporalRunDriver } from "./temporal-run-driver";
import { temporalRunDriverClient } from "./temporal-run-driver-client";

// biome-ignore lint/style/noProcessEnv: a contract says itself which engine it runs against.
const address = process.env.CONTRACT_TEMPORAL_ADDRESS ?? "";
// biome-ignore lint/style/noProcessEnv: as above; all of them take minutes
const pipelines = process.env.BENCHWRIGHT_FULL_TESTS === "1" ? 300 : 60;
const options = { address, namespace: "default" };

if (address === "") {
  describe("RunDriver: Temporal", () => {
    it.skip("needs CONTRACT_TEMPORAL_ADDRESS, a Temporal server that holds nothing of value", () => {});
  });
} else {
  describeRunDriverContract(
    "Temporal",
    async () => {
      const workflowsPath = fileURLToPath(new URL("./workflows/carry-run.ts", import.meta.url));
      const driver = temporalRunDriver({ ...options, workflowsPath, report: () => {} });
      const client = temporalRunDriverClient(options);
      return { driver, client, close: () => driver.close(), freshId: randomUUID };
    },
    { pipelines },
  );

  const program = fileURLToPath(new URL("./run-crash-worker.ts", import.meta.url));
  const args = [options.address, options.namespace];
  describeRunDriverCrashes("Temporal", () => ({
    client: temporalRunDriverClient(options),
    ...{ program, args, freshId: randomUUID },
  }));

  /** `acts` for one run: the server may hold others that nobody carried to their end. */
  const actsOf = (runId: string, acts: RunActs): RunActs =>
    new Proxy(acts, {
      get:
        (held, name: keyof RunActs) =>
        async (of: string, ...rest: never[]) => {
          if (of !== runId) throw new Error(`${of} is no run of this test.`);
          return await (held[name] as (...input: unknown[]) => Promise<unknown>)(of, ...rest);
        },
    });

  /** How many workflows carried the run one after the other. */
  const workflowsOf = async (runId: string): Promise<number> => {
    const { Client, Connection } = await import("@temporalio/client");
    const connection = await Connection.connect({ address });
    const { workflow } = new Client({ connection });
    try {
      let count = 0;
      let execution: string | undefined;
      do {
        const { raw } = await workflow.getHandle(runId, execution).describe();
        const { execution: own, firstRunId } = raw.workflowExecutionInfo ?? {};
        count += 1;
        if (own?.runId === firstRunId) break;
        execution = await before(workflow.getHandle(runId, own?.runId ?? undefined));
      } while (execution !== undefined);
      return count;
    } finally {
      await connection.close();
    }
  };
  const before = async (handle: WorkflowHandle): Promise<string | undefined> => {
    const [first] = (await handle.fetchHistory()).events ?? [];
    return first?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? undefined;
  };

  let crashed = "";
  describeRunDriverCrashes("Temporal, in several workflows", () => ({
    client: temporalRunDriverClient({ ...options, manyEvents: 8 }),
    ...{ program, args },
    freshId: () => {
      crashed = randomUUID();
      return crashed;
    },
  }));

  describe("A run of many tasks on Temporal", () => {
    it("that is killed in between was carried by several workflows", async () => {
      expect(await workflowsOf(crashed)).toBeGreaterThan(2);
    });

    it("goes on in further workflows of the same id, and does all once", async () => {
      const names = Array.from({ length: 60 }, (_, index) => `t${index}`);
      const chain = names.map((name, index) => [name, index === 0 ? {} : behind(`t${index - 1}`)] as const);
      const run: ScriptedRun = {
        plan: planOf(Object.fromEntries(chain), { timeoutMs: 600_000 }),
        outcomeOf: () => ({ status: "succeeded" }),
      };
      const workflowsPath = fileURLToPath(new URL("./workflows/carry-run.ts", import.meta.url));
      const own = { ...options, manyEvents: 100 };
      const driver = temporalRunDriver({ ...own, workflowsPath, report: () => {} });
      const world = scriptedWorld(run, Date.now);
      const id = randomUUID();
      await driver.serve(actsOf(id, world.acts));
      await driver.start(id);
      while ((await driver.state(id)) !== "ended") await new Promise((resolve) => setTimeout(resolve, 50));
      await driver.close();
      expect(world.complaints).toEqual([]);
      expect(normalised(world.history)).toEqual(await predict(run));
      expect(await workflowsOf(id)).toBeGreaterThan(3);
    }, 120_000);
  });

  describe("A Temporal that is not there", () => {
    it("is a failure that says so", async () => {
      const nowhere = temporalRunDriverClient({ address: "127.0.0.1:1", namespace: "default" });
      await expect(nowhere.state("x")).rejects.toMatchObject({ code: "engine_unavailable", retryable: true });
      await nowhere.close();
    });
  });
}

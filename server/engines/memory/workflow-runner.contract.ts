import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { describeWorkflowRunnerContract } from "../../../domain/ports/workflow-runner.contract";
import { memoryWorkflowRunner, type WorkflowLedger } from "./workflow-runner";

describeWorkflowRunnerContract("memory", async () => {
  const runner = memoryWorkflowRunner();
  const client = { start: runner.start, cancel: runner.cancel, state: runner.state, close: async () => {} };
  return { runner, client, freshId: randomUUID };
});

describe("memoryWorkflowRunner", () => {
  it("resumes from its ledger at the first step without a result", async () => {
    const ledger: WorkflowLedger = new Map();
    const acts: string[] = [];
    const runnerWith = (secondStep: () => Promise<void>) => {
      const runner = memoryWorkflowRunner(ledger);
      runner.register("two", async ({ step }) => {
        await step("one", async () => void acts.push("one"));
        await secondStep();
        await step("two", async () => void acts.push("two"));
      });
      return runner;
    };
    const first = runnerWith(() => new Promise(() => {}));
    await first.launch();
    await first.start("two", "id", null);
    await new Promise((resolve) => setTimeout(resolve, 10));
    await first.close();
    const second = runnerWith(async () => {});
    await second.launch();
    while ((await second.state("id")).status === "running")
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect(acts).toEqual(["one", "two"]);
  });
});

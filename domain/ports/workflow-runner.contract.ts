import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Failure } from "../shared/failure";
import type { WorkflowBody, WorkflowClient, WorkflowRunner, WorkflowState } from "./workflow-runner";

export type WorkflowRunnerSubject = {
  runner: WorkflowRunner;
  /** A client such as another process would hold. */
  client: WorkflowClient;
  /** Makes an id that was never used before. */
  freshId(): string;
};

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What every WorkflowRunner keeps. `make` gives one that is not launched yet. */
export function describeWorkflowRunnerContract(
  name: string,
  make: () => Promise<WorkflowRunnerSubject>,
): void {
  describe(`WorkflowRunner: ${name}`, () => {
    let subject: WorkflowRunnerSubject;
    const acts: string[] = [];
    let early: string;

    const bodies: Record<string, WorkflowBody> = {
      add: async ({ workflowId, step }, input) => {
        const { a, b } = input as { a: number; b: number };
        const sum = await step("add", async () => {
          acts.push(workflowId);
          return a + b;
        });
        acts.push(`${workflowId} = ${sum}`);
      },
      fail: ({ step }) =>
        step("fail", () => Promise.reject(new Failure("engine_failed", "The cluster said no."))),
      catches: async ({ workflowId, step }) => {
        try {
          await step("fail", async () => {
            throw new Failure("not_found", "No such table.", { hint: "Make it.", retryable: true });
          });
        } catch (error) {
          const { code, hint, retryable } = error as Failure;
          acts.push(`${workflowId} ${error instanceof Failure} ${code} ${hint} ${retryable}`);
        }
      },
      slow: async ({ workflowId, step }) => {
        await step("first", async () => {
          acts.push(`${workflowId} first begins`);
          await pause(600);
          acts.push(`${workflowId} first ends`);
        });
        await step("second", async () => void acts.push(`${workflowId} second`));
      },
      sleeps: async ({ workflowId, step, sleep }) => {
        const before = await step("before", async () => Date.now());
        await sleep("nap", 300);
        // The clocks of a timer and of the wall are rounded apart: it may end a millisecond early.
        acts.push(`${workflowId} slept ${Date.now() - before >= 300 - 1}`);
      },
      sideBySide: async ({ workflowId, step }) => {
        const branch = async (key: string) => {
          const one = await step(`${key}1`, async () => 1);
          return one + (await step(`${key}2`, async () => 2));
        };
        acts.push(`${workflowId} ${(await Promise.all(["a", "b", "c"].map(branch))).join(" ")}`);
      },
    };

    beforeAll(async () => {
      subject = await make();
      for (const [workflow, body] of Object.entries(bodies)) subject.runner.register(workflow, body);
      await subject.runner.launch();
      early = subject.freshId();
    });
    afterAll(async () => {
      await subject?.client.close();
      await subject?.runner.close();
    });

    const settled = async (id: string): Promise<WorkflowState> => {
      for (;;) {
        const state = await subject.client.state(id);
        if (state.status !== "queued" && state.status !== "running") return state;
        await pause(30);
      }
    };
    const ran = async (workflow: string, input: unknown = null) => {
      const id = subject.freshId();
      await subject.client.start(workflow, id, input);
      return { id, state: await settled(id) };
    };

    it("runs a registered body with its input", async () => {
      const { id, state } = await ran("add", { a: 2, b: 3 });
      expect(state).toEqual({ status: "succeeded", error: null });
      expect(acts).toContain(`${id} = 5`);
    });

    it("starts equal ids once, from the client and from the runner", async () => {
      await Promise.all([
        subject.client.start("add", early, { a: 1, b: 1 }),
        subject.runner.start("add", early, { a: 1, b: 1 }),
      ]);
      await settled(early);
      await subject.client.start("add", early, { a: 1, b: 1 });
      await pause(300);
      expect(acts.filter((act) => act === early)).toHaveLength(1);
    });

    it("tells why a body failed", async () => {
      const { state } = await ran("fail");
      expect(state).toEqual({ status: "failed", error: "The cluster said no." });
    });

    it("hands a step's failure to the body with its code", async () => {
      const { id, state } = await ran("catches");
      expect(state.status).toBe("succeeded");
      expect(acts).toContain(`${id} true not_found Make it. true`);
    });

    it("cancels before the next step and lets the running step end", async () => {
      const id = subject.freshId();
      await subject.client.start("slow", id, null);
      while (!acts.includes(`${id} first begins`)) await pause(20);
      await subject.client.cancel(id);
      expect(await settled(id)).toEqual({ status: "cancelled", error: null });
      await pause(900);
      expect(acts).toContain(`${id} first ends`);
      expect(acts).not.toContain(`${id} second`);
      expect((await subject.client.state(id)).status).toBe("cancelled");
    });

    it("sleeps at least as long as it was asked", async () => {
      const { id } = await ran("sleeps");
      expect(acts).toContain(`${id} slept true`);
    });

    it("runs steps side by side", async () => {
      const { id } = await ran("sideBySide");
      expect(acts).toContain(`${id} 3 3 3`);
    });

    it("does not know an id that was never started", async () => {
      await expect(subject.client.state(subject.freshId())).rejects.toMatchObject({ code: "not_found" });
    });
  });
}

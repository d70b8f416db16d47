import type {
  WorkflowBody,
  WorkflowContext,
  WorkflowRunner,
  WorkflowState,
} from "../../../domain/ports/workflow-runner";
import { Failure } from "../../../domain/shared/failure";

type Held = { workflow: string; input: unknown; state: WorkflowState; steps: Map<string, Promise<unknown>> };

/** What outlives a runner: give it to the next one to resume, as after a restart. */
export type WorkflowLedger = Map<string, Held>;

/** Workflows in this process. Step names must differ within a workflow. */
export function memoryWorkflowRunner(ledger: WorkflowLedger = new Map()): WorkflowRunner {
  const bodies = new Map<string, WorkflowBody>();
  let launched = false;

  const find = (id: string): Held => {
    const held = ledger.get(id);
    if (held === undefined) throw new Failure("not_found", "There is no workflow with this id.");
    return held;
  };

  const run = async (id: string, held: Held) => {
    const body = bodies.get(held.workflow);
    if (body === undefined) return;
    if (held.state.status !== "cancelled") held.state = { status: "running", error: null };
    const end = (state: WorkflowState) => {
      if (launched && held.state.status === "running") held.state = state;
    };
    try {
      await body(contextOf(id, held), structuredClone(held.input));
      end({ status: "succeeded", error: null });
    } catch (error) {
      end({ status: "failed", error: error instanceof Error ? error.message : String(error) });
    }
  };

  const contextOf = (id: string, held: Held): WorkflowContext => {
    const step = <T>(name: string, act: () => Promise<T>): Promise<T> => {
      if (!launched) return new Promise(() => {});
      if (held.state.status === "cancelled") {
        return Promise.reject(new Failure("cancelled", "The workflow was cancelled."));
      }
      const recorded = (held.steps.get(name) as Promise<T> | undefined) ?? act();
      held.steps.set(name, recorded);
      return recorded;
    };
    return {
      workflowId: id,
      step,
      async sleep(name, ms) {
        const until = await step(name, async () => Date.now() + ms);
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, until - Date.now())));
      },
    };
  };

  return {
    register: (workflow, body) => void bodies.set(workflow, body),

    async launch() {
      launched = true;
      for (const [id, held] of ledger) {
        if (held.state.status === "queued" || held.state.status === "running") void run(id, held);
      }
    },

    async start(workflow, id, input) {
      if (ledger.has(id)) return;
      const held: Held = { workflow, input, state: { status: "queued", error: null }, steps: new Map() };
      ledger.set(id, held);
      if (launched) void run(id, held);
    },

    async cancel(id) {
      const held = ledger.get(id);
      if (held?.state.status === "queued" || held?.state.status === "running") {
        held.state = { status: "cancelled", error: null };
      }
    },

    state: async (id) => find(id).state,

    async close() {
      launched = false;
    },
  };
}

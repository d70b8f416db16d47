/**
 * What a workflow body may use. A step runs at least once and its result is recorded once: after a crash the recorded
 * results are given back and the body goes on at the first step without one.
 */
export type WorkflowContext = {
  workflowId: string;
  step<T>(name: string, act: () => Promise<T>): Promise<T>;
  /** A durable sleep: its end survives restarts. */
  sleep(name: string, ms: number): Promise<void>;
};

export type WorkflowBody = (context: WorkflowContext, input: unknown) => Promise<unknown>;

export type WorkflowState = {
  status: "queued" | "running" | "succeeded" | "failed" | "cancelled";
  error: string | null;
};

/** Starts workflows; safe in any process. Failures: `engine_unavailable`, `not_found`. */
export interface WorkflowClient {
  /** Equal ids start once. Inputs are JSON. */
  start(workflow: string, id: string, input: unknown): Promise<void>;
  /** The body's next step does not begin; the running step is not interrupted. */
  cancel(id: string): Promise<void>;
  state(id: string): Promise<WorkflowState>;
  close(): Promise<void>;
}

/** Runs workflows, and resumes on launch those that a crash left. One process (the worker) holds it. */
export interface WorkflowRunner extends WorkflowClient {
  register(workflow: string, body: WorkflowBody): void;
  launch(): Promise<void>;
}

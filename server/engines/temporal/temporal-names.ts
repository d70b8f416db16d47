/** What the clients and the worker must agree on. */
export const TASK_QUEUE = "benchwright-runs";
/** The name of the function in workflows/. */
export const CARRY_RUN = "carryRun";

export type TemporalOptions = {
  /** `host:port`. */
  address: string;
  namespace: string;
  /** After so many events a run goes on in a new workflow; what Temporal bears where it is absent. */
  manyEvents?: number;
};

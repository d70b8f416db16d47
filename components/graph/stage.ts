import type { RunStatus } from "@/domain/shared/run-status";

/** What a stage of the graph shows. Every text is ready to draw. */
export type Stage = {
  id: string;
  /** A word or two at the right of the key: `SQL`, `Train on Ray`. */
  kind: string;
  /** Null before any run. */
  state: RunStatus | null;
  reused: boolean;
  /** One sentence of state. */
  sentence: string;
  /** One line of facts: duration, attempts, limits. */
  facts: string;
  dependsOn: string[];
  /** Data that the stage writes, or will. */
  writes: { name: string; detail: string }[];
};

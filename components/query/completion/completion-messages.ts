import type { Completion } from "@/domain/query/completion/complete";
import type { CompletionNames } from "@/domain/query/completion/completion-names";
import type { Dialect } from "@/domain/query/dialect";

export type CompletionAsk = { sql: string; offset: number; dialect: Dialect };

export type CompletionRequest =
  | { kind: "names"; names: CompletionNames }
  | ({ kind: "complete"; id: number } & CompletionAsk);

/** `ms` is the time that the worker took. */
export type CompletionAnswer = { id: number; completion: Completion; ms: number };

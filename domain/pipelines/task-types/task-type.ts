import type { z } from "zod";
import type { InputError } from "../../shared/failure";

/** Where the palette of the builder lists a type. */
export type TaskGroup = "get_data" | "shape" | "learn" | "release" | "control";

/** A task as the document has it, once its config is known to be sound. */
export type TypedTask<Config> = {
  task_id: string;
  depends_on?: string[] | undefined;
  config: Config;
};

/** Where a complaint of a type stands, as a JSON pointer below the task, for example `/config/sql`. */
export type TaskComplaint = InputError;

/**
 * A type of task: everything that the builder, the checks, the lineage and the interpreter need of it. What does the
 * work stands in server/pipelines/tasks/ under the same name.
 */
export type TaskType<Type extends string = string, Config = unknown> = {
  type: Type;
  /** Two or three words: `Train on Ray`. */
  label: string;
  /** One sentence of what it does. */
  summary: string;
  group: TaskGroup;
  /** The form is generated from its JSON schema: `.meta({ title, description, examples })` gives labels and help. */
  config: z.ZodType<Config>;
  /** The config of a task that was just dropped on the graph; it may have problems still. */
  initial: unknown;
  /** Attempts where the document asks for none; the first counts. */
  maxAttempts: number;
  /** Null where it runs. Otherwise a sentence why a pipeline with it can be drawn but not activated. */
  unavailable: string | null;
  /** `work` where absent. */
  kind?: "branch" | "map";
  /** Three-part names of tables that it reads and writes, as far as the config tells. */
  reads?(config: Config): string[];
  writes?(config: Config): string[];
  /** Names of secrets that it needs. */
  secrets?(config: Config): string[];
  /** Complaints beyond the schema that need nothing but the task and its neighbours. */
  check?(task: TypedTask<Config>, upstream: readonly { type: string; config: unknown }[]): TaskComplaint[];
};

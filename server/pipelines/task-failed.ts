import type { RunError } from "../../domain/pipelines/run-view";
import { Failure } from "../../domain/shared/failure";

/**
 * Whether another attempt makes sense. `final`: never. `ordinary`: as the retry policy says. `lost`: the work itself was
 * not at fault, its cluster was; it is tried again even where the document has no policy.
 */
export type FailureKind = "final" | "ordinary" | "lost";

/** A task could not do its work; `error` is shown to people. */
export class TaskFailed extends Error {
  constructor(
    readonly error: RunError,
    readonly kind: FailureKind = "ordinary",
  ) {
    super(error.message);
    this.name = "TaskFailed";
  }
}

const NEVER_AGAIN = new Set(["invalid_input", "forbidden", "not_found", "cancelled", "conflict"]);

/** Any thrown thing as a task's failure. What is neither a Failure nor a TaskFailed is a bug and keeps its details to itself. */
export function asTaskFailed(thrown: unknown): TaskFailed {
  if (thrown instanceof TaskFailed) return thrown;
  if (thrown instanceof Failure) {
    const detail = thrown.errors.map((each) => `${each.pointer} ${each.message}`).join("\n");
    return new TaskFailed(
      {
        code: thrown.code,
        message: thrown.message,
        hint: thrown.hint ?? null,
        detail: detail === "" ? null : detail,
      },
      NEVER_AGAIN.has(thrown.code) ? "final" : "ordinary",
    );
  }
  return new TaskFailed({
    code: "internal",
    message: "A fault inside Benchwright stopped this task.",
    hint: "The worker's log says more.",
    detail: null,
  });
}

import { FailurePanel } from "@/components/ui/FailurePanel";
import type { LogLineView, TaskView } from "@/domain/pipelines/run-view";
import { isFinal } from "@/domain/shared/is-final";

/** What first went wrong in the last failed attempt, pinned above the log. Nothing where nothing did. */
export function FirstError({ task, line }: { task: TaskView; line: LogLineView | null }) {
  const failed = task.attempts.findLast((attempt) => attempt.error !== null);
  if (failed?.error) {
    const { code, message, hint, detail } = failed.error;
    return (
      <FailurePanel
        className="max-h-56 shrink-0 overflow-auto"
        detail={detail}
        failure={{ code, message: `Attempt ${failed.number} of ${task.maxAttempts}: ${message}`, hint }}
        {...(isFinal(task.status) ? {} : { stillTrue: "The task will be tried again." })}
      />
    );
  }
  if (line === null || task.status === "succeeded") return null;
  return (
    <FailurePanel
      className="shrink-0"
      failure={{
        code: "engine_failed",
        message: `First error, line ${line.seq + 1}: ${line.text}`,
        hint: null,
      }}
    />
  );
}

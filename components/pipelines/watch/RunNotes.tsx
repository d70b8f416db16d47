import { Button } from "@/components/ui/Button";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { formatCount, formatNumber } from "@/components/ui/format";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { RunView } from "@/domain/pipelines/run-view";
import { firstFailed } from "@/domain/pipelines/watch/first-failed";

export type RunNotesProps = { run: RunView; selected: string | null; onSelect: (taskId: string) => void };

/** What is to be known of the run before anything else: what failed first, a warning, what it waits for, its parameters. */
export function RunNotes({ run, selected, onSelect }: RunNotesProps) {
  const failed = firstFailed(run.tasks);
  // The failed task's panel already says it, above its log.
  const isShownByTask = failed !== null && failed.taskId === selected;
  const error = failed?.attempts.at(-1)?.error ?? run.error;
  const parameters = Object.entries(run.parameters);
  return (
    <>
      {error && (run.error !== null || failed !== null) && !isShownByTask && (
        <FailurePanel
          actions={
            failed && <Button onClick={() => onSelect(failed.taskId)}>Open the log of {failed.taskId}</Button>
          }
          className="max-h-56 shrink-0 overflow-auto"
          detail={error.detail}
          failure={{
            ...error,
            message: failed === null ? error.message : `First error, ${failed.taskId}: ${error.message}`,
          }}
          stillTrue="Tables that tasks had committed before stay as they are."
        />
      )}
      {run.warning !== null && (
        <p
          className="flex items-start gap-2 border-warn border-l-[3px] bg-panel px-3 py-2 font-semibold"
          role="status"
        >
          <StateGlyph className="h-[18px]" state="warning" word="spoken" />
          <span className="min-w-0 [overflow-wrap:anywhere]">{run.warning}</span>
        </p>
      )}
      {run.queue !== null && (
        <p className="border-line-2 border-b bg-panel px-3 py-2" role="status">
          <StateGlyph label={describeQueue(run.queue)} state="queued" />
        </p>
      )}
      {parameters.length > 0 && (
        <p className="truncate border-line-2 border-b bg-panel px-3 py-1 text-12 text-ink-2">
          Parameters{" "}
          {parameters.map(([name, value]) => (
            <code className="mr-3" key={name} title={JSON.stringify(value)}>
              {name} = {JSON.stringify(value)}
            </code>
          ))}
        </p>
      )}
    </>
  );
}

const MOST_COUNTED = 1_000;

function describeQueue({ running, ahead }: NonNullable<RunView["queue"]>): string {
  if (running === 0 && ahead === 0) return "The run waits for the worker to take it up.";
  const first = ahead >= MOST_COUNTED ? `${formatNumber(ahead)} runs or more` : formatCount(ahead, "run");
  return [
    `The run waits to be let in: ${formatCount(running, "run")} of this pipeline under way`,
    ahead === 0 ? "and it is the next." : `and ${first} ${ahead === 1 ? "goes" : "go"} first.`,
  ].join(", ");
}

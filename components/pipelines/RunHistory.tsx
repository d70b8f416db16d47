import Link from "next/link";
import { Button } from "@/components/ui/Button";
import { Duration } from "@/components/ui/Duration";
import { EmptyState } from "@/components/ui/EmptyState";
import { formatNumber } from "@/components/ui/format";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { RunSummary } from "@/domain/pipelines/run-view";
import { describeTrigger } from "./watch/describe-trigger";
import { shownRunState } from "./watch/shown-run-state";

export type RunHistoryProps = {
  runs: RunSummary[];
  base: string;
  /** Null where the first run is shown. */
  onOlder: (() => void) | null;
  isReading: boolean;
};

const HEADERS = ["Run", "State", "Asked for", "Duration", "Version", "Started by", "What went wrong"];

/** The runs of a pipeline, newest first. */
export function RunHistory({ runs, base, onOlder, isReading }: RunHistoryProps) {
  if (runs.length === 0) {
    return <EmptyState title="This pipeline never ran.">Press Run to start it.</EmptyState>;
  }
  return (
    <>
      <table className="w-full bg-panel text-left">
        <thead className="sticky top-0 bg-panel text-12 text-ink-2">
          <tr>
            {HEADERS.map((title) => (
              <th className="border-line-2 border-b px-3 py-1.5 font-semibold" key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr className="h-[28px] hover:bg-hover [&>*]:border-line [&>*]:border-b [&>*]:px-3" key={run.id}>
              <th className="font-normal" scope="row">
                <Link className="link" href={`${base}/runs/${run.id}`}>
                  Run {run.number}
                </Link>
                {run.rerunOf !== null && <span className="ml-2 text-12 text-ink-2">a rerun</span>}
              </th>
              <td>
                <StateGlyph state={shownRunState(run)} />
              </td>
              <td>
                <RelativeTime at={run.createdAt} />
              </td>
              <td>
                <Duration end={run.endedAt} start={run.startedAt} />
              </td>
              <td>{run.pipelineVersion}</td>
              <td className="text-ink-2">{describeTrigger(run)}</td>
              <td
                className="max-w-[60ch] truncate text-ink-2"
                title={run.error?.message ?? run.warning ?? ""}
              >
                {run.error?.message ?? run.warning ?? ""}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {onOlder !== null && (
        <p className="flex items-center gap-3 bg-panel px-3 py-2 text-12 text-ink-2">
          Runs {formatNumber(runs.at(-1)?.number ?? 0)} to {formatNumber(runs[0]?.number ?? 0)} are shown.
          <Button busy={isReading} onClick={onOlder}>
            Show older runs
          </Button>
        </p>
      )}
    </>
  );
}

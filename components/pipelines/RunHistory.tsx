import Link from "next/link";
import { Duration } from "@/components/ui/Duration";
import { EmptyState } from "@/components/ui/EmptyState";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { RunSummary } from "@/domain/pipelines/run-view";
import { describeTrigger } from "./watch/describe-trigger";

export type RunHistoryProps = { runs: RunSummary[]; base: string };

const HEADERS = ["Run", "State", "Started", "Duration", "Version", "Started by", "What went wrong"];

/** The runs of a pipeline, newest first. */
export function RunHistory({ runs, base }: RunHistoryProps) {
  if (runs.length === 0) {
    return <EmptyState title="This pipeline never ran.">Press Run to start it.</EmptyState>;
  }
  return (
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
              {run.warning === null ? (
                <StateGlyph state={run.status} />
              ) : (
                <StateGlyph label="done with a warning" state="warning" />
              )}
            </td>
            <td>
              <RelativeTime at={run.createdAt} />
            </td>
            <td>
              <Duration end={run.endedAt} start={run.startedAt} />
            </td>
            <td>{run.pipelineVersion}</td>
            <td className="text-ink-2">{describeTrigger(run)}</td>
            <td className="max-w-[60ch] truncate text-ink-2" title={run.error?.message ?? run.warning ?? ""}>
              {run.error?.message ?? run.warning ?? ""}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import Link from "next/link";
import { formatShare } from "@/components/ui/format";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { EvaluationReport } from "@/domain/experiments/evaluation-report";
import type { RunSummary } from "@/domain/pipelines/run-view";
import { BASELINES, forecasterName } from "./prepare-category-rows";

export type EvaluatedRunsProps = {
  workspace: string;
  rows: { run: RunSummary; report: EvaluationReport }[];
};

/** Evaluated runs, each with its verdict beside both baselines. */
export function EvaluatedRuns({ workspace, rows }: EvaluatedRunsProps) {
  return (
    <table className="w-full text-left">
      <thead className="sticky top-0 bg-panel text-12 text-ink-2 [&_th]:border-line-2 [&_th]:border-b [&_th]:px-3 [&_th]:py-1.5 [&_th]:font-semibold">
        <tr>
          <th scope="col">Run</th>
          <th scope="col">Verdict</th>
          <th className="text-right" scope="col">
            WAPE, back-test
          </th>
          {BASELINES.map((name) => (
            <th className="text-right" key={name} scope="col">
              {forecasterName(name)}
            </th>
          ))}
          <th className="text-right" scope="col">
            Better than seasonal naive
          </th>
          <th className="text-right" scope="col">
            Holdout WAPE
          </th>
          <th scope="col">Ended</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ run, report }) => {
          const { overall, wins } = report;
          const won = wins.seasonal_naive;
          return (
            <tr className="h-8 hover:bg-hover [&>*]:border-line [&>*]:border-b [&>*]:px-3" key={run.id}>
              <th className="font-normal" scope="row">
                <Link className="link" href={`/${workspace}/experiments/${run.id}`}>
                  {run.pipelineId}, run {run.number}
                </Link>
              </th>
              <td>
                <StateGlyph label={report.status} state={report.status === "PASS" ? "ok" : "err"} />
              </td>
              <td className="text-right font-semibold">{formatShare(overall.backtest.wape)}</td>
              {BASELINES.map((name) => (
                <td className="text-right text-ink-2" key={name}>
                  {formatShare(overall.baselines[name]?.backtest.wape)}
                </td>
              ))}
              <td className="text-right">{won ? `${won.won} of ${won.of}` : "null"}</td>
              <td className="text-right">{formatShare(overall.holdout.wape)}</td>
              <td>{run.endedAt && <RelativeTime at={run.endedAt} />}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

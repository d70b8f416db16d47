import Link from "next/link";
import { formatShare } from "@/components/ui/format";
import { type Head, HeaderRow } from "@/components/ui/HeaderRow";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { EvaluatedRun } from "@/domain/experiments/experiment-summary";
import { BASELINES, forecasterName } from "./prepare-category-rows";

export type EvaluatedRunsProps = { workspace: string; experiment: string; runs: EvaluatedRun[] };

const HEADS: Head[] = [
  "Run",
  "Verdict",
  { number: "WAPE, back-test" },
  ...BASELINES.map((name) => ({ number: forecasterName(name) })),
  { number: "Better than seasonal naive" },
  { number: "Holdout WAPE" },
  "Ended",
];

/** Evaluated runs of one experiment, each with its verdict beside both baselines. */
export function EvaluatedRuns({ workspace, experiment, runs }: EvaluatedRunsProps) {
  return (
    <table aria-label={`Evaluated runs of ${experiment}`} className="w-full text-left">
      <thead className="sticky top-0 bg-panel text-12 text-ink-2">
        <HeaderRow heads={HEADS} />
      </thead>
      <tbody>
        {runs.map(({ id, number, pipelineId, endedAt, verdict }) => {
          const won = verdict.wins.seasonal_naive;
          return (
            <tr className="h-8 hover:bg-hover [&>*]:border-line [&>*]:border-b [&>*]:px-3" key={id}>
              <th className="font-normal" scope="row">
                <Link className="link" href={`/${workspace}/experiments/${id}`}>
                  {pipelineId}, run {number}
                </Link>
              </th>
              <td>
                <StateGlyph label={verdict.status} state={verdict.status === "PASS" ? "ok" : "err"} />
              </td>
              <td className="text-right font-semibold">{formatShare(verdict.wape)}</td>
              {BASELINES.map((name) => (
                <td className="text-right text-ink-2" key={name}>
                  {formatShare(verdict.baselineWape[name])}
                </td>
              ))}
              <td className="text-right">{won ? `${won.won} of ${won.of}` : "null"}</td>
              <td className="text-right">{formatShare(verdict.holdoutWape)}</td>
              <td>{endedAt ? <RelativeTime at={endedAt} /> : "still running"}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

"use client";

import Link from "next/link";
import { Duration } from "@/components/ui/Duration";
import { EmptyState } from "@/components/ui/EmptyState";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { RunSummary } from "@/domain/pipelines/run-view";

const HEADS = ["State", "Run", "Started by", "Started", "Took"];
const CELL = "border-line border-b px-3 py-1";
const PLACEHOLDERS = ["one", "two", "three"];

/** The last runs of the workspace; null while they are read for the first time. */
export function RecentRuns({ workspace, runs }: { workspace: string; runs: RunSummary[] | null }) {
  if (runs?.length === 0) {
    return (
      <EmptyState title="Nothing has run here yet.">
        The first run of the sample pipeline takes some minutes: it trains 21 models.
      </EmptyState>
    );
  }
  return (
    <table className="w-full text-left">
      <thead className="text-12 text-ink-2">
        <tr>
          {HEADS.map((head) => (
            <th className="border-line border-b px-3 py-1 font-semibold" key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {runs === null &&
          PLACEHOLDERS.map((key) => (
            <tr key={key}>
              <td className={CELL} colSpan={HEADS.length}>
                <span className="block h-3 w-2/3 bg-sunken" />
              </td>
            </tr>
          ))}
        {runs?.map((run) => (
          <tr className="hover:bg-hover" key={run.id}>
            <td className={CELL}>
              <StateGlyph state={run.status} />
            </td>
            <td className={CELL}>
              <Link
                className="link"
                href={`/${workspace}/pipelines/${encodeURIComponent(run.pipelineId)}/runs/${run.id}`}
              >
                {run.pipelineId} {run.number}
              </Link>
              {run.error !== null && <span className="block text-12 text-err">{run.error.message}</span>}
            </td>
            <td className={CELL}>{run.startedBy}</td>
            <td className={CELL}>
              <RelativeTime at={run.startedAt ?? run.createdAt} />
            </td>
            <td className={CELL}>
              <Duration end={run.endedAt} start={run.startedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

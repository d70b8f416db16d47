"use client";

import { Play } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/Button";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { Tag } from "@/components/ui/Tag";
import type { RunSummary } from "@/domain/pipelines/run-view";
import { RunStrip } from "./RunStrip";
import { shownRunState } from "./watch/shown-run-state";

export type PipelineRow = {
  pipelineId: string;
  name: string;
  version: number;
  taskCount: number;
  lastRuns: RunSummary[];
};

export type PipelineTableProps = {
  workspace: string;
  /** Null while the list loads: the real header over empty rows. */
  pipelines: PipelineRow[] | null;
  startingId: string | null;
  whyNotRun: string | null;
  onRun: (pipelineId: string) => void;
};

const PLACEHOLDERS = ["one", "two", "three"];
const CELL = "border-line border-b px-3 py-1.5 align-middle";

export function PipelineTable({ workspace, pipelines, startingId, whyNotRun, onRun }: PipelineTableProps) {
  const base = `/${workspace}/pipelines`;
  return (
    <table className="w-full text-left">
      <thead className="sticky top-0 z-10 bg-panel text-12 text-ink-2">
        <tr>
          {["Pipeline", "Tasks", "Last ten runs", "Last verdict"].map((title) => (
            <th
              className={`border-line-2 border-b px-3 py-1.5 font-semibold ${title === "Tasks" ? "text-right" : ""}`}
              key={title}
              scope="col"
            >
              {title}
            </th>
          ))}
          <th className="border-line-2 border-b px-3" scope="col">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {pipelines === null &&
          PLACEHOLDERS.map((key) => (
            <tr key={key}>
              <td className={CELL} colSpan={5}>
                <span className="block h-4 w-2/3 bg-sunken" />
              </td>
            </tr>
          ))}
        {pipelines?.map((pipeline) => (
          <tr className="hover:bg-hover" key={pipeline.pipelineId}>
            <th className={`${CELL} font-normal`} scope="row">
              <Link
                className="link font-semibold"
                href={`${base}/${encodeURIComponent(pipeline.pipelineId)}`}
              >
                {pipeline.name}
              </Link>
              <span className="flex items-center gap-2 text-12 text-ink-2">
                <code className="[overflow-wrap:anywhere]">{pipeline.pipelineId}</code>
                <Tag>version {pipeline.version}</Tag>
              </span>
            </th>
            <td className={`${CELL} text-right`}>{pipeline.taskCount}</td>
            <td className={CELL}>
              <RunStrip
                hrefOf={(run) => `${base}/${encodeURIComponent(pipeline.pipelineId)}/runs/${run.id}`}
                runs={pipeline.lastRuns}
              />
            </td>
            <td className={CELL}>
              <LastVerdict runs={pipeline.lastRuns} />
            </td>
            <td className={`${CELL} text-right`}>
              <Button
                aria-label={`Run ${pipeline.name}`}
                busy={startingId === pipeline.pipelineId}
                disabledReason={whyNotRun}
                icon={<Play aria-hidden="true" size={13} />}
                onClick={() => onRun(pipeline.pipelineId)}
              >
                Run
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function LastVerdict({ runs }: { runs: RunSummary[] }) {
  const [last] = runs;
  if (last === undefined) return <span className="text-ink-3">never ran</span>;
  const what = last.error?.message ?? last.warning ?? undefined;
  return (
    <span className="flex flex-col">
      <StateGlyph
        label={`run ${last.number} ${last.status}${last.warning === null ? "" : " with a warning"}`}
        state={shownRunState(last)}
      />
      {what !== undefined && (
        <span className="max-w-[52ch] truncate text-12 text-ink-2" title={what}>
          {what}
        </span>
      )}
    </span>
  );
}

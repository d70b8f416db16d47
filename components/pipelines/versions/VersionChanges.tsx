"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { CONTROL_CLASS } from "@/components/ui/Field";
import { failureOf } from "@/components/ui/failure-of";
import { formatCount } from "@/components/ui/format";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { PanelBar } from "@/components/ui/Panel";
import { prepareChanges } from "./prepare-changes";

export type VersionChangesProps = {
  workspace: string;
  pipelineId: string;
  /** Versions, newest first, and `draft` before them where there is one. */
  sides: readonly string[];
  from: string | null;
  to: string | null;
  onFrom: (side: string) => void;
  onTo: (side: string) => void;
};

const sideOf = (side: string) => (side === "draft" ? ("draft" as const) : Number(side));

/** What changed in meaning between two versions. Places on the graph and the looks of the text are passed over. */
export function VersionChanges({
  workspace,
  pipelineId,
  sides,
  from,
  to,
  onFrom,
  onTo,
}: VersionChangesProps) {
  const trpc = useTRPC();
  const isChosen = from !== null && to !== null && from !== to;
  const diff = useQuery(
    trpc.pipelines.diffVersions.queryOptions(
      { workspace, pipelineId, from: sideOf(from ?? "draft"), to: sideOf(to ?? "draft") },
      { enabled: isChosen },
    ),
  );
  const lines = diff.data === undefined ? [] : prepareChanges(diff.data.changes);
  return (
    <section aria-label="Comparison" className="flex min-h-0 flex-col bg-panel">
      <PanelBar
        actions={
          <>
            <Side label="From" onChange={onFrom} sides={sides} value={from} />
            <Side label="to" onChange={onTo} sides={sides} value={to} />
          </>
        }
        meta={isChosen && diff.data !== undefined ? formatCount(lines.length, "change") : undefined}
      >
        Compare
      </PanelBar>
      <div className="relative min-h-0 flex-1 overflow-auto">
        {isChosen && diff.isFetching && <LoadingBar label="Comparing" />}
        {isChosen && diff.isError && <FailurePanel failure={failureOf(diff.error)} />}
        {!isChosen && <p className="p-3 text-ink-2">Choose two that differ.</p>}
        {isChosen && diff.data !== undefined && lines.length === 0 && (
          <p className="p-3 text-ink-2">
            They mean the same. What differs is layout, comments or places on the graph.
          </p>
        )}
        <ul className="text-12">
          {lines.map(({ key, sign, what, before, after }) => (
            <li className="grid grid-cols-[20px_minmax(0,1fr)] border-line border-b px-3 py-1" key={key}>
              <span className="font-mono">{sign}</span>
              <span className="min-w-0 [overflow-wrap:anywhere]">
                <span className="font-mono">{what}</span>
                {before !== null && (
                  <span className="block">
                    <del className="text-ink-2">{before}</del>
                  </span>
                )}
                {after !== null && (
                  <span className="block">
                    <ins className="font-semibold no-underline">{after}</ins>
                  </span>
                )}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

type SideProps = {
  label: string;
  sides: readonly string[];
  value: string | null;
  onChange: (side: string) => void;
};

function Side({ label, sides, value, onChange }: SideProps) {
  return (
    <label className="flex items-center gap-1">
      {label}
      <select
        className={CONTROL_CLASS}
        onChange={(event) => onChange(event.target.value)}
        value={value ?? ""}
      >
        {value === null && <option value="">choose</option>}
        {sides.map((side) => (
          <option key={side} value={side}>
            {side === "draft" ? "draft" : `version ${side}`}
          </option>
        ))}
      </select>
    </label>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { Panel } from "@/components/ui/Panel";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { RunView } from "@/domain/pipelines/run-view";
import { type ComparedSide, compareRuns } from "@/domain/pipelines/watch/compare-runs";
import { prepareChanges } from "../versions/prepare-changes";
import { prepareCompare } from "./prepare-compare";

export type RunCompareProps = { workspace: string; run: RunView; otherId: string; onClose: () => void };

/** A run beside another one of its pipeline: task by task, and what changed between their versions. */
export function RunCompare({ workspace, run, otherId, onClose }: RunCompareProps) {
  const trpc = useTRPC();
  const other = useQuery(trpc.runs.get.queryOptions({ workspace, runId: otherId }));
  const [from, to] = [other.data?.pipelineVersion ?? run.pipelineVersion, run.pipelineVersion];
  const diff = useQuery(
    trpc.pipelines.diffVersions.queryOptions(
      { workspace, pipelineId: run.pipelineId, from, to },
      { enabled: from !== to },
    ),
  );
  const close = <Button onClick={onClose}>Back to the run</Button>;
  if (other.data === undefined)
    return (
      <Panel actions={close} className="flex-1" title="Compare">
        {other.isError ? (
          <FailurePanel failure={failureOf(other.error)} />
        ) : (
          <LoadingBar label="Loading the other run" />
        )}
      </Panel>
    );
  const tasks = compareRuns(other.data, run);
  const changes = diff.data === undefined ? [] : prepareChanges(diff.data.changes);
  return (
    <Panel
      actions={close}
      bodyClassName="overflow-auto"
      className="flex-1"
      title={`Run ${other.data.number} and run ${run.number}, task by task`}
    >
      <table className="w-full text-left text-12">
        <thead className="sticky top-0 bg-panel text-ink-2">
          <tr className="[&>*]:border-line-2 [&>*]:border-b [&>*]:px-3 [&>*]:py-1.5 [&>*]:font-semibold">
            <th scope="col">Task</th>
            <th scope="col">What</th>
            <th scope="col">Run {other.data.number}</th>
            <th scope="col">Run {run.number}</th>
            <th scope="col">Difference</th>
          </tr>
        </thead>
        {tasks.map((task) => {
          const facts = prepareCompare(task);
          return (
            <tbody
              className="[&>tr>*]:border-line [&>tr>*]:border-b [&>tr>*]:px-3 [&>tr>*]:py-0.5"
              key={task.taskId}
            >
              <tr>
                <th className="align-top font-mono font-normal" rowSpan={facts.length + 1} scope="rowgroup">
                  {task.taskId}
                </th>
                <td className="text-ink-2">state</td>
                <td>
                  <Side side={task.before} />
                </td>
                <td>
                  <Side side={task.after} />
                </td>
                <td>{task.before?.state === task.after?.state ? "" : "changed"}</td>
              </tr>
              {facts.map(({ label, before, after, difference }) => (
                <tr key={label}>
                  <td className="text-ink-2">{label}</td>
                  <td>{before}</td>
                  <td>{after}</td>
                  <td className="font-semibold">{difference}</td>
                </tr>
              ))}
            </tbody>
          );
        })}
      </table>
      <section className="px-3 py-2">
        <h3 className="pb-1 font-semibold text-title">Versions</h3>
        {from === to && <p className="text-ink-2">Both ran version {to}.</p>}
        {diff.isError && <FailurePanel failure={failureOf(diff.error)} />}
        {diff.data !== undefined && changes.length === 0 && (
          <p className="text-ink-2">
            Versions {from} and {to} mean the same.
          </p>
        )}
        <ul aria-label={`From version ${from} to ${to}`} className="text-12">
          {changes.map(({ key, sign, what, before, after }) => (
            <li key={key}>
              <span className="font-mono">
                {sign} {what}
              </span>{" "}
              {before !== null && <del className="text-ink-2">{before}</del>}{" "}
              {after !== null && <ins className="font-semibold no-underline">{after}</ins>}
            </li>
          ))}
        </ul>
      </section>
    </Panel>
  );
}

const Side = ({ side }: { side: ComparedSide | null }) =>
  side === null ? <span className="text-ink-3">no such task</span> : <StateGlyph state={side.state} />;

import Link from "next/link";
import type { RunView } from "@/domain/pipelines/run-view";
import { describeTrigger } from "./describe-trigger";

/** What started a run; the run whose task did so is one step away. */
export function StartedBy({ workspace, run }: { workspace: string; run: RunView }) {
  const { parent } = run;
  if (parent === null) return <span>{describeTrigger(run)}</span>;
  const { id, number, pipelineId, taskId } = parent;
  const task = taskId === null ? "" : `?task=${encodeURIComponent(taskId)}`;
  return (
    <span>
      by {taskId === null ? "a task" : <code>{taskId}</code>} of{" "}
      <Link
        className="link"
        href={`/${workspace}/pipelines/${encodeURIComponent(pipelineId)}/runs/${id}${task}`}
      >
        {pipelineId} run {number}
      </Link>
    </span>
  );
}

"use client";

import type { Operation } from "@/domain/pipelines/edit/operation";
import type { Problem } from "@/domain/pipelines/problems/problem";
import { PipelinePanel } from "./PipelinePanel";
import type { LooseTask } from "./prepare-flow";
import { failurePolicyOf, pointerOf } from "./read-document";
import { TaskPanel } from "./TaskPanel";

export type InspectorProps = {
  document: unknown;
  /** The one that is open. */
  task: LooseTask | undefined;
  tasks: readonly LooseTask[];
  problems: readonly Problem[];
  whyReadOnly: string | null;
  onChange: (operation: Operation) => void;
  onClose: () => void;
};

/** The open task, or the pipeline while none is. */
export function Inspector(props: InspectorProps) {
  const { document, task, tasks, problems, whyReadOnly, onChange, onClose } = props;
  if (task === undefined)
    return <PipelinePanel document={document} onChange={onChange} whyReadOnly={whyReadOnly} />;
  return (
    <TaskPanel
      failurePolicy={failurePolicyOf(document, task.id)}
      key={task.id}
      onChange={onChange}
      onClose={onClose}
      pointer={pointerOf(document, task.id)}
      problems={problems}
      task={task}
      tasks={tasks}
      whyReadOnly={whyReadOnly}
    />
  );
}

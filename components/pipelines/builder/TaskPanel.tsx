"use client";

import { X } from "lucide-react";
import { Button } from "@/components/ui/Button";
import { PanelBar } from "@/components/ui/Panel";
import type { Operation } from "@/domain/pipelines/edit/operation";
import type { Problem } from "@/domain/pipelines/problems/problem";
import { taskType } from "@/domain/pipelines/task-types/index";
import { DependencyFields } from "./form/DependencyFields";
import { IdField } from "./form/IdField";
import { TaskForm } from "./form/TaskForm";
import type { LooseTask } from "./prepare-flow";

export type TaskPanelProps = {
  task: LooseTask;
  tasks: readonly LooseTask[];
  /** What is wrong at this task; pointers begin at the document. */
  problems: readonly Problem[];
  /** `/tasks/3` */
  pointer: string;
  failurePolicy: string | null;
  whyReadOnly: string | null;
  onChange: (operation: Operation) => void;
  onClose: () => void;
};

/** The inspector of a task: what it is, what it waits for, and its form. */
export function TaskPanel(props: TaskPanelProps) {
  const { task, tasks, problems, pointer, failurePolicy, whyReadOnly, onChange, onClose } = props;
  const known = taskType(task.type);
  const errors = problems
    .filter((problem) => problem.pointer.startsWith(`${pointer}/`) || problem.pointer === pointer)
    .map((problem) => ({ pointer: problem.pointer.slice(pointer.length), message: problem.message }));
  return (
    <section
      aria-label={`Task ${task.id}`}
      className="flex h-full min-h-0 flex-col bg-panel"
      data-pane=""
      tabIndex={-1}
    >
      <PanelBar
        actions={
          <Button
            aria-label="Close"
            icon={<X aria-hidden="true" size={13} />}
            kind="quiet"
            onClick={onClose}
          />
        }
        meta={known?.label ?? task.type}
      >
        <code>{task.id}</code>
      </PanelBar>
      <div className="min-h-0 flex-1 overflow-auto px-3">
        {whyReadOnly !== null && (
          <p className="border-line border-b py-2 text-12 text-ink-2">{whyReadOnly}</p>
        )}
        {known?.unavailable != null && (
          <p className="border-line border-b py-2 text-12 text-warn">{known.unavailable}</p>
        )}
        <IdField
          isReadOnly={whyReadOnly !== null}
          onRename={(to) => onChange({ kind: "rename_task", id: task.id, to })}
          value={task.id}
        />
        <DependencyFields
          failurePolicy={failurePolicy}
          onChange={onChange}
          task={task}
          tasks={tasks}
          whyReadOnly={whyReadOnly}
        />
        <TaskForm errors={errors} onChange={onChange} task={task} whyReadOnly={whyReadOnly} />
      </div>
    </section>
  );
}

"use client";

import { ConfigForm } from "@/components/form/ConfigForm";
import type { ConfigFormContext } from "@/components/form/form-context";
import { errorsBelow } from "@/components/form/prepare-errors";
import { EmptyState } from "@/components/ui/EmptyState";
import type { Operation } from "@/domain/pipelines/edit/operation";
import type { InputError } from "@/domain/shared/failure";
import type { LooseTask } from "../prepare-flow";
import { changedFields } from "./changed-fields";
import { COMMON_SCHEMA, taskSchema } from "./task-schema";

const CONTEXT: ConfigFormContext = {
  secrets: null,
  whyNotStore: null,
  onStore: () => undefined,
  connection: "",
};
const COMMON = ["timeout", "run_when", "retry_policy"];

export type TaskFormProps = {
  task: LooseTask;
  /** Complaints about the task; pointers begin at it. */
  errors: readonly InputError[];
  whyReadOnly: string | null;
  onChange: (operation: Operation) => void;
};

/** A task as a form, generated from its type's schema. It edits the text, value by value. */
export function TaskForm({ task, errors, whyReadOnly, onChange }: TaskFormProps) {
  const form = taskSchema(task.type);
  const isReadOnly = whyReadOnly !== null;
  const common = Object.fromEntries(COMMON.flatMap((key) => (key in task.raw ? [[key, task.raw[key]]] : [])));
  return (
    <>
      {form === null ? (
        <EmptyState title={`The type ${task.type || "of this task"} is not known.`}>
          Its fields are kept as they are. Change them in the text.
        </EmptyState>
      ) : (
        <ConfigForm
          context={CONTEXT}
          controls={form.controls}
          errors={errorsBelow(errors, "/config")}
          isReadOnly={isReadOnly}
          key={`${task.id} ${task.type}`}
          onChange={(value) => {
            for (const change of changedFields(task.config, value))
              onChange({ kind: "set_config", id: task.id, ...change });
          }}
          schema={form.schema}
          value={task.config}
        />
      )}
      <ConfigForm
        context={CONTEXT}
        errors={COMMON.flatMap((key) => errors.filter(({ pointer }) => pointer.startsWith(`/${key}`)))}
        isReadOnly={isReadOnly}
        key={`${task.id} common`}
        onChange={(value) => {
          for (const change of changedFields(common, value))
            onChange({ kind: "set_task_field", id: task.id, ...change });
        }}
        schema={COMMON_SCHEMA}
        value={common}
      />
    </>
  );
}

"use client";

import { X } from "lucide-react";
import { useId } from "react";
import { FieldRow } from "@/components/form/FieldRow";
import { Button } from "@/components/ui/Button";
import { CONTROL_CLASS } from "@/components/ui/Field";
import type { Operation } from "@/domain/pipelines/edit/operation";
import type { LooseTask } from "../prepare-flow";

const POLICIES = [
  { value: "retry_then_fail", label: "retry_then_fail: the run fails" },
  {
    value: "skip_deployment_keep_current",
    label: "skip_deployment_keep_current: the run succeeds with a warning",
  },
  { value: "rollback_to_previous", label: "rollback_to_previous: what it changed is put back" },
];

export type DependencyFieldsProps = {
  task: LooseTask;
  tasks: readonly LooseTask[];
  failurePolicy: string | null;
  whyReadOnly: string | null;
  onChange: (operation: Operation) => void;
};

/** What a task waits for, and what becomes of the run when it fails. */
export function DependencyFields({
  task,
  tasks,
  failurePolicy,
  whyReadOnly,
  onChange,
}: DependencyFieldsProps) {
  const isReadOnly = whyReadOnly !== null;
  const dependsId = useId();
  const failureId = useId();
  const others = tasks.filter(({ id }) => id !== task.id && !task.dependsOn.includes(id));
  return (
    <>
      <FieldRow errors={[]} help="" id={dependsId} isRequired={false} name="depends_on">
        {task.dependsOn.length > 0 && (
          <ul className="mb-1 flex flex-col gap-0.5">
            {task.dependsOn.map((id) => (
              <li className="flex items-center gap-1" key={id}>
                <code className="min-w-0 flex-1 truncate">{id}</code>
                {!isReadOnly && (
                  <Button
                    aria-label={`No longer wait for ${id}`}
                    icon={<X aria-hidden="true" size={12} />}
                    kind="quiet"
                    onClick={() => onChange({ kind: "disconnect", from: id, to: task.id })}
                  />
                )}
              </li>
            ))}
          </ul>
        )}
        <select
          className={CONTROL_CLASS}
          id={dependsId}
          disabled={isReadOnly || others.length === 0}
          onChange={(event) => {
            if (event.target.value !== "")
              onChange({ kind: "connect", from: event.target.value, to: task.id });
          }}
          value=""
        >
          <option value="">{others.length === 0 ? "no other task" : "wait for another task"}</option>
          {others.map(({ id }) => (
            <option key={id} value={id}>
              {id}
            </option>
          ))}
        </select>
      </FieldRow>
      <FieldRow errors={[]} help="" id={failureId} isRequired={false} name="on failure">
        <select
          className={CONTROL_CLASS}
          id={failureId}
          disabled={isReadOnly}
          onChange={(event) =>
            onChange({
              kind: "set_field",
              pointer: `/failure_handling/task_level/${task.id}`,
              value: event.target.value === "" ? undefined : event.target.value,
            })
          }
          value={failurePolicy ?? ""}
        >
          <option value="">retry_then_fail, the default</option>
          {POLICIES.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </FieldRow>
    </>
  );
}

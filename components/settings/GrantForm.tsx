"use client";

import { type ComponentProps, type FormEvent, useState } from "react";
import { Button } from "@/components/ui/Button";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { Field, TextField } from "@/components/ui/Field";
import { failureOf } from "@/components/ui/failure-of";
import { fieldError } from "@/components/ui/field-error";
import type { Role } from "@/domain/workspaces/role";
import { RoleSelect } from "./RoleSelect";

export type GrantFormProps = {
  /** Whom or what the role is for; its label is the name of the input's field. */
  field: Pick<ComponentProps<typeof TextField>, "label" | "help" | "type" | "placeholder" | "maxLength">;
  actLabel: string;
  isBusy: boolean;
  /** Of the last try; null where it went well. */
  error: unknown;
  /** Calls `onDone` once the role is granted: the text is emptied for the next one. */
  onGrant: (text: string, role: Role, onDone: () => void) => void;
};

/** One text and a role: the form that makes an invitation or a token. */
export function GrantForm({ field, actLabel, isBusy, error, onGrant }: GrantFormProps) {
  const [text, setText] = useState("");
  const [role, setRole] = useState<Role>("analyst");
  const failure = error === null ? null : failureOf(error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onGrant(text, role, () => setText(""));
  };
  return (
    <form className="max-w-[560px] px-3 pb-3" onSubmit={submit}>
      {failure !== null && <FailurePanel className="mt-3" failure={failure} />}
      <TextField
        {...field}
        error={fieldError(failure, field.label)}
        onChange={(event) => setText(event.target.value)}
        required
        value={text}
      />
      <Field label="role">
        {(control) => <RoleSelect id={control.id} onChange={setRole} value={role} />}
      </Field>
      <Button busy={isBusy} className="mt-3" kind="primary" type="submit">
        {actLabel}
      </Button>
    </form>
  );
}

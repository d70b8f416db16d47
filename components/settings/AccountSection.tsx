"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { PasswordField } from "@/components/auth/PasswordField";
import { signInWithPassword } from "@/components/session/session-requests";
import { useWorkbench } from "@/components/shell/workbench";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { TextField } from "@/components/ui/Field";
import { failureOf } from "@/components/ui/failure-of";
import { fieldError } from "@/components/ui/field-error";
import { toastDone } from "@/components/ui/toast";

/** One's own name, address and password. */
export function AccountSection() {
  const { me } = useWorkbench();
  const trpc = useTRPC();
  const change = useMutation(trpc.auth.changePassword.mutationOptions());
  const [changes, setChanges] = useState(0);
  const failure = change.isError ? failureOf(change.error) : null;
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const newPassword = String(fields.get("newPassword"));
    const isChanged = await change
      .mutateAsync({ currentPassword: String(fields.get("currentPassword")), newPassword })
      .then(
        () => true,
        () => false,
      );
    if (!isChanged) return;
    // The change ended every session of this person, this one too.
    const refusal = await signInWithPassword(me.email, newPassword);
    if (refusal !== null) window.location.assign("/sign-in");
    form.reset();
    setChanges((count) => count + 1);
    void toastDone("Password changed. Every other session of yours has ended.");
  };
  return (
    <div className="max-w-[560px] px-3 pb-4">
      <TextField label="name" readOnly value={me.name} />
      <TextField label="email" readOnly value={me.email} />
      <h2 className="pt-4 pb-2 font-semibold text-title">Change password</h2>
      {failure !== null && <FailurePanel className="mb-2" failure={failure} />}
      <form className="border-line border-t" onSubmit={submit}>
        <TextField
          autoComplete="current-password"
          error={fieldError(failure, "currentPassword")}
          label="current"
          name="currentPassword"
          required
          type="password"
        />
        <PasswordField
          key={changes}
          error={fieldError(failure, "newPassword")}
          label="new"
          name="newPassword"
        />
        <Button busy={change.isPending} className="mt-3" kind="primary" type="submit">
          Change password
        </Button>
      </form>
      <p className="mt-2 text-12 text-ink-2">Every other session of yours ends with it.</p>
    </div>
  );
}

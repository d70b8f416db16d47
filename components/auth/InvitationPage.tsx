"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useParams } from "next/navigation";
import type { FormEvent } from "react";
import { signInWithPassword } from "@/components/session/session-requests";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { TextField } from "@/components/ui/Field";
import { failureOf } from "@/components/ui/failure-of";
import { fieldError } from "@/components/ui/field-error";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { PasswordField } from "./PasswordField";

/** What an invitation offers, and the form that takes it. */
export function InvitationPage() {
  const { token } = useParams<{ token: string }>();
  const trpc = useTRPC();
  const invitation = useQuery(trpc.auth.invitation.queryOptions({ token }, { refetchOnWindowFocus: false }));
  const accept = useMutation(trpc.auth.acceptInvitation.mutationOptions());
  const failure = accept.isError ? failureOf(accept.error) : null;

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const password = String(fields.get("password"));
    const accepted = await accept
      .mutateAsync({ token, name: String(fields.get("name")), password })
      .catch(() => null);
    if (accepted === null) return;
    const refusal = await signInWithPassword(accepted.email, password);
    window.location.assign(refusal === null ? `/${accepted.workspace}` : "/sign-in");
  };

  if (invitation.isError) {
    return (
      <>
        <h1 className="mb-4 font-semibold text-19">Invitation</h1>
        <FailurePanel failure={failureOf(invitation.error)} />
      </>
    );
  }
  if (invitation.data === undefined) {
    return (
      <div className="relative">
        <LoadingBar label="Reading the invitation" />
        <h1 className="font-semibold text-19">Invitation</h1>
      </div>
    );
  }
  const { email, role, workspaceName } = invitation.data;
  return (
    <>
      <h1 className="font-semibold text-19">Join {workspaceName}</h1>
      <p className="mb-4 text-ink-2">
        You are invited as <strong className="text-ink">{role}</strong>, with the address {email}.
      </p>
      {failure !== null && <FailurePanel className="mb-4" failure={failure} />}
      <form className="border-line border-t" onSubmit={submit}>
        <TextField label="email" readOnly value={email} />
        <TextField
          autoComplete="name"
          autoFocus
          error={fieldError(failure, "name")}
          help="Shown beside runs."
          label="name"
          maxLength={120}
          name="name"
          required
        />
        <PasswordField error={fieldError(failure, "password")} label="password" name="password" />
        <Button busy={accept.isPending} className="mt-4" kind="primary" size="large" type="submit">
          Accept the invitation
        </Button>
      </form>
      <p className="mt-4 text-12 text-ink-2">
        If you have an account here already, give the password that you sign in with.
      </p>
    </>
  );
}

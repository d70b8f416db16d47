"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { signInWithPassword } from "@/components/session/session-requests";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { TextField } from "@/components/ui/Field";
import { failureOf, type ShownFailure } from "@/components/ui/failure-of";
import { fieldError } from "@/components/ui/field-error";
import { PasswordField } from "./PasswordField";

/** First visit: makes the first admin, then signs them in. */
export function WelcomePage() {
  const trpc = useTRPC();
  const setup = useMutation(trpc.auth.setup.mutationOptions());
  const [signInFailure, setSignInFailure] = useState<ShownFailure | null>(null);
  const failure = setup.isError ? failureOf(setup.error) : signInFailure;

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const [email, name, password] = ["email", "name", "password"].map((key) => String(fields.get(key)));
    if (email === undefined || name === undefined || password === undefined) return;
    setSignInFailure(null);
    const isMade =
      setup.isSuccess ||
      (await setup.mutateAsync({ email, name, password }).then(
        () => true,
        () => false,
      ));
    if (!isMade) return;
    const refusal = await signInWithPassword(email, password);
    setSignInFailure(refusal);
    if (refusal === null) window.location.assign("/");
  };

  return (
    <>
      <h1 className="font-semibold text-19">Create the first admin</h1>
      <p className="mb-4 text-ink-2">
        This account can invite people, give roles and make API tokens. There is no default password.
      </p>
      {failure !== null && <FailurePanel className="mb-4" failure={failure} />}
      <form className="border-line border-t" onSubmit={submit}>
        <TextField
          autoComplete="username"
          autoFocus
          error={fieldError(failure, "email")}
          label="email"
          name="email"
          required
          type="email"
        />
        <TextField
          autoComplete="name"
          error={fieldError(failure, "name")}
          help="Shown beside runs."
          label="name"
          maxLength={120}
          name="name"
          required
        />
        <PasswordField error={fieldError(failure, "password")} label="password" name="password" />
        <div className="mt-4 flex items-center gap-3">
          <Button busy={setup.isPending} kind="primary" size="large" type="submit">
            Create admin
          </Button>
          <span className="text-12 text-ink-2">then signs you in</span>
        </div>
      </form>
      <p className="mt-6 border-line border-t pt-3 text-12 text-ink-2">
        The workspace <code>sample</code> is made with it. Its grocery tables and its pipeline are loaded in
        the background.
      </p>
    </>
  );
}

"use client";

import { KeyRound } from "lucide-react";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { type FormEvent, useState } from "react";
import { signInWithPassword, signInWithProvider } from "@/components/session/session-requests";
import { Button } from "@/components/ui/Button";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { TextField } from "@/components/ui/Field";
import type { ShownFailure } from "@/components/ui/failure-of";
import { useAuthState } from "./auth-state";
import { prepareSignInError } from "./prepare-sign-in-error";
import { safeReturnPath } from "./safe-return-path";

const broughtHere = (code: string | null): ShownFailure | null => {
  const message = prepareSignInError(code);
  return message === null ? null : { code: "unauthenticated", message, hint: null };
};

/** The sign-in form, and the identity provider where one is set up. */
export function SignInPage() {
  const { oidcName, personName } = useAuthState();
  const search = useSearchParams();
  const returnPath = safeReturnPath(search.get("callbackUrl"));
  const [failure, setFailure] = useState(() => broughtHere(search.get("error")));
  const [busyWith, setBusyWith] = useState<"password" | "provider" | null>(null);

  const withPassword = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusyWith("password");
    const refusal = await signInWithPassword(String(fields.get("email")), String(fields.get("password")));
    setFailure(refusal);
    // A full load: nothing of an earlier person stays in memory.
    if (refusal === null) window.location.assign(returnPath);
    else setBusyWith(null);
  };

  const withProvider = async () => {
    setBusyWith("provider");
    const refusal = await signInWithProvider(returnPath);
    setFailure(refusal);
    if (refusal !== null) setBusyWith(null);
  };

  return (
    <>
      <h1 className="font-semibold text-19">Sign in</h1>
      <p className="mb-4 text-ink-2">Tables, pipelines, models and their evidence.</p>
      {personName !== null && (
        <p className="mb-4 text-ink-2">
          You are signed in as {personName}.{" "}
          <Link className="link" href="/">
            Go to your workspace
          </Link>
        </p>
      )}
      {failure !== null && <FailurePanel className="mb-4" failure={failure} />}
      {oidcName !== null && (
        <>
          <Button
            busy={busyWith === "provider"}
            className="w-full"
            icon={<KeyRound aria-hidden="true" size={15} />}
            kind="primary"
            onClick={withProvider}
            size="large"
          >
            Continue with {oidcName}
          </Button>
          <p className="my-3 flex items-center gap-3 text-12 text-ink-2 before:h-px before:flex-1 before:bg-line-2 after:h-px after:flex-1 after:bg-line-2">
            or a local account
          </p>
        </>
      )}
      <form className="border-line border-t" onSubmit={withPassword}>
        <TextField autoComplete="username" autoFocus label="email" name="email" required type="email" />
        <TextField
          autoComplete="current-password"
          label="password"
          name="password"
          required
          type="password"
        />
        <Button
          busy={busyWith === "password"}
          className="mt-4"
          kind={oidcName === null ? "primary" : "plain"}
          size="large"
          type="submit"
        >
          Sign in
        </Button>
      </form>
      <p className="mt-6 border-line border-t pt-3 text-12 text-ink-2">
        <strong className="text-ink">New here?</strong> An admin of a workspace invites you by a link.
      </p>
    </>
  );
}

"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { signOut } from "@/components/session/session-requests";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { TextField } from "@/components/ui/Field";
import { failureOf } from "@/components/ui/failure-of";
import { fieldError } from "@/components/ui/field-error";
import { prepareSlug } from "./prepare-slug";

/** For a person who belongs to no workspace: wait for an invitation, or make one. */
export function NoWorkspacePage() {
  const trpc = useTRPC();
  const create = useMutation(trpc.workspaces.create.mutationOptions());
  const [name, setName] = useState("");
  const [slug, setSlug] = useState<string | null>(null);
  const shownSlug = slug ?? prepareSlug(name);
  const failure = create.isError ? failureOf(create.error) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(
      { name, slug: shownSlug },
      { onSuccess: (made) => window.location.assign(`/${made.slug}`) },
    );
  };
  return (
    <>
      <h1 className="font-semibold text-19">Make a workspace</h1>
      <p className="mb-4 text-ink-2">
        A workspace has its own tables, pipelines and people. You will be its admin.
      </p>
      {failure !== null && <FailurePanel className="mb-4" failure={failure} />}
      <form className="border-line border-t" onSubmit={submit}>
        <TextField
          error={fieldError(failure, "name")}
          label="name"
          maxLength={80}
          onChange={(event) => setName(event.target.value)}
          required
          value={name}
        />
        <TextField
          error={fieldError(failure, "slug")}
          help="2 to 40 lower-case letters, digits and hyphens, a letter first. Part of every address."
          isMono
          label="slug"
          onChange={(event) => setSlug(event.target.value)}
          pattern="[a-z][a-z0-9\-]{1,39}"
          required
          value={shownSlug}
        />
        <div className="mt-4 flex gap-3">
          <Button busy={create.isPending} kind="primary" size="large" type="submit">
            Make workspace
          </Button>
          <Button kind="quiet" onClick={() => void signOut()} size="large">
            Sign out
          </Button>
        </div>
      </form>
    </>
  );
}

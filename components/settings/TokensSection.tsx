"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useWorkbench } from "@/components/shell/workbench";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { ConfirmDialog } from "@/components/ui/ConfirmDialog";
import { EmptyState } from "@/components/ui/EmptyState";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { Field, TextField } from "@/components/ui/Field";
import { failureOf } from "@/components/ui/failure-of";
import { fieldError } from "@/components/ui/field-error";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { Tag } from "@/components/ui/Tag";
import { toastFailure } from "@/components/ui/toast";
import type { Role } from "@/domain/workspaces/role";
import { NoAccess } from "./NoAccess";
import { QueryState } from "./QueryState";
import { RoleSelect } from "./RoleSelect";
import { CELL, SettingsTable } from "./SettingsTable";
import { ShownOnce } from "./ShownOnce";

function TokenForm({ onMade }: { onMade: (made: { name: string; token: string }) => void }) {
  const { workspace } = useWorkbench();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("analyst");
  const create = useMutation(
    trpc.tokens.create.mutationOptions({
      onSuccess: ({ token }) => {
        onMade({ name, token });
        setName("");
        void queryClient.invalidateQueries(trpc.tokens.pathFilter());
      },
    }),
  );
  const failure = create.isError ? failureOf(create.error) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ workspace: workspace.slug, name, role });
  };
  return (
    <form className="max-w-[560px] px-3 pb-3" onSubmit={submit}>
      {failure !== null && <FailurePanel className="mt-3" failure={failure} />}
      <TextField
        error={fieldError(failure, "name")}
        help="What it is for, for example nightly-run."
        label="name"
        maxLength={80}
        onChange={(event) => setName(event.target.value)}
        required
        value={name}
      />
      <Field label="role">
        {(control) => <RoleSelect id={control.id} onChange={setRole} value={role} />}
      </Field>
      <Button busy={create.isPending} className="mt-3" kind="primary" type="submit">
        Make token
      </Button>
    </form>
  );
}

/** Tokens by which programs use this workspace over /api/v1. */
export function TokensSection() {
  const { workspace } = useWorkbench();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const isAdmin = workspace.role === "admin";
  const scope = { workspace: workspace.slug };
  const tokens = useQuery(trpc.tokens.list.queryOptions(scope, { enabled: isAdmin }));
  const [made, setMade] = useState<{ name: string; token: string } | null>(null);
  const [revoking, setRevoking] = useState<{ id: string; name: string } | null>(null);
  const revoke = useMutation(
    trpc.tokens.revoke.mutationOptions({
      onError: (error) => toastFailure(failureOf(error)),
      onSuccess: () => setRevoking(null),
      onSettled: () => queryClient.invalidateQueries(trpc.tokens.pathFilter()),
    }),
  );
  if (!isAdmin) return <NoAccess role={workspace.role} what="the API tokens" />;
  return (
    <>
      <TokenForm onMade={setMade} />
      {made !== null && (
        <ShownOnce
          help="It is shown only now; only its fingerprint is kept. Send it as Authorization: Bearer <token>."
          onDone={() => setMade(null)}
          text={made.token}
          title={`Token ${made.name}`}
        />
      )}
      <h2 className="border-line border-y px-3 py-1.5 font-semibold text-title">Tokens that work</h2>
      <QueryState query={tokens} />
      {tokens.data?.length === 0 && (
        <EmptyState title="No token exists.">
          With one, a script can do the main job over <code>/api/v1</code> without a page.
        </EmptyState>
      )}
      {(tokens.data ?? []).length > 0 && (
        <SettingsTable heads={["Name", "Begins with", "Role", "Made", "Last used", "(Actions)"]}>
          {tokens.data?.map((token) => (
            <tr key={token.id}>
              <th className={`${CELL} font-semibold`} scope="row">
                {token.name}
              </th>
              <td className={CELL}>
                <code>{token.prefix}</code>
              </td>
              <td className={CELL}>
                <Tag>{token.role}</Tag>
              </td>
              <td className={CELL}>
                <RelativeTime at={token.createdAt} />
              </td>
              <td className={CELL}>
                {token.lastUsedAt === null ? (
                  <em className="text-ink-3">never</em>
                ) : (
                  <RelativeTime at={token.lastUsedAt} />
                )}
              </td>
              <td className={`${CELL} text-right`}>
                <Button aria-label={`Revoke ${token.name}`} kind="danger" onClick={() => setRevoking(token)}>
                  Revoke
                </Button>
              </td>
            </tr>
          ))}
        </SettingsTable>
      )}
      {revoking !== null && (
        <ConfirmDialog
          actLabel="Revoke token"
          description="Programs that use it are refused from the next request on. This cannot be undone."
          isBusy={revoke.isPending}
          isOpen
          name={revoking.name}
          onClose={() => setRevoking(null)}
          onConfirm={() => revoke.mutate({ ...scope, id: revoking.id })}
          title={`Revoke ${revoking.name}?`}
        />
      )}
    </>
  );
}

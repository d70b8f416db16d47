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
import { formatInstant } from "@/components/ui/format";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { Tag } from "@/components/ui/Tag";
import { toastFailure } from "@/components/ui/toast";
import type { Role } from "@/domain/workspaces/role";
import { NoAccess } from "./NoAccess";
import { QueryState } from "./QueryState";
import { RoleSelect } from "./RoleSelect";
import { CELL, SettingsTable } from "./SettingsTable";
import { ShownOnce } from "./ShownOnce";

function InviteForm({ onMade }: { onMade: (link: { email: string; url: string }) => void }) {
  const { workspace } = useWorkbench();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("analyst");
  const create = useMutation(
    trpc.invitations.create.mutationOptions({
      onSuccess: ({ url }) => {
        onMade({ email, url });
        setEmail("");
        void queryClient.invalidateQueries(trpc.invitations.pathFilter());
      },
    }),
  );
  const failure = create.isError ? failureOf(create.error) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ workspace: workspace.slug, email, role });
  };
  return (
    <form className="max-w-[560px] px-3 pb-3" onSubmit={submit}>
      {failure !== null && <FailurePanel className="mt-3" failure={failure} />}
      <TextField
        error={fieldError(failure, "email")}
        label="email"
        onChange={(event) => setEmail(event.target.value)}
        placeholder="name@company.example"
        required
        type="email"
        value={email}
      />
      <Field label="role">
        {(control) => <RoleSelect id={control.id} onChange={setRole} value={role} />}
      </Field>
      <Button busy={create.isPending} className="mt-3" kind="primary" type="submit">
        Make invitation link
      </Button>
    </form>
  );
}

/** Links by which people join the workspace. Benchwright sends no mail: the link is given by hand. */
export function InvitationsSection() {
  const { workspace } = useWorkbench();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const isAdmin = workspace.role === "admin";
  const scope = { workspace: workspace.slug };
  const invitations = useQuery(trpc.invitations.list.queryOptions(scope, { enabled: isAdmin }));
  const [made, setMade] = useState<{ email: string; url: string } | null>(null);
  const [revoking, setRevoking] = useState<{ id: string; email: string } | null>(null);
  const revoke = useMutation(
    trpc.invitations.revoke.mutationOptions({
      onError: (error) => toastFailure(failureOf(error)),
      onSuccess: () => setRevoking(null),
      onSettled: () => queryClient.invalidateQueries(trpc.invitations.pathFilter()),
    }),
  );
  if (!isAdmin) return <NoAccess role={workspace.role} what="the invitations" />;
  return (
    <>
      <InviteForm onMade={setMade} />
      {made !== null && (
        <ShownOnce
          help="It works once, for seven days, and is shown only now. Benchwright sends no mail: give it to the person yourself."
          onDone={() => setMade(null)}
          text={made.url}
          title={`Invitation link for ${made.email}`}
        />
      )}
      <h2 className="border-line border-y px-3 py-1.5 font-semibold text-title">Open invitations</h2>
      <QueryState query={invitations} />
      {invitations.data?.length === 0 && (
        <EmptyState title="No invitation is open.">Accepted ones become members.</EmptyState>
      )}
      {(invitations.data ?? []).length > 0 && (
        <SettingsTable heads={["E-mail", "Role", "Made", "Works until", "(Actions)"]}>
          {invitations.data?.map((invitation) => (
            <tr key={invitation.id}>
              <th className={`${CELL} font-semibold`} scope="row">
                {invitation.email}
              </th>
              <td className={CELL}>
                <Tag>{invitation.role}</Tag>
              </td>
              <td className={CELL}>
                <RelativeTime at={invitation.createdAt} />
              </td>
              <td className={CELL}>{formatInstant(invitation.expiresAt)}</td>
              <td className={`${CELL} text-right`}>
                <Button
                  aria-label={`Revoke the invitation of ${invitation.email}`}
                  kind="danger"
                  onClick={() => setRevoking(invitation)}
                >
                  Revoke
                </Button>
              </td>
            </tr>
          ))}
        </SettingsTable>
      )}
      {revoking !== null && (
        <ConfirmDialog
          actLabel="Revoke invitation"
          description="Its link stops working at once. You can make a new one."
          isBusy={revoke.isPending}
          isOpen
          name={revoking.email}
          onClose={() => setRevoking(null)}
          onConfirm={() => revoke.mutate({ ...scope, id: revoking.id })}
          title={`Revoke the invitation of ${revoking.email}?`}
        />
      )}
    </>
  );
}

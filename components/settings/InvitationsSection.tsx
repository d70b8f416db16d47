"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useWorkbench } from "@/components/shell/workbench";
import { useTRPC } from "@/components/trpc";
import { ConfirmDialog } from "@/components/ui/ConfirmDialog";
import { EmptyState } from "@/components/ui/EmptyState";
import { failureOf } from "@/components/ui/failure-of";
import { formatInstant } from "@/components/ui/format";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { Tag } from "@/components/ui/Tag";
import { toastFailure } from "@/components/ui/toast";
import { GrantForm } from "./GrantForm";
import { GrantTable } from "./GrantTable";
import { NoAccess } from "./NoAccess";
import { ShownOnce } from "./ShownOnce";

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
  const onSettled = () => queryClient.invalidateQueries(trpc.invitations.pathFilter());
  const create = useMutation(trpc.invitations.create.mutationOptions({ onSettled }));
  const revoke = useMutation(
    trpc.invitations.revoke.mutationOptions({
      onError: (error) => toastFailure(failureOf(error)),
      onSuccess: () => setRevoking(null),
      onSettled,
    }),
  );
  if (!isAdmin) return <NoAccess role={workspace.role} what="the invitations" />;
  return (
    <>
      <GrantForm
        actLabel="Make invitation link"
        error={create.error}
        field={{ label: "email", type: "email", placeholder: "name@company.example" }}
        isBusy={create.isPending}
        onGrant={(email, role, onDone) =>
          create.mutate(
            { ...scope, email, role },
            {
              onSuccess: ({ url }) => {
                setMade({ email, url });
                onDone();
              },
            },
          )
        }
      />
      {made !== null && (
        <ShownOnce
          help="It works once, for seven days, and is shown only now. Benchwright sends no mail: give it to the person yourself."
          onDone={() => setMade(null)}
          text={made.url}
          title={`Invitation link for ${made.email}`}
        />
      )}
      <GrantTable
        cells={({ email, role, createdAt, expiresAt }) => [
          email,
          <Tag key="role">{role}</Tag>,
          <RelativeTime at={createdAt} key="made" />,
          formatInstant(expiresAt),
        ]}
        empty={<EmptyState title="No invitation is open.">Accepted ones become members.</EmptyState>}
        heads={["E-mail", "Role", "Made", "Works until"]}
        onRevoke={setRevoking}
        query={invitations}
        revokeLabel={({ email }) => `Revoke the invitation of ${email}`}
        title="Open invitations"
      />
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

"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useWorkbench } from "@/components/shell/workbench";
import { useTRPC } from "@/components/trpc";
import { ConfirmDialog } from "@/components/ui/ConfirmDialog";
import { EmptyState } from "@/components/ui/EmptyState";
import { failureOf } from "@/components/ui/failure-of";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { Tag } from "@/components/ui/Tag";
import { toastFailure } from "@/components/ui/toast";
import { GrantForm } from "./GrantForm";
import { GrantTable } from "./GrantTable";
import { NoAccess } from "./NoAccess";
import { ShownOnce } from "./ShownOnce";

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
  const onSettled = () => queryClient.invalidateQueries(trpc.tokens.pathFilter());
  const create = useMutation(trpc.tokens.create.mutationOptions({ onSettled }));
  const revoke = useMutation(
    trpc.tokens.revoke.mutationOptions({
      onError: (error) => toastFailure(failureOf(error)),
      onSuccess: () => setRevoking(null),
      onSettled,
    }),
  );
  if (!isAdmin) return <NoAccess role={workspace.role} what="the API tokens" />;
  return (
    <>
      <GrantForm
        actLabel="Make token"
        error={create.error}
        field={{ label: "name", help: "What it is for, for example nightly-run.", maxLength: 80 }}
        isBusy={create.isPending}
        onGrant={(name, role, onDone) =>
          create.mutate(
            { ...scope, name, role },
            {
              onSuccess: ({ token }) => {
                setMade({ name, token });
                onDone();
              },
            },
          )
        }
      />
      {made !== null && (
        <ShownOnce
          help="It is shown only now; only its fingerprint is kept. Send it as Authorization: Bearer <token>."
          onDone={() => setMade(null)}
          text={made.token}
          title={`Token ${made.name}`}
        />
      )}
      <GrantTable
        cells={({ name, prefix, role, createdAt, lastUsedAt }) => [
          name,
          <code key="prefix">{prefix}</code>,
          <Tag key="role">{role}</Tag>,
          <RelativeTime at={createdAt} key="made" />,
          lastUsedAt === null ? (
            <em className="text-ink-3" key="never">
              never
            </em>
          ) : (
            <RelativeTime at={lastUsedAt} key="used" />
          ),
        ]}
        empty={
          <EmptyState title="No token exists.">
            With one, a script can do the main job over <code>/api/v1</code> without a page.
          </EmptyState>
        }
        heads={["Name", "Begins with", "Role", "Made", "Last used"]}
        onRevoke={setRevoking}
        query={tokens}
        revokeLabel={({ name }) => `Revoke ${name}`}
        title="Tokens that work"
      />
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

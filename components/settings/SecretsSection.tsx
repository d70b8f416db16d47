"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { referenceTo } from "@/components/secrets/prepare-secret";
import { StoreSecretDialog } from "@/components/secrets/StoreSecretDialog";
import { useSecrets } from "@/components/secrets/useSecrets";
import { useWorkbench } from "@/components/shell/workbench";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { ConfirmDialog } from "@/components/ui/ConfirmDialog";
import { EmptyState } from "@/components/ui/EmptyState";
import { failureOf } from "@/components/ui/failure-of";
import { formatCount } from "@/components/ui/format";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { toastDone, toastFailure } from "@/components/ui/toast";
import type { SecretView } from "@/domain/sources/secret-view";
import { NoAccess } from "./NoAccess";
import { QueryState } from "./QueryState";
import { CELL, SettingsTable } from "./SettingsTable";

const HEADS = ["Name", "Set", "By", "Last used", "Named by", "(Actions)"];

/** The secrets of the workspace: everything but their values. */
export function SecretsSection() {
  const { workspace } = useWorkbench();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { store, whyNot } = useSecrets(workspace.slug);
  const scope = { workspace: workspace.slug };
  const secrets = useQuery(trpc.secrets.list.queryOptions(scope, { enabled: whyNot === null }));
  /** The name that the dialog begins with; null while it is closed. */
  const [storing, setStoring] = useState<string | null>(null);
  const [removing, setRemoving] = useState<SecretView | null>(null);
  const remove = useMutation(
    trpc.secrets.remove.mutationOptions({
      onError: (error) => toastFailure(failureOf(error)),
      onSuccess: () => setRemoving(null),
      onSettled: () => queryClient.invalidateQueries(trpc.secrets.pathFilter()),
    }),
  );
  if (whyNot !== null) return <NoAccess needed="engineer" role={workspace.role} what="the secrets" />;
  const list = secrets.data ?? [];
  return (
    <>
      <div className="flex flex-wrap items-center gap-3 px-3 py-2">
        <Button kind="primary" onClick={() => setStoring("")}>
          Store a secret
        </Button>
        <p className="max-w-[72ch] text-12 text-ink-2">
          Documents hold a secret's name, as in <code>{referenceTo("SHOPIFY_API_KEY")}</code>. The value is
          kept encrypted and is never shown, logged or exported.
        </p>
      </div>
      <QueryState query={secrets} />
      {secrets.isSuccess && list.length === 0 && (
        <EmptyState title="This workspace has no secret yet.">
          A connection to a source that asks for a password or a key needs one.
        </EmptyState>
      )}
      {list.length > 0 && (
        <SettingsTable heads={HEADS}>
          {list.map((secret) => (
            <tr key={secret.name}>
              <th
                className={`${CELL} max-w-80 truncate font-mono font-normal text-12`}
                scope="row"
                title={secret.name}
              >
                {secret.name}
              </th>
              <td className={CELL}>
                <RelativeTime at={secret.setAt} />
              </td>
              <td className={CELL}>{secret.setBy}</td>
              <td className={CELL}>
                {secret.lastUsedAt === null ? (
                  <em className="text-ink-3">never</em>
                ) : (
                  <RelativeTime at={secret.lastUsedAt} />
                )}
              </td>
              <td className={CELL}>
                <NamedBy connections={secret.usedBy} workspace={workspace.slug} />
              </td>
              <td className={`${CELL} whitespace-nowrap text-right`}>
                <Button aria-label={`Set ${secret.name} anew`} onClick={() => setStoring(secret.name)}>
                  Set anew
                </Button>{" "}
                <Button
                  aria-label={`Remove ${secret.name}`}
                  kind="danger"
                  onClick={() => setRemoving(secret)}
                >
                  Remove
                </Button>
              </td>
            </tr>
          ))}
        </SettingsTable>
      )}
      {storing !== null && (
        <StoreSecretDialog
          known={list}
          onClose={() => setStoring(null)}
          onStored={(name) => {
            setStoring(null);
            void toastDone(`${name} is set.`);
          }}
          store={store}
          suggested={storing}
          value=""
        />
      )}
      {removing !== null && (
        <ConfirmDialog
          actLabel="Remove secret"
          description={
            removing.usedBy.length === 0
              ? "No connection names it. Its value is gone for good."
              : `${formatCount(removing.usedBy.length, "connection")} name it: ${removing.usedBy.slice(0, 5).join(", ")}. Their syncs fail until it is set again.`
          }
          isBusy={remove.isPending}
          isOpen
          name={removing.name}
          onClose={() => setRemoving(null)}
          onConfirm={() =>
            remove.mutate({ ...scope, name: removing.name, force: removing.usedBy.length > 0 })
          }
          title={`Remove ${removing.name}?`}
        />
      )}
    </>
  );
}

function NamedBy({ workspace, connections }: { workspace: string; connections: readonly string[] }) {
  if (connections.length === 0) return <em className="text-ink-3">nothing</em>;
  return connections.map((name, index) => (
    <span key={name}>
      {index > 0 && ", "}
      <Link className="link" href={`/${workspace}/sources/${encodeURIComponent(name)}`}>
        {name}
      </Link>
    </span>
  ));
}

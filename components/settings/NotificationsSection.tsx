"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useWorkbench } from "@/components/shell/workbench";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { ConfirmDialog } from "@/components/ui/ConfirmDialog";
import { EmptyState } from "@/components/ui/EmptyState";
import { failureOf } from "@/components/ui/failure-of";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { Tag } from "@/components/ui/Tag";
import { toastDone, toastFailure } from "@/components/ui/toast";
import type { NotificationTargetView } from "@/domain/pipelines/notify/notification-view";
import { roleAtLeast } from "@/domain/workspaces/role-at-least";
import { NoAccess } from "./NoAccess";
import { QueryState } from "./QueryState";
import { CELL, SettingsTable } from "./SettingsTable";
import { ShownOnce } from "./ShownOnce";
import { TargetForm } from "./TargetForm";

const HEADS = ["Name", "Channel", "Leads to", "Set", "By", "(Actions)"];
const WHY_NOT = "This needs the role admin. An admin of this workspace can change it.";

/** Where messages about runs go: everything but the addresses themselves. */
export function NotificationsSection() {
  const { workspace } = useWorkbench();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const scope = { workspace: workspace.slug };
  const maySee = roleAtLeast(workspace.role, "engineer");
  const whyNot = workspace.role === "admin" ? null : WHY_NOT;
  const targets = useQuery(trpc.notifications.targets.queryOptions(scope, { enabled: maySee }));
  const [made, setMade] = useState<{ name: string; secret: string } | null>(null);
  const [removing, setRemoving] = useState<NotificationTargetView | null>(null);
  const onSettled = () => queryClient.invalidateQueries(trpc.notifications.targets.pathFilter());
  const onError = (error: unknown) => void toastFailure(failureOf(error));
  const set = useMutation(trpc.notifications.setTarget.mutationOptions({ onSettled }));
  const test = useMutation(
    trpc.notifications.testTarget.mutationOptions({
      onError,
      onSuccess: ({ name }) => void toastDone(`A test message went to ${name}.`),
    }),
  );
  const remove = useMutation(
    trpc.notifications.removeTarget.mutationOptions({
      onError,
      onSettled,
      onSuccess: () => setRemoving(null),
    }),
  );
  if (!maySee)
    return <NoAccess needed="engineer" role={workspace.role} what="the targets of notifications" />;
  const list = targets.data ?? [];
  return (
    <>
      {whyNot === null && (
        <TargetForm
          error={set.error}
          isBusy={set.isPending}
          onSet={(target, onDone) =>
            set.mutate(
              { ...scope, ...target },
              {
                onSuccess: ({ name, madeSecret }) => {
                  setMade(madeSecret === null ? null : { name, secret: madeSecret });
                  onDone();
                },
              },
            )
          }
        />
      )}
      {made !== null && (
        <ShownOnce
          help="It is shown only now. It signs every message: webhook-signature is v1, and the base64 HMAC-SHA256 of id.timestamp.body."
          onDone={() => setMade(null)}
          text={made.secret}
          title={`Secret of ${made.name}`}
        />
      )}
      <QueryState query={targets} />
      {targets.isSuccess && list.length === 0 && (
        <EmptyState title="No target is set.">
          Documents name targets under <code>notifications</code>, for example <code>#ml-ops-alerts</code>.
          Messages to a name that is not set wait for a day.
        </EmptyState>
      )}
      {list.length > 0 && (
        <SettingsTable heads={HEADS}>
          {list.map((target) => (
            <tr key={`${target.channel} ${target.name}`}>
              <th className={`${CELL} font-mono font-normal text-12`} scope="row">
                {target.name}
              </th>
              <td className={CELL}>
                <Tag>{target.channel}</Tag>
              </td>
              <td className={`${CELL} font-mono text-12`}>{target.masked}</td>
              <td className={CELL}>
                <RelativeTime at={target.createdAt} />
              </td>
              <td className={CELL}>{target.createdBy}</td>
              <td className={`${CELL} whitespace-nowrap text-right`}>
                <Button
                  aria-label={`Send a test to ${target.name}`}
                  busy={test.isPending && test.variables.name === target.name}
                  disabledReason={whyNot}
                  onClick={() => test.mutate({ ...scope, channel: target.channel, name: target.name })}
                >
                  Send a test
                </Button>{" "}
                <Button
                  aria-label={`Remove ${target.name}`}
                  disabledReason={whyNot}
                  kind="danger"
                  onClick={() => setRemoving(target)}
                >
                  Remove
                </Button>
              </td>
            </tr>
          ))}
        </SettingsTable>
      )}
      {removing !== null && (
        <ConfirmDialog
          actLabel="Remove target"
          description="Its address is gone for good. Messages to this name wait for a day, and are then given up."
          isBusy={remove.isPending}
          isOpen
          name={removing.name}
          onClose={() => setRemoving(null)}
          onConfirm={() => remove.mutate({ ...scope, channel: removing.channel, name: removing.name })}
          title={`Remove ${removing.name}?`}
        />
      )}
    </>
  );
}

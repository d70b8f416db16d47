"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useWorkbench } from "@/components/shell/workbench";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { ConfirmDialog } from "@/components/ui/ConfirmDialog";
import { failureOf } from "@/components/ui/failure-of";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { Tag } from "@/components/ui/Tag";
import { toastDone, toastFailure } from "@/components/ui/toast";
import { useMyRole } from "@/components/ui/useMyRole";
import { QueryState } from "./QueryState";
import { RoleSelect } from "./RoleSelect";
import { CELL, SettingsTable } from "./SettingsTable";

type Leaving = { userId: string; name: string; email: string };

/** Who belongs to the workspace, and with which rights. */
export function MembersSection() {
  const { workspace, me } = useWorkbench();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const scope = { workspace: workspace.slug };
  const members = useQuery(trpc.members.list.queryOptions(scope));
  const whyNot = useMyRole(workspace.slug).whyNot("admin");
  const [leaving, setLeaving] = useState<Leaving | null>(null);
  const onError = (error: unknown) => toastFailure(failureOf(error));
  const refresh = () => {
    void queryClient.invalidateQueries(trpc.members.pathFilter());
    void queryClient.invalidateQueries(trpc.auth.me.pathFilter());
  };
  const setRole = useMutation(trpc.members.setRole.mutationOptions({ onError, onSettled: refresh }));
  const remove = useMutation(
    trpc.members.remove.mutationOptions({
      onError,
      onSettled: refresh,
      onSuccess: () => {
        void toastDone(`${leaving?.name} is no member of ${workspace.name} any more.`);
        setLeaving(null);
      },
    }),
  );
  return (
    <>
      <QueryState query={members} />
      <SettingsTable heads={["Name", "E-mail", "Role", "Member since", "(Actions)"]}>
        {members.data?.map((member) => (
          <tr key={member.userId}>
            <th className={`${CELL} font-semibold`} scope="row">
              {member.name} {member.userId === me.id && <Tag>you</Tag>}
            </th>
            <td className={CELL}>{member.email}</td>
            <td className={CELL}>
              <RoleSelect
                disabledReason={whyNot}
                label={`Role of ${member.name}`}
                onChange={(role) => setRole.mutate({ ...scope, userId: member.userId, role })}
                value={member.role}
              />
            </td>
            <td className={CELL}>
              <RelativeTime at={member.since} />
            </td>
            <td className={`${CELL} text-right`}>
              <Button
                aria-label={`Remove ${member.name}`}
                disabledReason={whyNot}
                kind="danger"
                onClick={() => setLeaving(member)}
              >
                Remove
              </Button>
            </td>
          </tr>
        ))}
      </SettingsTable>
      {leaving !== null && (
        <ConfirmDialog
          actLabel="Remove member"
          description={`${leaving.name} loses access to ${workspace.name} at once. What they made is kept.`}
          isBusy={remove.isPending}
          isOpen
          name={leaving.email}
          onClose={() => setLeaving(null)}
          onConfirm={() => remove.mutate({ ...scope, userId: leaving.userId })}
          safeLabel="Keep member"
          title={`Remove ${leaving.name}?`}
        />
      )}
    </>
  );
}

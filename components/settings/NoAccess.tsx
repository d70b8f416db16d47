import { EmptyState } from "@/components/ui/EmptyState";
import type { Role } from "@/domain/workspaces/role";

/** Names the right that is missing and who grants it. */
export function NoAccess({ what, role }: { what: string; role: Role }) {
  return (
    <EmptyState title={`You cannot see ${what}.`}>
      It needs the role <code>admin</code>; yours is <code>{role}</code>. An admin of this workspace can
      change it: their names are under Members.
    </EmptyState>
  );
}

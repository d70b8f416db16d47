import { EmptyState } from "@/components/ui/EmptyState";
import type { Role } from "@/domain/workspaces/role";

/** Names the right that is missing and who grants it. */
export function NoAccess({ what, role, needed = "admin" }: { what: string; role: Role; needed?: Role }) {
  return (
    <EmptyState title={`You cannot see ${what}.`}>
      It needs the role <code>{needed}</code>; yours is <code>{role}</code>. An admin of this workspace can
      change it: their names are under Members.
    </EmptyState>
  );
}

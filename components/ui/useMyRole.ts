"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import type { Role } from "@/domain/workspaces/role";
import { roleAtLeast } from "@/domain/workspaces/role-at-least";

/** Why an act that needs `needed` is not open to this person in this workspace; null where it is, or not known yet. */
export function useMyRole(workspace: string): { role: Role | null; whyNot: (needed: Role) => string | null } {
  const trpc = useTRPC();
  const me = useQuery(trpc.auth.me.queryOptions());
  const role = me.data?.workspaces.find((one) => one.slug === workspace)?.role ?? null;
  return {
    role,
    whyNot: (needed) =>
      role === null || roleAtLeast(role, needed)
        ? null
        : `This needs the role ${needed}; yours is ${role}. An admin of this workspace can change it.`,
  };
}

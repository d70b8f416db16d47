"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import { failureOf, type ShownFailure } from "@/components/ui/failure-of";
import type { MaintenanceAction } from "@/domain/ports/lake-admin";
import type { Plan } from "../lake-types";

/** A dry run of an upkeep, and carrying out the plan that it showed. */
export function useUpkeep(
  workspace: string,
  name: string,
  action: MaintenanceAction,
): {
  plan: Plan | null;
  done: Plan | null;
  failure: ShownFailure | null;
  isPlanning: boolean;
  isExecuting: boolean;
  makePlan: (options: Record<string, number>) => void;
  execute: () => Promise<void>;
} {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const planning = useMutation(trpc.tables.maintenance.mutationOptions());
  const executing = useMutation(trpc.tables.maintenance.mutationOptions());
  const plan = planning.data ?? null;
  const failed = executing.error ?? planning.error;
  return {
    plan: executing.isSuccess ? null : plan,
    done: executing.data ?? null,
    failure: failed === null ? null : failureOf(failed),
    isPlanning: planning.isPending,
    isExecuting: executing.isPending,
    makePlan: (options) => {
      executing.reset();
      planning.mutate({ workspace, name, action, options, dryRun: true });
    },
    execute: async () => {
      if (plan === null) return;
      try {
        await executing.mutateAsync({ workspace, name, action, planId: plan.planId, dryRun: false });
      } finally {
        await queryClient.invalidateQueries(trpc.tables.pathFilter());
      }
    },
  };
}

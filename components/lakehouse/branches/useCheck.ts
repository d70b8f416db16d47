"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import { failureOf, type ShownFailure } from "@/components/ui/failure-of";
import type { Check } from "../lake-types";

/** Runs a check on a branch and keeps what it found, until another runs. */
export function useCheck(
  workspace: string,
  name: string,
  onFound: (check: Check) => void,
): {
  check: Check | null;
  checkFailure: ShownFailure | null;
  isChecking: boolean;
  run: (branch: string, sql: string) => void;
} {
  const trpc = useTRPC();
  const mutation = useMutation(trpc.tables.branches.check.mutationOptions({ onSuccess: onFound }));
  return {
    check: mutation.data ?? null,
    checkFailure: mutation.isError ? failureOf(mutation.error) : null,
    isChecking: mutation.isPending,
    run: (branch, sql) => mutation.mutate({ workspace, name, branch, sql }),
  };
}

"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import { failureOf } from "@/components/ui/failure-of";
import { toastDone } from "@/components/ui/toast";
import type { DashboardContent } from "@/domain/datasets/dashboard-content";
import type { ReportContent } from "@/domain/datasets/report-content";

export type Saving = {
  isBusy: boolean;
  failure: ReturnType<typeof failureOf> | null;
  /** Somebody saved a newer version than the draft was made from. */
  isOvertaken: boolean;
  save: (content: ReportContent | DashboardContent, baseVersion: number | null) => void;
};

/** Saves a draft as the next version. Without a base it goes on top of whatever is newest. */
export function useSaving(
  { workspace, kind, name }: { workspace: string; kind: "report" | "dashboard"; name: string },
  onSaved: (version: number) => void,
): Saving {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSuccess = async (saved: { version: number; isNew: boolean }) => {
    void toastDone(saved.isNew ? `Saved as version ${saved.version}, a draft` : "Nothing was changed");
    onSaved(saved.version);
    await queryClient.invalidateQueries(trpc.datasets.pathFilter());
  };
  const report = useMutation(trpc.reports.save.mutationOptions({ onSuccess }));
  const dashboard = useMutation(trpc.dashboards.save.mutationOptions({ onSuccess }));
  const act = kind === "report" ? report : dashboard;
  const failure = act.isError ? failureOf(act.error) : null;
  return {
    isBusy: act.isPending,
    failure,
    isOvertaken: failure?.code === "conflict",
    save: (content, baseVersion) => {
      const own = { workspace, name, ...(baseVersion === null ? {} : { baseVersion }) };
      if ("items" in content) dashboard.mutate({ ...own, content });
      else report.mutate({ ...own, content });
    },
  };
}

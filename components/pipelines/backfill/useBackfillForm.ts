"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc";
import { failureOf } from "@/components/ui/failure-of";
import type { BackfillPreview, BackfillWhich } from "@/domain/pipelines/backfill/backfill-view";
import { prepareDayHeat } from "./prepare-day-heat";
import { prepareRange } from "./prepare-range";

export type BackfillPlace = {
  workspace: string;
  pipelineId: string;
  timeZone: string;
  /** Without one a cron is asked for. */
  hasSchedule: boolean;
};

/** Days as `2026-03-29`, the last one included; an empty cron means the schedule's times. */
export type BackfillForm = {
  from: string;
  until: string;
  cron: string;
  which: BackfillWhich;
  parallel: number;
  newestFirst: boolean;
};

const DAY_MS = 24 * 60 * 60_000;
const dayBefore = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

/** What is asked for, what it would make as the server plans it, and its start. */
export function useBackfillForm(
  { workspace, pipelineId, timeZone, hasSchedule }: BackfillPlace,
  onStarted: () => void,
) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [form, setForm] = useState<BackfillForm>(() => ({
    from: dayBefore(7),
    until: dayBefore(1),
    cron: hasSchedule ? "" : "0 2 * * *",
    which: "missing",
    parallel: 1,
    newestFirst: false,
  }));
  const [key] = useState(() => crypto.randomUUID());
  const range = prepareRange(form.from, form.until, timeZone);
  const cron = form.cron.trim();
  const moments = { from: range?.from ?? new Date(0), until: range?.until ?? new Date(0) };
  const input = {
    workspace,
    pipelineId,
    ...moments,
    which: form.which,
    newestFirst: form.newestFirst,
    ...(cron === "" ? {} : { cron, timeZone }),
  };
  const isAskable = range !== null && (hasSchedule || cron !== "");
  const preview = useQuery(trpc.backfills.preview.queryOptions(input, { enabled: isAskable, retry: false }));
  const runDays = useQuery(
    trpc.schedules.runDays.queryOptions(
      { workspace, pipelineId, ...moments, timeZone },
      { enabled: range !== null, placeholderData: (before) => before },
    ),
  );
  const started = useMutation(
    trpc.backfills.start.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.backfills.pathFilter());
        onStarted();
      },
    }),
  );
  const plan = (isAskable && !preview.isError ? preview.data : null) ?? null;
  const error = started.error ?? (isAskable ? preview.error : null);
  const whyNot = whyNotStart(plan);
  return {
    form,
    change: (to: Partial<BackfillForm>) => setForm((before) => ({ ...before, ...to })),
    isRange: range !== null,
    heat: prepareDayHeat(runDays.data ?? [], form.from, form.until),
    plan,
    isReading: isAskable && preview.isPending,
    failure: error === null ? null : failureOf(error),
    isStarting: started.isPending,
    whyNot,
    start: () => {
      if (whyNot === null) started.mutate({ ...input, parallel: form.parallel, idempotencyKey: key });
    },
  };
}

function whyNotStart(plan: BackfillPreview | null): string | null {
  if (plan === null) return "It is not known yet what it makes.";
  return plan.toMake === 0 ? "It makes no run." : null;
}

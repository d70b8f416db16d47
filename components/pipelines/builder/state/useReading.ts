"use client";

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useMemo } from "react";
import { useTRPC } from "@/components/trpc";
import { jsonOf, parseText } from "@/domain/pipelines/edit/text/parse-text";
import { checkPipeline } from "@/domain/pipelines/problems/check-pipeline";
import { type Knowledge, NO_KNOWLEDGE } from "@/domain/pipelines/problems/knowledge";
import type { Problem } from "@/domain/pipelines/problems/problem";

export type Reading = {
  /** The last text that could be read; what the graph shows while the text is broken. */
  document: unknown;
  /** Why the text of now cannot be read; null where it can. */
  mistake: { line: number; message: string } | null;
  problems: readonly Problem[];
};

const KNOWLEDGE_FRESH_MS = 30_000;
const NONE: readonly Problem[] = [];
/** What could be read last, by page. */
type Kept = { document: unknown };

/** What the text says, and what is wrong with it. The check follows the typing; it never holds it up. */
export function useReading(
  place: { workspace: string; pipelineId: string },
  text: string,
  kept: Kept,
): Reading {
  const trpc = useTRPC();
  const knowledge = useQuery(
    trpc.pipelines.knowledge.queryOptions(place, {
      staleTime: KNOWLEDGE_FRESH_MS,
      refetchOnWindowFocus: true,
    }),
  );
  const parsed = useMemo(() => parseText(text), [text]);
  const document = useMemo(() => {
    if (parsed.ok) kept.document = jsonOf(parsed.root);
    return kept.document;
  }, [parsed, kept]);
  const later = useDeferredValue(document);
  const known: Knowledge = knowledge.data ?? NO_KNOWLEDGE;
  const problems = useMemo(() => (later === null ? NONE : checkPipeline(later, known)), [later, known]);
  return { document, mistake: parsed.ok ? null : parsed.mistake, problems };
}

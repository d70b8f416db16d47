"use client";

import { useMemo } from "react";
import type { FlowPoint } from "@/components/graph/canvas/flow-graph";
import { useGraphLayout } from "@/components/graph/layout/useGraphLayout";
import { knownPlaces, type LooseTask, layoutInput } from "../prepare-flow";

/**
 * Where tasks lie: where the document says so, else where they lay before, else beside their neighbours. Nothing that
 * has a place moves because something else came or went. Null while a large graph is laid out for the first time.
 */
export function usePlaces(
  document: unknown,
  tasks: readonly LooseTask[],
): ReadonlyMap<string, FlowPoint> | null {
  const graph = useMemo(() => layoutInput(tasks), [tasks]);
  const stored = useMemo(() => knownPlaces(document), [document]);
  return useGraphLayout(graph, stored).places;
}

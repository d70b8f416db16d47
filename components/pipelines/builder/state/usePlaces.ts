"use client";

import { useMemo, useRef } from "react";
import type { FlowPoint } from "@/components/graph/canvas/flow-graph";
import { layOutGraph } from "@/components/graph/layout/lay-out-graph";
import { placeNew } from "@/components/graph/layout/place-new";
import { knownPlaces, type LooseTask, layoutInput } from "../prepare-flow";

/**
 * Where tasks lie: where the document says so, else where they lay before, else beside their neighbours. Nothing that
 * has a place moves because something else came or went.
 */
export function usePlaces(document: unknown, tasks: readonly LooseTask[]): ReadonlyMap<string, FlowPoint> {
  const before = useRef<ReadonlyMap<string, FlowPoint>>(new Map());
  return useMemo(() => {
    const written = knownPlaces(document);
    const known = new Map<string, FlowPoint>();
    for (const { id } of tasks) {
      const place = written.get(id) ?? before.current.get(id);
      if (place !== undefined) known.set(id, place);
    }
    const isComplete = known.size === tasks.length;
    const graph = layoutInput(tasks);
    const places = isComplete ? known : known.size === 0 ? layOutGraph(graph) : placeNew(graph, known);
    before.current = places;
    return places;
  }, [document, tasks]);
}

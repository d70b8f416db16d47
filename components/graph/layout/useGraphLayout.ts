import { useEffect, useMemo, useRef, useState } from "react";
import { hashGraph } from "./hash-graph";
import { layOutBeside } from "./lay-out-beside";
import { layOutGraph } from "./lay-out-graph";
import type { LayoutGraph, Place, Places } from "./layout-graph";
import { placeNew } from "./place-new";

/** So many nodes are laid out at once, within a frame; more go to a worker. */
const MOST_AT_ONCE = 200;

const NOTHING: ReadonlyMap<string, Place> = new Map();

/**
 * Corners of all nodes; null while a large graph is laid out for the first time. With `stored`, what has a place there
 * keeps it, and what was placed before keeps its place too: only new nodes are placed, near their neighbours.
 */
export function useGraphLayout(
  graph: LayoutGraph,
  stored?: ReadonlyMap<string, Place>,
): { places: ReadonlyMap<string, Place> | null } {
  const last = useRef<ReadonlyMap<string, Place>>(NOTHING);
  const shape = useMemo(() => hashGraph(graph), [graph]);
  const [beside, setBeside] = useState<{ shape: string; places: Places } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the layout follows the shape, not the states
  const known = useMemo(() => {
    if (stored === undefined) return null;
    const all = new Map<string, Place>();
    for (const { id } of graph.nodes) {
      const place = stored.get(id) ?? last.current.get(id);
      if (place !== undefined) all.set(id, place);
    }
    return all;
  }, [shape, stored]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  const atOnce = useMemo(() => {
    // Where hardly anything has a place, a new layout looks better than one grown node by node.
    if (known !== null && known.size * 2 >= graph.nodes.length) return placeNew(graph, known);
    return graph.nodes.length <= MOST_AT_ONCE ? layOutGraph(graph) : null;
  }, [shape, known]);
  const isLarge = atOnce === null;

  // A worker lays out what is too large for a frame.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => {
    if (!isLarge) return;
    let isLeft = false;
    layOutBeside(graph).then(
      (places) => !isLeft && setBeside({ shape, places }),
      () => !isLeft && setBeside({ shape, places: layOutGraph(graph) }),
    );
    return () => {
      isLeft = true;
    };
  }, [shape, isLarge]);

  const places = atOnce ?? (beside?.shape === shape ? beside.places : null);
  useEffect(() => {
    if (places !== null) last.current = places;
  }, [places]);
  return { places };
}

import { hashGraph } from "./hash-graph";
import { layoutCache } from "./layout-cache";
import type { LayoutGraph, Places } from "./layout-graph";
import type { LayoutAnswer, LayoutRequest } from "./layout-messages";

const MOST_IN_MEMORY = 8;
const inMemory = new Map<string, Promise<Places>>();

/** The layout of a large graph: as it was kept for this very shape, else from a worker, so that the page stays usable. */
export function layOutBeside(graph: LayoutGraph): Promise<Places> {
  const key = hashGraph(graph);
  const known = inMemory.get(key);
  if (known !== undefined) return known;
  const places = keptOrNew(key, graph);
  inMemory.set(key, places);
  places.catch(() => inMemory.delete(key));
  for (const old of [...inMemory.keys()].slice(0, Math.max(0, inMemory.size - MOST_IN_MEMORY)))
    inMemory.delete(old);
  return places;
}

async function keptOrNew(key: string, graph: LayoutGraph): Promise<Places> {
  const kept = await layoutCache.get(key);
  if (kept !== null) return placesOf(kept);
  const answer = await inWorker(graph);
  void layoutCache.set(key, answer);
  return placesOf(answer);
}

function inWorker(graph: LayoutGraph): Promise<LayoutAnswer> {
  const worker = new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" });
  return new Promise<LayoutAnswer>((resolve, reject) => {
    worker.addEventListener("message", ({ data }: MessageEvent<LayoutAnswer>) => resolve(data));
    worker.addEventListener("error", () => reject(new Error("The layout's worker cannot be had")));
    worker.postMessage({ graph } satisfies LayoutRequest);
  }).finally(() => worker.terminate());
}

const placesOf = ({ ids, xs, ys }: LayoutAnswer): Places =>
  new Map(ids.map((id, at) => [id, { x: xs[at] ?? 0, y: ys[at] ?? 0 }]));

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layOutGraph } from "./lay-out-graph";
import type { LayoutGraph, Places } from "./layout-graph";
import { placeNew } from "./place-new";

const box = (id: string, aside = 0) => ({ id, width: 312, height: 70, aside });

function graphOf(count: number, edges: readonly (readonly [number, number])[], aside = 0): LayoutGraph {
  return {
    nodes: Array.from({ length: count }, (_, at) => box(`n${at}`, aside)),
    edges: edges.map(([from, to]) => [`n${from}`, `n${to}`] as const),
  };
}

/** Ids of two boxes that overlap, pills included; null where none do. */
function overlap({ nodes }: LayoutGraph, places: Places): string | null {
  const boxes = nodes
    .map((node) => ({ ...node, ...(places.get(node.id) ?? { x: Number.NaN, y: Number.NaN }) }))
    .sort((one, other) => one.y - other.y);
  for (const [at, one] of boxes.entries()) {
    if (Number.isNaN(one.x)) return `${one.id} has no place`;
    for (const other of boxes.slice(at + 1)) {
      if (other.y >= one.y + one.height) break;
      const isApart =
        one.x + one.width + one.aside <= other.x || other.x + other.width + other.aside <= one.x;
      if (!isApart) return `${one.id} and ${other.id}`;
    }
  }
  return null;
}

const graphs = fc
  .integer({ min: 1, max: 40 })
  .chain((count) =>
    fc
      .array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 80 })
      .chain((edges) => fc.constantFrom(0, 368).map((aside) => graphOf(count, edges, aside))),
  );

describe("layOutGraph", () => {
  it("keeps boxes apart and on the grid, whatever the edges, cycles among them", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const places = layOutGraph(graph);
        expect(overlap(graph, places)).toBeNull();
        for (const { x, y } of places.values()) expect([Math.abs(x % 8), Math.abs(y % 8)]).toEqual([0, 0]);
      }),
      { numRuns: 60, seed: 6 },
    );
  });

  it("draws every edge of a graph without cycles downwards, and the same graph the same way", () => {
    fc.assert(
      fc.property(graphs, ({ nodes, edges }) => {
        const order = new Map(nodes.map(({ id }, at) => [id, at]));
        const forward = edges.filter(([from, to]) => (order.get(from) ?? 0) < (order.get(to) ?? 0));
        const places = layOutGraph({ nodes, edges: forward });
        for (const [from, to] of forward)
          expect((places.get(to)?.y ?? 0) - (places.get(from)?.y ?? 0)).toBeGreaterThan(70);
        expect(layOutGraph({ nodes, edges: forward })).toEqual(places);
      }),
      { numRuns: 40, seed: 6 },
    );
  });

  it("puts a chain in one straight column", () => {
    const chain = graphOf(
      5,
      [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 4],
      ],
      368,
    );
    expect([...layOutGraph(chain).values()]).toEqual([0, 96, 192, 288, 384].map((y) => ({ x: 0, y })));
  });

  it("puts a fork under the middle of what it comes from", () => {
    const places = layOutGraph(
      graphOf(4, [
        [0, 1],
        [0, 2],
        [1, 3],
        [2, 3],
      ]),
    );
    const [top, left, right, end] = ["n0", "n1", "n2", "n3"].map((id) => places.get(id)?.x ?? Number.NaN);
    expect(top).toBe(((left ?? 0) + (right ?? 0)) / 2);
    expect(end).toBe(top);
    expect((right ?? 0) - (left ?? 0)).toBe(312 + 56);
  });

  it("stacks parts that have no tie, so that a small graph stays narrow", () => {
    const places = layOutGraph(graphOf(3, [[0, 2]]));
    expect(places.get("n1")?.x).toBe(0);
    expect(places.get("n1")?.y).toBeGreaterThan((places.get("n2")?.y ?? 0) + 70);
  });

  it("lays out a chain of 1,000 and 10,000 nodes with 30,000 edges", () => {
    const deep = graphOf(
      1000,
      Array.from({ length: 999 }, (_, at) => [at, at + 1] as const),
    );
    expect(new Set([...layOutGraph(deep).values()].map(({ x }) => x)).size).toBe(1);
    // Three edges to nodes of the row before, spread by a fixed stride.
    const edges = Array.from({ length: 30_000 }, (_, at) => {
      const to = 100 + (at % 9_900);
      return [to - 100 - (to % 100) + ((to * 7 + at * 13) % 100), to] as const;
    });
    const wide = graphOf(10_000, edges);
    const startedAt = process.cpuUsage();
    expect(overlap(wide, layOutGraph(wide))).toBeNull();
    const { user, system } = process.cpuUsage(startedAt);
    expect((user + system) / 1e6).toBeLessThan(5);
  });
});

describe("placeNew", () => {
  it("moves nothing that has a place, and finds a free one for the rest", () => {
    fc.assert(
      fc.property(graphs, fc.nat(39), (graph, cut) => {
        const old = { ...graph, nodes: graph.nodes.filter((_, at) => at !== cut % graph.nodes.length) };
        const known = layOutGraph(old);
        const places = placeNew(graph, known);
        for (const [id, place] of known) expect(places.get(id)).toEqual(place);
        expect(overlap(graph, places)).toBeNull();
      }),
      { numRuns: 60, seed: 6 },
    );
  });

  it("puts a new node under what it comes after, beside what already stands there", () => {
    const known = layOutGraph(graphOf(2, [[0, 1]]));
    const places = placeNew(
      graphOf(3, [
        [0, 1],
        [0, 2],
      ]),
      known,
    );
    expect(places.get("n2")).toEqual({ x: 368, y: 96 });
  });

  it("forgets what is gone", () => {
    expect([...placeNew(graphOf(1, []), layOutGraph(graphOf(3, []))).keys()]).toEqual(["n0"]);
  });
});

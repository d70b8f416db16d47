import { createElement, useState } from "react";
import { createRoot } from "react-dom/client";
import { FlowCanvas } from "@/components/graph/canvas/FlowCanvas";
import type { FlowEdge, FlowNode, FlowPoint } from "@/components/graph/canvas/flow-graph";
import type { LayoutGraph } from "@/components/graph/layout/layout-graph";

export type BenchGraph = {
  ids: string[];
  edges: [from: string, to: string][];
  places: Record<string, FlowPoint>;
};

const NOTHING: [] = [];

function nodeOf(id: string, at: number, position: FlowPoint): FlowNode {
  return {
    id,
    position,
    label: `task_${id}`,
    kind: "SQL",
    icon: null,
    state: at % 9 === 0 ? "succeeded" : at % 13 === 0 ? "running" : null,
    sentence: at % 97 === 0 ? "target_table is missing" : "Runs queries.daily.features",
    facts: "at most 30m · up to 3 attempts",
    errors: at % 97 === 0 ? 1 : 0,
    warnings: 0,
    writes: NOTHING,
  };
}

function Board({ graph }: { graph: BenchGraph }) {
  const [selection, select] = useState<ReadonlySet<string>>(new Set());
  const [said, say] = useState<string[]>([]);
  const [nodes, setNodes] = useState(() =>
    graph.ids.map((id, at) => nodeOf(id, at, graph.places[id] ?? { x: 0, y: 0 })),
  );
  const [edges, setEdges] = useState(() =>
    graph.edges.map(([from, to]): FlowEdge => ({ from, to, look: "solid" })),
  );
  const note = (text: string) => say((last) => [...last, text]);
  Object.assign(window, { acts: said });
  return createElement(FlowCanvas, {
    label: "Graph of the pipeline",
    nodes,
    edges,
    groups: NOTHING,
    comments: NOTHING,
    selection,
    onSelect: select,
    onOpen: (id) => note(`open ${id}`),
    onMove: (positions) => {
      note(`move ${[...positions.keys()].join(" ")}`);
      setNodes((last) =>
        last.map((node) => ({ ...node, position: positions.get(node.id) ?? node.position })),
      );
    },
    onConnect: (from, to) => {
      note(`connect ${from} ${to}`);
      setEdges((last) => [...last, { from, to, look: "solid" }]);
    },
    onDisconnect: (gone) => {
      note("disconnect");
      setEdges((last) =>
        last.filter((edge) => !gone.some(({ from, to }) => from === edge.from && to === edge.to)),
      );
    },
    onRemove: (ids) => {
      note(`remove ${[...ids].join(" ")}`);
      setNodes((last) => last.filter(({ id }) => !ids.has(id)));
    },
    onCopy: (ids) => [...ids].join(" "),
    onPaste: (text) => note(`paste ${text}`),
    onUndo: () => note("undo"),
  });
}

/** Resolves after two frames: what was asked for is on the screen then. */
const drawn = () =>
  new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));

Object.assign(window, {
  page: {
    async show(graph: BenchGraph) {
      const element = document.getElementById("board");
      if (element === null) throw new Error("no board");
      const startedAt = performance.now();
      createRoot(element).render(createElement(Board, { graph }));
      while (document.querySelector("[data-flow-item]") === null) await drawn();
      await drawn();
      return performance.now() - startedAt;
    },
    /** A cold layout in its worker; beside it the longest wait of the page between two turns of its loop. */
    layOut(graph: LayoutGraph) {
      const worker = new Worker("/layout.worker.js", { type: "module" });
      return new Promise((resolve) => {
        const startedAt = performance.now();
        let [longestMs, last] = [0, startedAt];
        const beat = setInterval(() => {
          longestMs = Math.max(longestMs, performance.now() - last);
          last = performance.now();
        }, 4);
        worker.addEventListener("message", ({ data }) => {
          clearInterval(beat);
          worker.terminate();
          resolve({ ms: performance.now() - startedAt, longestMs, ids: data.ids, xs: data.xs, ys: data.ys });
        });
        worker.postMessage({ graph });
      });
    },
  },
});

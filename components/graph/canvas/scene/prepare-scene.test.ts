import { describe, expect, it } from "vitest";
import type { FlowGraph, FlowNode } from "../flow-graph";
import { movedTo } from "./moved-to";
import { prepareMounted } from "./prepare-mounted";
import { prepareScene } from "./prepare-scene";
import { prepareWindow } from "./prepare-window";
import { spokenName } from "./spoken-name";
import { walk } from "./walk";

const node = (id: string, x: number, y: number, more: Partial<FlowNode> = {}): FlowNode => ({
  id,
  position: { x, y },
  label: id,
  kind: "SQL",
  icon: null,
  state: null,
  sentence: "",
  facts: "",
  errors: 0,
  warnings: 0,
  writes: [],
  ...more,
});
const edge = (from: string, to: string) => ({ from, to, look: "solid" as const });
const graph = (more: Partial<FlowGraph>): FlowGraph => ({
  nodes: [],
  edges: [],
  groups: [],
  comments: [],
  ...more,
});

/** sync → features → { train, notify } → report, written out of order. */
const daily = graph({
  nodes: [
    node("report", 0, 288),
    node("features", 0, 96, { errors: 1, sentence: "target_table is missing" }),
    node("sync", 0, 0, { state: "succeeded" }),
    node("train", -184, 192),
    node("notify", 184, 192),
  ],
  edges: [
    edge("sync", "features"),
    edge("features", "train"),
    edge("features", "notify"),
    edge("train", "report"),
  ],
});

const nameOf = (scene: ReturnType<typeof prepareScene>, id: string) => {
  const item = scene.items[scene.indexOf.get(id) ?? -1];
  return item === undefined ? null : spokenName(scene, item);
};

describe("prepareScene", () => {
  it("orders nodes as the work goes, and says where each stands", () => {
    const scene = prepareScene(daily);
    expect(scene.items.map(({ id }) => id)).toEqual(["sync", "features", "train", "notify", "report"]);
    expect(nameOf(scene, "features")).toBe(
      "features, SQL, step 2 of 5, after sync, 1 problem, target_table is missing",
    );
    expect(nameOf(scene, "sync")).toBe("sync, SQL, done, step 1 of 5, starts first");
  });

  it("lets a collapsed group stand for its members, with their problems, and leads edges to it once", () => {
    const groups = [{ id: "g", label: "learn", members: ["features", "train", "notify"], isCollapsed: true }];
    const scene = prepareScene({ ...daily, groups });
    expect(scene.items.map(({ id }) => id)).toEqual(["sync", "g", "report"]);
    expect(scene.edges.map(({ key }) => key)).toEqual(["sync>g", "g>report"]);
    expect(nameOf(scene, "g")).toBe("learn, Group, step 2 of 3, after sync, 1 problem, 3 tasks");
  });

  it("frames the members of an expanded group, and moves all of them with it", () => {
    const groups = [{ id: "g", label: "learn", members: ["train", "notify"], isCollapsed: false }];
    const scene = prepareScene({ ...daily, groups });
    expect(scene.items[0]).toMatchObject({ id: "g", box: { x: -200, y: 160, width: 712, height: 118 } });
    const corners = new Map(daily.nodes.map(({ id, position }) => [id, position]));
    const { positions } = movedTo(scene, corners, ["g"], { x: 8, y: 16 });
    expect([...positions]).toEqual([
      ["train", { x: -176, y: 208 }],
      ["notify", { x: 192, y: 208 }],
    ]);
  });

  it("keeps an order and draws the edge where the draft has a loop", () => {
    const scene = prepareScene({ ...daily, edges: [...daily.edges, edge("report", "sync")] });
    expect(scene.stages).toBe(5);
    expect(new Set(scene.items.map(({ id }) => id)).size).toBe(5);
    expect(scene.edges.map(({ key }) => key)).toContain("report>sync");
  });
});

describe("walk", () => {
  it("follows edges up and down, and goes to the neighbour left and right", () => {
    const scene = prepareScene(daily);
    const steps = [
      ["sync", "down", "features"],
      ["features", "down", "train"],
      ["train", "right", "notify"],
      ["notify", "left", "train"],
      ["notify", "up", "features"],
      ["report", "up", "train"],
      ["sync", "up", null],
      ["report", "down", null],
    ] as const;
    for (const [from, way, to] of steps) expect([from, way, walk(scene, from, way)]).toEqual([from, way, to]);
  });

  it("reaches what no edge leads to", () => {
    const scene = prepareScene(graph({ nodes: [node("a", 0, 0), node("b", 0, 96), node("c", 368, 0)] }));
    expect([walk(scene, "a", "down"), walk(scene, "a", "right"), walk(scene, "c", "left")]).toEqual([
      "b",
      "c",
      "a",
    ]);
  });
});

describe("prepareMounted", () => {
  const size = { width: 1440, height: 900 };
  const many = prepareScene(
    graph({
      nodes: Array.from({ length: 10_000 }, (_, at) =>
        node(`n${at}`, (at % 100) * 368, Math.floor(at / 100) * 120),
      ),
      edges: Array.from({ length: 9_900 }, (_, at) => edge(`n${at}`, `n${at + 100}`)),
    }),
  );
  const zooms = [1.5, 1, 0.7, 0.5, 0.49, 0.3, 0.25, 0.24, 0.1, 0.02];

  it("mounts few of 10,000 nodes at any scale, even with all of them selected", () => {
    const all = many.items.map(({ id }) => id);
    for (const zoom of zooms) {
      for (const held of [[], all]) {
        const window = prepareWindow({ x: -9_000 * zoom, y: -3_000 * zoom, zoom }, size);
        const mounted = prepareMounted(many, window, held);
        expect(mounted.items.length + mounted.edges.length).toBeLessThanOrEqual(600);
        expect(mounted.needsPaint).toBe(true);
        if (zoom < 0.25) expect([mounted.detail, mounted.edges.length]).toEqual(["dot", 0]);
      }
    }
  });

  it("mounts all that can be seen at a scale that can be read", () => {
    const window = prepareWindow({ x: 0, y: 0, zoom: 1 }, size);
    const { items, detail } = prepareMounted(many, window, []);
    const mounted = new Set(items.map((at) => many.items[at]?.id));
    expect(detail).toBe("full");
    // Four columns of 368 and eight rows of 120 lie in 1440 × 900.
    for (const row of [0, 1, 7])
      for (const column of [0, 3]) expect(mounted).toContain(`n${row * 100 + column}`);
  });

  it("keeps the focused item wherever the view is", () => {
    const window = prepareWindow({ x: -20_000, y: -9_000, zoom: 1 }, size);
    expect(prepareMounted(many, window, ["n0"]).items).toContain(many.indexOf.get("n0"));
    const far = prepareWindow({ x: 0, y: 0, zoom: 0.02 }, size);
    expect(prepareMounted(many, far, ["n0"]).items).toEqual([many.indexOf.get("n0")]);
  });

  it("paints nothing where everything is mounted", () => {
    const scene = prepareScene(daily);
    const { needsPaint, edges } = prepareMounted(scene, prepareWindow({ x: 500, y: 0, zoom: 1 }, size), []);
    expect([needsPaint, edges.length]).toEqual([false, 4]);
  });

  it("keeps its window while the view moves within a cell", () => {
    const at = (x: number) => prepareWindow({ x, y: 10, zoom: 1 }, size);
    expect(at(-60)).toEqual(at(-70));
    expect(at(-60)).not.toEqual(at(-260));
  });
});

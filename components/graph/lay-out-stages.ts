import { Graph, layout } from "@dagrejs/dagre";
import type { Stage } from "./stage";

export const STAGE_WIDTH = 312;
export const STAGE_HEIGHT = 70;
export const PILL_WIDTH = 312;
export const PILL_HEIGHT = 34;
const PILL_GAP = 8;
const PILL_OFFSET = 56;
const PART_GAP = 28;

type Shape = Pick<Stage, "id" | "dependsOn" | "writes">;
export type Place = { x: number; y: number };
export type StageLayout = {
  /** Top left corner of each stage, by its id. */
  stages: Map<string, Place>;
  /** Top left corner of each pill, in the order of `writes`, by the stage's id. */
  pills: Map<string, Place[]>;
};

const pillsHeight = (count: number) => (count === 0 ? 0 : count * PILL_HEIGHT + (count - 1) * PILL_GAP);

/**
 * Stages from top to bottom, each with its pills at the right. The layout depends on the shape alone, never on a
 * state, so that a graph does not move between two runs. Parts without a tie stand one under the other.
 */
export function layOutStages(stages: readonly Shape[]): StageLayout {
  const result: StageLayout = { stages: new Map(), pills: new Map() };
  let top = 0;
  for (const part of connectedParts(stages)) {
    const laid = layOutPart(part);
    const places = [...laid.stages.values(), ...[...laid.pills.values()].flat()];
    const first = Math.min(...places.map((place) => place.y));
    const last = Math.max(...places.map((place) => place.y));
    const down = ({ x, y }: Place): Place => ({ x, y: y - first + top });
    for (const [id, place] of laid.stages) result.stages.set(id, down(place));
    for (const [id, pills] of laid.pills) result.pills.set(id, pills.map(down));
    top += last - first + STAGE_HEIGHT + PART_GAP;
  }
  return result;
}

/** Stages that depend on each other, directly or not, as one part; parts in the order of their first stage. */
function connectedParts(stages: readonly Shape[]): Shape[][] {
  const parts: Shape[][] = [];
  for (const stage of stages) {
    const touching = parts.filter((part) =>
      part.some((one) => one.dependsOn.includes(stage.id) || stage.dependsOn.includes(one.id)),
    );
    const [home] = touching;
    if (home === undefined) {
      parts.push([stage]);
      continue;
    }
    home.push(stage);
    for (const other of touching.slice(1)) home.push(...(parts.splice(parts.indexOf(other), 1)[0] ?? []));
  }
  return parts;
}

function layOutPart(stages: readonly Shape[]): StageLayout {
  const graph = new Graph();
  graph.setGraph({ rankdir: "TB", nodesep: 48, ranksep: 28 });
  graph.setDefaultEdgeLabel(() => ({}));
  const known = new Set(stages.map((stage) => stage.id));
  for (const stage of stages) {
    const withPills = stage.writes.length > 0 ? STAGE_WIDTH + PILL_OFFSET + PILL_WIDTH : STAGE_WIDTH;
    graph.setNode(stage.id, {
      width: withPills,
      height: Math.max(STAGE_HEIGHT, pillsHeight(stage.writes.length)),
    });
  }
  for (const stage of stages) {
    for (const before of stage.dependsOn) if (known.has(before)) graph.setEdge(before, stage.id);
  }
  layout(graph);

  const result: StageLayout = { stages: new Map(), pills: new Map() };
  const chain = isChain(stages);
  for (const stage of stages) {
    const box = graph.node(stage.id) as { x: number; y: number; width: number; height: number };
    const left = chain ? 0 : box.x - box.width / 2;
    const top = box.y - STAGE_HEIGHT / 2;
    result.stages.set(stage.id, { x: left, y: top });
    const first = box.y - pillsHeight(stage.writes.length) / 2;
    result.pills.set(
      stage.id,
      stage.writes.map((_, index) => ({
        x: left + STAGE_WIDTH + PILL_OFFSET,
        y: first + index * (PILL_HEIGHT + PILL_GAP),
      })),
    );
  }
  return result;
}

/** A chain is aligned at its left edge, whether or not a stage writes data. */
function isChain(stages: readonly Pick<Stage, "id" | "dependsOn">[]): boolean {
  const followers = new Map<string, number>();
  for (const stage of stages) {
    if (stage.dependsOn.length > 1) return false;
    for (const before of stage.dependsOn) followers.set(before, (followers.get(before) ?? 0) + 1);
  }
  const roots = stages.filter((stage) => stage.dependsOn.length === 0).length;
  return roots <= 1 && [...followers.values()].every((count) => count === 1);
}

/** Ids in the order of the graph: a stage comes after all that it depends on; otherwise as written. */
export function stageOrder(stages: readonly Pick<Stage, "id" | "dependsOn">[]): string[] {
  const known = new Set(stages.map((stage) => stage.id));
  const placed = new Set<string>();
  let waiting = [...stages];
  while (waiting.length > 0) {
    const ready = waiting.filter((stage) => stage.dependsOn.every((id) => placed.has(id) || !known.has(id)));
    const next = ready.length > 0 ? ready : waiting;
    for (const stage of next) placed.add(stage.id);
    waiting = waiting.filter((stage) => !placed.has(stage.id));
  }
  return [...placed];
}

import type {
  FlowComment,
  FlowEdge,
  FlowGraph,
  FlowGroup,
  FlowNode,
  FlowPoint,
} from "@/components/graph/canvas/flow-graph";
import { nodeSize } from "@/components/graph/canvas/scene/node-size";
import type { LayoutGraph } from "@/components/graph/layout/layout-graph";
import { formatCount } from "@/components/ui/format";
import type { Problem } from "@/domain/pipelines/problems/problem";
import { taskType } from "@/domain/pipelines/task-types/index";
import { isRecord } from "@/domain/shared/is-record";
import { iconOf } from "./task-icons";

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
const records = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];

/** A task as far as a half written document tells. */
export type LooseTask = {
  id: string;
  type: string;
  dependsOn: string[];
  config: Record<string, unknown>;
  raw: Record<string, unknown>;
};

/** The tasks that have an id, each id once, in the document's order. */
export function looseTasks(document: unknown): LooseTask[] {
  const seen = new Set<string>();
  return records(isRecord(document) ? document.tasks : null).flatMap((raw) => {
    const { task_id: id, type, depends_on: dependsOn, config } = raw;
    if (typeof id !== "string" || seen.has(id)) return [];
    seen.add(id);
    const known = { id, type: typeof type === "string" ? type : "", config: isRecord(config) ? config : {} };
    return [{ ...known, dependsOn: texts(dependsOn), raw }];
  });
}

const canvasOf = (document: unknown): Record<string, unknown> =>
  isRecord(document) && isRecord(document.canvas) ? document.canvas : {};

function pointOf(value: unknown): FlowPoint | null {
  const [x, y] = Array.isArray(value) ? value : [];
  return typeof x === "number" && typeof y === "number" ? { x, y } : null;
}

/** Where the document says that tasks lie. */
export function knownPlaces(document: unknown): Map<string, FlowPoint> {
  const { positions } = canvasOf(document);
  return new Map(
    Object.entries(isRecord(positions) ? positions : {}).flatMap(([id, value]) => {
      const point = pointOf(value);
      return point === null ? [] : [[id, point] as const];
    }),
  );
}

function edgesOf(tasks: readonly LooseTask[]): FlowEdge[] {
  const ids = new Set(tasks.map(({ id }) => id));
  return tasks.flatMap(({ id: to, dependsOn }) =>
    [...new Set(dependsOn)]
      .filter((from) => ids.has(from))
      .map((from): FlowEdge => ({ from, to, look: "solid" })),
  );
}

/** What a type writes, as far as its config can be read. */
function writesOf({ type, config }: LooseTask): string[] {
  try {
    return taskType(type)?.writes?.(config) ?? [];
  } catch {
    // A half written config: nothing is known of it yet.
    return [];
  }
}

const pillsOf = (task: LooseTask): FlowNode["writes"] => writesOf(task).map((name) => ({ name, detail: "" }));

/** What the layout needs of the graph: sizes and edges, without what the nodes say. */
export function layoutInput(tasks: readonly LooseTask[]): LayoutGraph {
  return {
    nodes: tasks.map((task) => ({ id: task.id, ...nodeSize({ writes: pillsOf(task) }) })),
    edges: edgesOf(tasks).map(({ from, to }) => [from, to] as const),
  };
}

function factsOf({ raw, dependsOn }: LooseTask): string {
  const retries = isRecord(raw.retry_policy) ? raw.retry_policy.max_attempts : undefined;
  return [
    dependsOn.length === 0 ? "starts the run" : `after ${dependsOn.join(", ")}`,
    typeof retries === "number" && retries > 1 ? formatCount(retries, "attempt") : null,
    typeof raw.timeout === "string" ? `at most ${raw.timeout}` : null,
  ]
    .filter((part) => part !== null)
    .join(" · ");
}

/** The document as a graph. What a node cannot show stays in the text. */
export function prepareFlow(
  document: unknown,
  tasks: readonly LooseTask[],
  places: ReadonlyMap<string, FlowPoint>,
  problems: readonly Problem[],
): FlowGraph {
  const byTask = new Map<string | null, Problem[]>();
  for (const problem of problems) {
    const own = byTask.get(problem.taskId);
    if (own === undefined) byTask.set(problem.taskId, [problem]);
    else own.push(problem);
  }
  const nodes = tasks.map((task): FlowNode => {
    const own = byTask.get(task.id) ?? [];
    const known = taskType(task.type);
    const errors = own.filter(({ severity }) => severity === "error");
    return {
      id: task.id,
      position: places.get(task.id) ?? { x: 0, y: 0 },
      label: task.id,
      kind: known?.label ?? task.type,
      icon: iconOf(task.type),
      state: null,
      sentence: (errors[0] ?? own[0])?.message ?? known?.summary ?? "This type of task is not known.",
      facts: factsOf(task),
      errors: errors.length,
      warnings: own.length - errors.length,
      writes: pillsOf(task),
    };
  });
  return { nodes, edges: edgesOf(tasks), groups: groupsOf(document), comments: commentsOf(document) };
}

function groupsOf(document: unknown): FlowGroup[] {
  return records(canvasOf(document).groups).flatMap(({ id, label, tasks, collapsed }) =>
    typeof id === "string"
      ? [
          {
            id,
            label: typeof label === "string" ? label : id,
            members: texts(tasks),
            isCollapsed: collapsed === true,
          },
        ]
      : [],
  );
}

function commentsOf(document: unknown): FlowComment[] {
  return records(canvasOf(document).comments).flatMap(({ id, text, at }) => {
    const position = pointOf(at);
    return typeof id === "string" && typeof text === "string" && position !== null
      ? [{ id, text, position }]
      : [];
  });
}

import { copyTasks } from "../copy-tasks";
import type { Box, Operation, OperationKind, Point } from "../operation";
import type { Random } from "./random";
import { randomText } from "./random-pipeline";

type Fields = Record<string, unknown>;

export const OPERATION_KINDS = [
  "add_task",
  "remove",
  "rename_task",
  "connect",
  "disconnect",
  "set_config",
  "set_task_field",
  "set_field",
  "move",
  "align",
  "auto_layout",
  "group",
  "rename_group",
  "collapse",
  "add_comment",
  "edit_comment",
  "paste",
  "duplicate",
  "replace_text",
  "import",
] as const satisfies readonly OperationKind[];

/** An operation of a kind on a document; now and then one that has to be refused. */
export function randomOperation(
  random: Random,
  kind: OperationKind,
  document: Fields,
  text: string,
): Operation {
  const tasks = document.tasks as { task_id: string; depends_on?: string[]; config: Fields }[];
  const canvas = (document.canvas ?? {}) as { groups?: { id: string }[]; comments?: { id: string }[] };
  const ids = [...tasks.map((task) => task.task_id), ...(random.chance(0.03) ? ["nobody"] : [])];
  const id = ids.length === 0 ? "nobody" : random.pick(ids);
  const groupId = random.pick([...(canvas.groups ?? []).map((each) => each.id), "g"]);
  const commentId = random.pick([...(canvas.comments ?? []).map((each) => each.id), "c"]);
  const fresh = (letter: string) => `${letter}${random.whole(10_000)}`;
  const point = (): Point => [random.whole(900), random.whole(900) / 2];
  const points = () => Object.fromEntries(random.some(ids).map((each) => [each, point()]));
  const fewIds = random.some(ids).slice(0, 3);
  const value = random.pick<unknown>([
    undefined,
    null,
    7,
    true,
    randomText(random),
    ["a", 2],
    [],
    {},
    { k: { l: [1] } },
  ]);
  switch (kind) {
    case "add_task":
      return {
        kind,
        id: random.pick([fresh("n"), fresh("n-x"), id]),
        type: "python",
        config: { script: "p/s.py", a: value ?? 1 },
        after: fewIds,
        at: random.chance(0.5) ? point() : undefined,
      };
    case "remove":
      return {
        kind,
        tasks: fewIds.slice(0, 2),
        comments: random.pick([[], [], [commentId]]),
        groups: random.pick([[], [], [groupId]]),
      };
    case "rename_task":
      return { kind, id, to: random.pick([fresh("r"), fresh("r-s"), id]) };
    case "connect":
      return { kind, from: random.pick([...ids, "x"]), to: id };
    case "disconnect": {
      const edges = tasks.flatMap((task) =>
        (task.depends_on ?? []).map((from) => ({ from, to: task.task_id })),
      );
      return { kind, ...random.pick([...edges, { from: id, to: id }]) };
    }
    case "set_config":
      return {
        kind,
        id,
        pointer: random.pick(["/n", "/sql", "/deep/list", "/deep/new/er", "/k~1s", "/deep", "/otherwise"]),
        value,
      };
    case "set_task_field":
      return {
        kind,
        id,
        pointer: random.pick(["/timeout", "/retry_policy/max_attempts", "/run_when", "/x-note"]),
        value,
      };
    case "set_field":
      return {
        kind,
        pointer: random.pick(["/name", "/schedule", "/parameters/days", "/notifications", "/x_unknown/c"]),
        value,
      };
    case "move":
      return { kind, tasks: points(), comments: random.chance(0.3) ? { [commentId]: point() } : {} };
    case "align": {
      const box = (): Box => ({ x: random.whole(500), y: random.whole(500), width: 100, height: 40 });
      const how = random.pick([
        "left",
        "center",
        "right",
        "top",
        "middle",
        "bottom",
        "distribute_horizontally",
        "distribute_vertically",
      ] as const);
      return { kind, how, boxes: Object.fromEntries(random.some(ids).map((each) => [each, box()])) };
    }
    case "auto_layout":
      return { kind, positions: points() };
    case "group":
      return { kind, id: random.pick([fresh("g"), groupId]), label: randomText(random), tasks: fewIds };
    case "rename_group":
      return { kind, id: groupId, label: randomText(random) };
    case "collapse":
      return { kind, id: groupId, collapsed: random.chance(0.5) };
    case "add_comment":
      return { kind, id: random.pick([fresh("c"), commentId]), text: randomText(random), at: point() };
    case "edit_comment":
      return { kind, id: commentId, text: randomText(random) };
    case "paste":
      return { kind, text: copyTasks(text, fewIds) ?? "", at: random.chance(0.5) ? point() : undefined };
    case "duplicate":
      return { kind, ids: fewIds.slice(0, 2) };
    case "replace_text":
      return { kind, text: `${text} ` };
    case "import":
      return { kind, text: JSON.stringify({ ...document, imported: true }, null, 2) };
  }
}

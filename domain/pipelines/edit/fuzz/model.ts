import type { Operation } from "../operation";

type Task = { task_id: string; type: string; depends_on?: string[]; config: Record<string, unknown> };
type Group = { id: string; label: string; tasks: string[]; collapsed?: boolean };
type Comment = { id: string; text: string; at: unknown };
type Document = Record<string, unknown> & {
  tasks: Task[];
  failure_handling?: { task_level?: Record<string, string> };
  canvas?: { positions?: Record<string, unknown>; groups?: Group[]; comments?: Comment[] };
};

const taskOf = (document: Document, id: string) => document.tasks.find((each) => each.task_id === id) as Task;
const placeOf = (document: Document, id: string) => document.tasks.indexOf(taskOf(document, id));
const groupOf = (document: Document, id: string) =>
  document.canvas?.groups?.find((each) => each.id === id) as Group;

function canvasOf(document: Document): NonNullable<Document["canvas"]> {
  document.canvas ??= {};
  return document.canvas;
}

function place(document: Document, positions: Record<string, unknown>): void {
  if (Object.keys(positions).length === 0) return;
  canvasOf(document).positions = { ...document.canvas?.positions, ...positions };
}

type Models = {
  [Kind in Operation["kind"]]?: (document: Document, act: Extract<Operation, { kind: Kind }>) => unknown;
};

const MODELS: Models = {
  add_task: (document, { id, type, config, after = [], at }) => {
    const task = { task_id: id, type, ...(after.length > 0 ? { depends_on: [...after] } : {}), config };
    document.tasks.push(task as Task);
    place(document, at === undefined ? {} : { [id]: at });
  },
  remove: (document, { tasks, comments = [], groups = [] }) => {
    for (const id of tasks) removeOne(document, id);
    const { canvas } = document;
    if (canvas?.comments !== undefined)
      canvas.comments = canvas.comments.filter((each) => !comments.includes(each.id));
    if (canvas?.groups !== undefined)
      canvas.groups = canvas.groups.filter((each) => !groups.includes(each.id));
    if (comments.length + groups.length > 0) tidyCanvas(document);
  },
  rename_task: (document, { id, to }) => renamed(document, id, to),
  connect: (document, { from, to }) => {
    const task = taskOf(document, to);
    task.depends_on = [...(task.depends_on ?? []), from];
  },
  disconnect: (document, { from, to }) => {
    cut(taskOf(document, to), from);
    unchoose(
      document.tasks.filter((each) => each.task_id === from),
      to,
    );
  },
  set_config: (document, act) => put(document, ["tasks", placeOf(document, act.id), "config"], act),
  set_task_field: (document, act) => put(document, ["tasks", placeOf(document, act.id)], act),
  set_field: (document, act) => put(document, [], act),
  move: (document, { tasks, comments }) => {
    place(document, tasks);
    for (const comment of document.canvas?.comments ?? []) comment.at = comments?.[comment.id] ?? comment.at;
  },
  auto_layout: (document, { positions }) => {
    if (Object.keys(positions).length > 0) canvasOf(document).positions = positions;
    else if (document.canvas?.positions !== undefined) {
      delete document.canvas.positions;
      tidyCanvas(document);
    }
  },
  group: (document, { id, label, tasks }) => {
    for (const each of tasks) leave(document, each);
    const canvas = canvasOf(document);
    canvas.groups = [...(canvas.groups ?? []), { id, label, tasks: [...tasks] }];
  },
  rename_group: (document, { id, label }) => {
    groupOf(document, id).label = label;
  },
  collapse: (document, { id, collapsed }) => {
    delete groupOf(document, id).collapsed;
    if (collapsed) groupOf(document, id).collapsed = true;
  },
  add_comment: (document, { id, text, at }) => {
    const canvas = canvasOf(document);
    canvas.comments = [...(canvas.comments ?? []), { id, text, at }];
  },
  edit_comment: (document, { id, text }) => {
    for (const each of document.canvas?.comments ?? []) if (each.id === id) each.text = text;
  },
  import: (_, { text }) => JSON.parse(text),
  replace_text: () => undefined,
};

/**
 * What a document says after an operation, by plain changes of plain objects: its text plays no part. Null for the
 * operations that choose places and ids themselves.
 */
export function modelled(before: unknown, operation: Operation): unknown {
  const model = MODELS[operation.kind] as ((document: Document, act: Operation) => unknown) | undefined;
  if (model === undefined) return null;
  const document = structuredClone(before) as Document;
  return model(document, operation) ?? document;
}

function cut(task: Task, from: string): void {
  if (!task.depends_on?.includes(from)) return;
  task.depends_on = task.depends_on.filter((each) => each !== from);
  if (task.depends_on.length === 0) delete task.depends_on;
}

/** In a variable, since an object with such a field looks like a promise to some. */
const CHOSEN = "then";
type Chooser = { cases?: { [CHOSEN]?: string[] }[]; otherwise?: unknown };

function unchoose(tasks: readonly Task[], id: string): void {
  for (const { config } of tasks.filter((each) => each.type === "branch") as { config: Chooser }[]) {
    for (const each of config.cases ?? []) each[CHOSEN] = each[CHOSEN]?.filter((one) => one !== id) ?? [];
    if (Array.isArray(config.otherwise)) config.otherwise = config.otherwise.filter((one) => one !== id);
  }
}

/** Out of its groups; a group that it leaves empty goes. */
function leave(document: Document, id: string): void {
  const groups = document.canvas?.groups;
  if (!document.canvas || !groups?.some((each) => each.tasks.includes(id))) return;
  document.canvas.groups = groups
    .map((each) => ({ ...each, tasks: each.tasks.filter((one) => one !== id) }))
    .filter((each, index) => each.tasks.length > 0 || groups[index]?.tasks.length === 0);
}

function removeOne(document: Document, id: string): void {
  document.tasks = document.tasks.filter((each) => each.task_id !== id);
  for (const each of document.tasks) cut(each, id);
  unchoose(document.tasks, id);
  const levels = document.failure_handling?.task_level ?? {};
  if (id in levels) {
    delete levels[id];
    if (Object.keys(levels).length === 0) delete document.failure_handling;
  }
  const positions = document.canvas?.positions ?? {};
  const isPlaced = id in positions;
  const isGrouped = document.canvas?.groups?.some((each) => each.tasks.includes(id)) ?? false;
  delete positions[id];
  leave(document, id);
  if (isPlaced && Object.keys(positions).length === 0) delete document.canvas?.positions;
  if (isPlaced || isGrouped) tidyCanvas(document);
}

function tidyCanvas(document: Document): void {
  const { canvas } = document;
  if (canvas?.groups?.length === 0) delete canvas.groups;
  if (canvas?.comments?.length === 0) delete canvas.comments;
  if (canvas !== undefined && Object.keys(canvas).length === 0) delete document.canvas;
}

/** By text: in these documents an id stands between quotes or behind `tasks.` in an expression, and nowhere else. */
function renamed(document: Document, from: string, to: string): unknown {
  const dotted = /-/.test(to) ? `tasks['${to}']` : `tasks.${to}`;
  const tasks = document.tasks.map((task) => {
    const text = JSON.stringify({ ...task, "x-note": undefined })
      .replaceAll(`"${from}"`, `"${to}"`)
      .replaceAll(`{{ tasks.${from}.`, `{{ ${dotted}.`)
      .replaceAll(`{{ tasks['${from}'].`, `{{ tasks['${to}'].`)
      .replaceAll(`"when":"tasks.${from}.`, `"when":"${dotted}.`)
      .replaceAll(`"when":"tasks['${from}'].`, `"when":"tasks['${to}'].`);
    return { ...JSON.parse(text), ...("x-note" in task ? { "x-note": task["x-note"] } : {}) } as Task;
  });
  const keys = <T>(fields: Record<string, T> | undefined) =>
    fields &&
    Object.fromEntries(Object.entries(fields).map(([key, value]) => [key === from ? to : key, value]));
  const { failure_handling: handling, canvas } = document;
  if (handling?.task_level) handling.task_level = keys(handling.task_level) ?? {};
  if (canvas?.positions) canvas.positions = keys(canvas.positions) ?? {};
  for (const group of canvas?.groups ?? [])
    group.tasks = group.tasks.map((each) => (each === from ? to : each));
  return { ...document, tasks };
}

function put(
  document: Document,
  base: (string | number)[],
  { pointer, value }: { pointer: string; value: unknown },
): unknown {
  const steps = [
    ...base,
    ...pointer
      .slice(1)
      .split("/")
      .map((each) => each.replaceAll("~1", "/")),
  ];
  let at = document as Record<string | number, unknown>;
  for (const step of steps.slice(0, -1)) {
    if (typeof at[step] !== "object" || at[step] === null || (Array.isArray(at[step]) && step !== "tasks")) {
      if (value === undefined) return document;
      at[step] = {};
    }
    at = at[step] as Record<string | number, unknown>;
  }
  const last = steps.at(-1) ?? "";
  if (value === undefined) delete at[last];
  else at[last] = value;
  return document;
}

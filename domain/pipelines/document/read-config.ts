import type { InputError } from "../../shared/failure";
import { toPointer, valueAt } from "../../shared/json-pointer";
import { nearestName } from "../../shared/nearest-name";
import { soleNearName } from "../../shared/sole-near-name";
import { TASK_TYPES, taskType } from "../task-types/index";
import type { DocumentError } from "./document-error";
import { explainIssue } from "./explain-issue";

type AnyTask = { task_id: string; type: string; config: unknown; depends_on?: string[] | undefined };
type Upstream = readonly { type: string; config: unknown }[];

/** What a task's type makes of its config: with defaults where it is sound, as it is where expressions are to be filled in. */
export type ReadConfig = { config: unknown; errors: DocumentError[] };

/**
 * Checks the config of a task by its type. `task` and `config` are the pointers of both. A text with `{{` may stand
 * anywhere: what it becomes is checked once it is known.
 */
export function readConfig(
  task: AnyTask,
  upstream: () => Upstream,
  at: { task: string; type: string; config: string },
): ReadConfig {
  const type = taskType(task.type);
  if (type === null)
    return {
      config: task.config,
      errors: [{ pointer: at.type, code: "unknown_type", ...noSuchType(task.type) }],
    };
  const unavailable: DocumentError[] =
    type.unavailable === null
      ? []
      : [{ pointer: at.type, code: "unavailable_type", message: type.unavailable }];
  const parsed = type.config.safeParse(task.config);
  const issues = (parsed.error?.issues ?? []).filter(
    (issue) => !isExpression(valueAt(task.config, issue.path)),
  );
  if (issues.length > 0) {
    const errors = issues.flatMap((issue) => explainIssue(issue, task.config, type.config, at.config));
    return { config: task.config, errors: [...unavailable, ...errors] };
  }
  const config = parsed.success ? parsed.data : task.config;
  const complaints = complaintsOf(type.check, { ...task, config }, upstream, parsed.success)
    .filter(({ pointer }) => !isExpression(valueAt(config, pointer.split("/").slice(2))))
    .map(({ pointer, message }) => ({ pointer: place(pointer, at), code: "wrong_value" as const, message }));
  if (type.kind !== "map" || complaints.length > 0)
    return { config, errors: [...unavailable, ...complaints] };
  return readMap(task, config, upstream, at);
}

/** The task that a map holds is checked as if it stood there itself. */
function readMap(
  task: AnyTask,
  config: unknown,
  upstream: () => Upstream,
  at: { task: string; type: string; config: string },
): ReadConfig {
  const inner = (config as { task: { type: string; config: unknown } }).task;
  const below = { task: at.task, type: `${at.config}/task/type`, config: `${at.config}/task/config` };
  const read = readConfig({ ...task, ...inner }, upstream, below);
  return {
    config: { ...(config as object), task: { ...inner, config: read.config } },
    errors: read.errors,
  };
}

type Check = NonNullable<(typeof TASK_TYPES)[number]["check"]>;

function complaintsOf(
  check: Check | undefined,
  task: AnyTask,
  upstream: () => Upstream,
  isSound: boolean,
): InputError[] {
  if (check === undefined) return [];
  const neighbours = check.length > 1 ? upstream() : [];
  if (isSound) return check(task, neighbours);
  try {
    return check(task, neighbours);
  } catch {
    // A field that waits for its expression is not what the check takes it for.
    return [];
  }
}

const place = (pointer: string, at: { task: string; config: string }): string =>
  pointer === "/config" || pointer.startsWith("/config/") ? at.config + pointer.slice(7) : at.task + pointer;

const isExpression = (value: unknown): boolean => typeof value === "string" && value.includes("{{");

function noSuchType(type: string): { message: string; meant?: string } {
  const types = TASK_TYPES.map((each) => each.type);
  const near = nearestName(type, types);
  const meant = soleNearName(type, types);
  return {
    message: `There is no task type "${type}". ${near === null ? "" : `Did you mean ${near}? `}Types: ${types.join(", ")}.`,
    ...(meant === null ? {} : { meant }),
  };
}

/** The pointers of a task of the document. */
export const taskPlaces = (index: number) => ({
  task: toPointer(["tasks", index]),
  type: toPointer(["tasks", index, "type"]),
  config: toPointer(["tasks", index, "config"]),
});

import { createHash } from "node:crypto";
import type { PipelineTask } from "../../../domain/pipelines/document/pipeline-document";
import { readConfig } from "../../../domain/pipelines/document/read-config";
import {
  type ExpressionScope,
  evaluateExpression,
  fillExpressions,
} from "../../../domain/pipelines/expressions/fill-expressions";
import { namedTasks } from "../../../domain/pipelines/expressions/named-tasks";
import { Failure } from "../../../domain/shared/failure";
import type { RunFacts, TaskInput, TaskOutputs } from "./execution-store";
import { childPlace } from "./task-of";

export type FilledTask = {
  task: PipelineTask;
  /** What the config came to: equal configs have equal versions. */
  configInput: TaskInput;
  /** What a bare expression of the config comes to. */
  evaluate(expression: string): unknown;
};

type ScopeFacts = Pick<RunFacts, "id" | "number" | "createdAt" | "scheduledFor" | "parameters" | "document">;

/**
 * The task with the expressions in its config filled in and its defaults in place.
 * Failures: `invalid_input` where one has no value, or gives what the type does not take.
 */
export async function fillTask(
  task: PipelineTask,
  run: ScopeFacts,
  item: unknown,
  outputs: (taskIds: string[]) => Promise<Map<string, TaskOutputs>>,
): Promise<FilledTask> {
  const place = childPlace(task.task_id);
  const { type, config: written } = task;
  const named =
    place === null ? namedTasks(type, written) : namedTasks("map", { task: { type, config: written } });
  const known = named.length === 0 ? new Map<string, TaskOutputs>() : await outputs(named);
  const each = place === null ? {} : { item, index: BigInt(place.index) };
  const scope: ExpressionScope = { ...scopeOf(run, known), ...each };
  const config = fillConfig(task, scope);
  const read = readConfig({ ...task, config }, () => [], { task: "", type: "/type", config: "/config" });
  const errors = read.errors.filter(({ pointer }) => pointer.startsWith("/config"));
  const [error] = errors;
  if (error !== undefined) {
    throw new Failure("invalid_input", `${error.pointer.slice(1)}: ${error.message}`, { errors });
  }
  // A run's id and number are its own: what names them is no other work than the same with another number.
  const same = fillConfig(task, { ...scope, run: { ...(scope.run as object), id: "", number: 0n } });
  return {
    task: { ...task, config: read.config } as PipelineTask,
    configInput: { kind: "config", name: task.task_id, version: hashOf([task.type, same]) },
    evaluate: (expression) => evaluateExpression(expression, scope),
  };
}

/** What a map holds is filled for each of its items, not for the map. */
function fillConfig({ type, config }: PipelineTask, scope: ExpressionScope): unknown {
  if (type !== "map") return fillExpressions(config, scope);
  const { task, ...own } = config;
  return { ...(fillExpressions(own, scope) as object), task };
}

function scopeOf(run: ScopeFacts, outputs: Map<string, TaskOutputs>): ExpressionScope {
  const at = run.scheduledFor ?? run.createdAt;
  return {
    run: {
      id: run.id,
      number: BigInt(run.number),
      scheduled_for: at.toISOString(),
      date: at.toISOString().slice(0, 10),
    },
    parameters: { ...run.document.parameters, ...run.parameters },
    tasks: Object.fromEntries([...outputs].map(([id, made]) => [id, { outputs: shownOutputs(made) }])),
  };
}

/** As expressions see them: the values that a task gives stand beside what the app knows of every task. */
function shownOutputs({ values = {}, item: _item, ...known }: TaskOutputs): Record<string, unknown> {
  const rows = known.tables?.reduce((sum, { rowCount }) => sum + rowCount, 0);
  return { ...known, ...(rows === undefined ? {} : { rows }), ...values };
}

const hashOf = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("hex");

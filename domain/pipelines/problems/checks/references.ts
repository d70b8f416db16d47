import { escapePointer } from "../../../shared/json-pointer";
import { nearestName } from "../../../shared/nearest-name";
import { soleNearName } from "../../../shared/sole-near-name";
import type { LoosePipeline, LooseTask } from "../loose-pipeline";
import { mendSlip } from "../mend-slip";
import type { Problem } from "../problem";
import { tablePointer } from "./data-flow";

type Named = { kind: string; name: string; pointer: string; known: Iterable<string> | null };

/** Names of things that the workspace does not have. */
export function checkNames(pipeline: LoosePipeline): Problem[] {
  const known = knownSets(pipeline);
  return pipeline.tasks.flatMap((task) => [
    ...workOf(task).flatMap((work) => namesOf(work, known).flatMap((named) => missing(named, task.task_id))),
    ...tablesOfTask(task, pipeline, known.tables),
  ]);
}

type Work = { type: string; config: Record<string, unknown>; at: string };

/** The task itself, and what a map holds. */
export function workOf({ index, type, config }: LooseTask): Work[] {
  const at = `/tasks/${index}/config`;
  const inner = config.task as { type?: unknown; config?: unknown } | null | undefined;
  const own = { type, config, at };
  if (type !== "map" || typeof inner?.type !== "string") return [own];
  if (typeof inner.config !== "object" || inner.config === null) return [own];
  return [
    own,
    { type: inner.type, config: inner.config as Record<string, unknown>, at: `${at}/task/config` },
  ];
}

type Known = Record<"connections" | "queries" | "files" | "pipelines" | "tables", ReadonlySet<string> | null>;

function knownSets({ knowledge }: LoosePipeline): Known {
  const set = (names: readonly string[] | null) => (names === null ? null : new Set(names));
  return {
    connections: set(knowledge.connections),
    queries: set(knowledge.savedQueries === null ? null : Object.keys(knowledge.savedQueries)),
    files: set(knowledge.codeFiles),
    pipelines: set(knowledge.pipelines),
    tables: set(knowledge.tables),
  };
}

function namesOf({ type, config, at }: Work, known: Known): Named[] {
  switch (type) {
    case "ingestion_trigger":
      return (Array.isArray(config.connections) ? config.connections : []).flatMap((name: unknown, place) =>
        one("connection", name, `${at}/connections/${place}`, known.connections),
      );
    case "sql_execute":
      return one("saved query", config.query_ref, `${at}/query_ref`, known.queries);
    case "ray_train":
      return one("file in a code package", config.training_script, `${at}/training_script`, known.files);
    case "python":
      return one("file in a code package", config.script, `${at}/script`, known.files);
    case "sub_pipeline":
      return one("pipeline", config.pipeline_id, `${at}/pipeline_id`, known.pipelines);
    default:
      return [];
  }
}

const one = (kind: string, name: unknown, pointer: string, known: Iterable<string> | null): Named[] =>
  typeof name === "string" && name !== "" && !name.includes("{{") ? [{ kind, name, pointer, known }] : [];

function missing({ kind, name, pointer, known }: Named, taskId: string): Problem[] {
  if (known === null || (known as ReadonlySet<string>).has(name)) return [];
  const near = nearestName(name, known);
  return [
    {
      pointer,
      taskId,
      severity: "error",
      code: "unknown_reference",
      message: `There is no ${kind} "${name}".`,
      hint: near === null ? `Make it first, or name another ${kind}.` : `Did you mean "${near}"?`,
      ...(near === null ? {} : { fix: { label: `Write ${near}`, pointer, value: near } }),
    },
  ];
}

/** Tables of the lake that are neither there nor written before the task reads them. */
function tablesOfTask(
  task: LooseTask,
  pipeline: LoosePipeline,
  known: ReadonlySet<string> | null,
): Problem[] {
  if (known === null) return [];
  const own = pipeline.tables[task.index];
  const isWritten = (name: string) => known.has(name) || writtenHere(pipeline).has(name);
  const absent = [...(own?.reads ?? []).filter((name) => !isWritten(name)), ...(own?.unknown ?? [])].filter(
    (name) => /^(lake|analytics)\.[^.]+\.[^.]+$/i.test(name) && !mayAppear(name, task, pipeline),
  );
  return absent.map((name) => {
    const tables = [...known, ...writtenHere(pipeline)];
    const near = nearestName(name, tables);
    const pointer = tablePointer(task, name);
    return {
      pointer,
      taskId: task.task_id,
      severity: "error",
      code: "unknown_reference",
      message: `There is no table ${name}, and no task of this pipeline writes it.`,
      hint: near === null ? "Let a task before this one write it." : `Did you mean ${near}?`,
      ...mendSlip(pipeline.json, pointer, name, soleNearName(name, tables)),
    };
  });
}

const written = new WeakMap<LoosePipeline, Set<string>>();
function writtenHere(pipeline: LoosePipeline): Set<string> {
  const before = written.get(pipeline);
  if (before !== undefined) return before;
  const names = new Set(pipeline.tables.flatMap(({ writes }) => writes));
  written.set(pipeline, names);
  return names;
}

/** Syncs and other pipelines before the task may make tables whose names this document does not tell. */
const mayAppear = (name: string, { index }: LooseTask, { tasks, ancestors }: LoosePipeline): boolean =>
  tasks.some(
    (each) =>
      (each.type === "sub_pipeline" || (each.type === "ingestion_trigger" && name.startsWith("lake."))) &&
      ancestors.isBefore(each.index, index),
  );

/** Targets of messages that the workspace does not have. */
export function checkTargets({ json, knowledge }: LoosePipeline): Problem[] {
  const targets = knowledge.notificationTargets;
  const { notifications } = json;
  if (targets === null || typeof notifications !== "object" || notifications === null) return [];
  return Object.entries(notifications).flatMap(([event, value]) => {
    const at = `/notifications/${escapePointer(event)}`;
    const rules: [unknown, string][] = Array.isArray(value)
      ? value.map((rule: unknown, place) => [rule, `${at}/${place}`])
      : [[value, at]];
    return rules.flatMap(([rule, pointer]): Problem[] => {
      const { channel, target } = (rule ?? {}) as { channel?: unknown; target?: unknown };
      if (typeof target !== "string" || !isAbsent(channel, target, targets)) return [];
      return [
        {
          pointer: `${pointer}/target`,
          taskId: null,
          severity: "warning",
          code: "unknown_reference",
          message: `The workspace has no ${channel} target "${target}".`,
          hint: "An admin adds it in the workspace's settings. Until then the message is not sent.",
        },
      ];
    });
  });
}

function isAbsent(
  channel: unknown,
  target: string,
  { slack, webhook }: NonNullable<LoosePipeline["knowledge"]["notificationTargets"]>,
): boolean {
  if (channel === "slack") return !slack.includes(target);
  return channel === "webhook" && !webhook.includes(target);
}

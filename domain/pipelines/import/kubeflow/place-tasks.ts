import { Failure } from "../../../shared/failure";
import type { ImportedTask } from "../finish-document";
import type { ImportedGraph } from "../join-groups";
import { isObject, type Json, numberOf, objectOf, showValue, textOf } from "../json";
import type { Notes } from "../notes";
import { retryPolicy } from "../retry-policy";
import { goSeconds } from "../span-text";
import { takeFields } from "../take-fields";

const MOST_TASKS = 10_000;
const DEEPEST = 20;
const KEPT = "It is kept as a Python task: upload a script that does the same.";

/** `cached` gathers the tasks whose results Kubeflow would take over. */
type Parts = { components: Json; executors: Json; notes: Notes; cached: string[] };
export type FlatKubeflow = {
  tasks: ImportedTask[];
  groups: ImportedGraph["groups"];
  edges: [string, string][];
};

/** Places the tasks of a graph; gives their keys. Failures: `resource_exhausted`. */
export function placeTasks(
  dag: Json,
  prefix: string,
  path: string[],
  parts: Parts,
  flat: FlatKubeflow,
): string[] {
  const graph = takeFields(dag, prefix === "" ? "root" : `group ${prefix.slice(0, -1)}`, parts.notes);
  const placed = Object.entries(objectOf(graph.take("tasks")));
  graph.end("What a group gives is read from its tasks.");
  return placed.map(([name, given]) => {
    const key = prefix + name;
    const componentName = textOf(objectOf(objectOf(given).componentRef).name) ?? "";
    const component = objectOf(parts.components[componentName]);
    const { producers, ...task } = readTask(objectOf(given), `task ${key}`, prefix === "", parts.notes);
    if (objectOf(objectOf(given).cachingOptions).enableCache === true) parts.cached.push(key);
    for (const other of producers) flat.edges.push([prefix + other, key]);
    if (flat.tasks.length >= MOST_TASKS || path.length > DEEPEST || path.includes(componentName))
      throw new Failure("resource_exhausted", "The pipeline unfolds into too many tasks.");
    if (isObject(component.dag)) {
      const members = placeTasks(component.dag, `${key}.`, [...path, componentName], parts, flat);
      flat.groups.push({ key, label: key, members });
    } else {
      const parameters = { ...defaultsOf(component, `task ${key}`, parts.notes), ...task.config.parameters };
      const config = {
        ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
        ...executorOf(component, `task ${key}`, parts),
      };
      flat.tasks.push({ key, type: "python", ...task, config });
    }
    return key;
  });
}

/** The defaults of what a component takes; what it gives has no place. */
function defaultsOf(component: Json, where: string, notes: Notes): Json {
  const fields = takeFields(component, where, notes);
  const asked = objectOf(objectOf(fields.take("inputDefinitions")).parameters);
  fields.take("executorLabel");
  fields.leave("outputDefinitions", "Let the script write tables, or give outputs.");
  fields.end();
  return Object.fromEntries(
    Object.entries(asked).flatMap(([name, each]) =>
      "defaultValue" in objectOf(each) ? [[name, objectOf(each).defaultValue]] : [],
    ),
  );
}

/** What a task says itself, and the tasks that it waits for. */
function readTask(given: Json, where: string, isTop: boolean, notes: Notes) {
  const fields = takeFields(given, where, notes);
  const before = fields.take("dependentTasks");
  const { producers, parameters } = readInputs(objectOf(fields.take("inputs")), where, isTop, notes);
  const runWhen = runWhenOf(objectOf(fields.take("triggerPolicy")), where, notes);
  const retry = retryOf(fields.take("retryPolicy"), where, notes);
  for (const known of ["componentRef", "taskInfo", "cachingOptions"]) fields.take(known);
  for (const loop of ["parameterIterator", "artifactIterator"])
    fields.leave(loop, "The task is imported once. Make it a map over a list.");
  fields.end();
  return {
    producers: new Set([...(Array.isArray(before) ? before.map(String) : []), ...producers]),
    config: { parameters },
    ...(runWhen === undefined ? {} : { runWhen }),
    ...(retry === undefined ? {} : { retry }),
  };
}

/** What a task is given, and the tasks that it is given it by. */
function readInputs(inputs: Json, where: string, isTop: boolean, notes: Notes) {
  const producers: string[] = [];
  const parameters: Json = {};
  for (const [name, given] of Object.entries(objectOf(inputs.parameters)).map(
    ([each, it]) => [each, objectOf(it)] as const,
  )) {
    const { runtimeValue, componentInputParameter: outer, taskOutputParameter: output } = given;
    if (isObject(runtimeValue) && "constant" in runtimeValue) parameters[name] = runtimeValue.constant;
    else if (typeof outer === "string" && isTop && /^[\w-]+$/.test(outer))
      parameters[name] = `{{ parameters.${outer.replaceAll(/\W/g, "_")} }}`;
    else {
      if (isObject(output) && typeof output.producerTask === "string") producers.push(output.producerTask);
      notes.add(where, `${name}: ${showValue(given)}`, "Read it from the outputs of its task.");
    }
  }
  for (const [name, given] of Object.entries(objectOf(inputs.artifacts))) {
    const producer = objectOf(objectOf(given).taskOutputArtifact).producerTask;
    if (typeof producer === "string") producers.push(producer);
    notes.add(where, `artifact ${name}`, "Hand over a table or outputs instead.");
  }
  return { producers, parameters };
}

function executorOf(component: Json, where: string, { executors, notes }: Parts): Json {
  const executor = objectOf(executors[textOf(component.executorLabel) ?? ""]);
  for (const [kind, body] of Object.entries(executor)) {
    notes.add(where, kind, KEPT);
    const fields = takeFields(objectOf(body), `${where}, ${kind}`, notes);
    const asked = kind === "container" ? objectOf(fields.take("resources")) : {};
    fields.end("Let the script do it.");
    const resources = resourcesOf(asked, `${where}, resources`, notes);
    if (resources !== undefined) return { resources };
  }
  if (Object.keys(executor).length === 0) notes.add(where, "no executor", KEPT);
  return {};
}

/** Gigabytes, as the compiler writes them, are bytes here. */
function resourcesOf(asked: Json, where: string, notes: Notes): Json | undefined {
  const limits = takeFields(asked, where, notes);
  const [cpu, memory] = [numberOf(limits.take("cpuLimit")), numberOf(limits.take("memoryLimit"))];
  limits.end("Set the resources of the task.");
  if (cpu === undefined && memory === undefined) return undefined;
  return {
    ...(cpu === undefined ? {} : { CPU: cpu }),
    ...(memory === undefined ? {} : { memory: Math.round(memory * 1e9) }),
  };
}

function runWhenOf(policy: Json, where: string, notes: Notes): "all_ended" | undefined {
  const fields = takeFields(policy, where, notes);
  const strategy = fields.take("strategy");
  fields.leave("condition", "Put a branch before the task.");
  fields.end();
  if (strategy === "ALL_UPSTREAM_TASKS_COMPLETED") return "all_ended";
  if (strategy !== undefined && strategy !== "ALL_UPSTREAM_TASKS_SUCCEEDED")
    notes.add(
      where,
      `strategy: ${showValue(strategy)}`,
      "A task runs when all before it succeeded, or all ended.",
    );
  return undefined;
}

function retryOf(policy: unknown, where: string, notes: Notes) {
  if (!isObject(policy)) return undefined;
  const fields = takeFields(policy, `${where}, retryPolicy`, notes);
  const [retries, factor] = [numberOf(fields.take("maxRetryCount")), numberOf(fields.take("backoffFactor"))];
  const waitSeconds = goSeconds(fields.take("backoffDuration"));
  fields.end();
  const told = { retries: retries ?? 0, factor: factor ?? 2 };
  return retryPolicy(waitSeconds === undefined ? told : { ...told, waitSeconds }, where, notes);
}

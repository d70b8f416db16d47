import { Failure } from "../../../shared/failure";
import { finishDocument } from "../finish-document";
import { plainId } from "../free-id";
import type { ImportedPipeline } from "../imported-pipeline";
import { type Json, numberOf, objectOf, objectsOf, showValue, textOf } from "../json";
import { type Notes, newNotes } from "../notes";
import { readYaml } from "../read-yaml";
import { goSeconds, spanText } from "../span-text";
import { type TakenFields, takeFields } from "../take-fields";
import { flattenArgo } from "./flatten-argo";

const KINDS = ["Workflow", "WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow"];

/**
 * A workflow of a YAML text, the first where `chosen` names none, as a pipeline. Failures: those of readYaml; `invalid_input`
 * where there is none.
 */
export function importArgo(text: string, chosen?: string): ImportedPipeline {
  const documents = readYaml(text);
  const workflows = documents.filter(({ kind }) => KINDS.includes(String(kind)));
  const workflow = chosen === undefined ? workflows[0] : workflows.find((each) => nameOf(each) === chosen);
  if (workflow === undefined) {
    throw new Failure("invalid_input", "There is no workflow of Argo in this text.", {
      hint: `A workflow has one of the kinds ${KINDS.join(", ")}.`,
    });
  }
  const notes = newNotes();
  for (const other of documents.filter((each) => each !== workflow))
    notes.add(
      String(other.kind),
      nameOf(other),
      workflows.includes(other) ? "It is another pipeline. Choose it to convert it." : "It is no workflow.",
    );
  const top = takeFields(workflow, "workflow", notes);
  for (const known of ["apiVersion", "kind", "metadata"]) top.take(known);
  top.leave("status", "What became of its runs is not imported.");
  const outer = objectOf(top.take("spec"));
  top.end();
  const isCron = workflow.kind === "CronWorkflow";
  const schedule = isCron ? cronOf(outer, notes) : {};
  const fields = takeFields(isCron ? objectOf(outer.workflowSpec) : outer, "workflow", notes);
  const head = {
    ...headOf(workflow, notes),
    ...schedule,
    ...limitsOf(fields, schedule, notes),
    ...parametersOf(fields, notes),
  };
  const templates = new Map(objectsOf(fields.take("templates")).map((each) => [String(each.name), each]));
  const entrypoint = textOf(fields.take("entrypoint")) ?? [...templates.keys()][0] ?? "";
  fields.end();
  const { tasks, groups, edges } = flattenArgo(entrypoint, templates, notes);
  const made = finishDocument(head, tasks, groups, edges, notes);
  return workflows.length > 1 ? { ...made, choices: workflows.map(nameOf) } : made;
}

const nameOf = ({ metadata }: Json): string =>
  textOf(objectOf(metadata).name) ?? textOf(objectOf(metadata).generateName)?.replace(/-$/, "") ?? "imported";

function headOf(workflow: Json, notes: Notes) {
  const metadata = takeFields(objectOf(workflow.metadata), "metadata", notes);
  const name = nameOf(workflow);
  for (const known of ["name", "generateName", "creationTimestamp", "uid"]) metadata.take(known);
  metadata.leave("namespace", "Its place is the workspace.");
  const annotations = takeFields(objectOf(metadata.take("annotations")), "annotations", notes);
  const description = textOf(annotations.take("workflows.argoproj.io/description"));
  annotations.end();
  metadata.end();
  return {
    pipeline_id: plainId(name, "imported"),
    name: name.slice(0, 200),
    ...(description === undefined ? {} : { description: description.slice(0, 2_000) }),
  };
}

function cronOf(spec: Json, notes: Notes): Json {
  const fields = takeFields(spec, "schedule", notes);
  const [one, several, zone, policy] = ["schedule", "schedules", "timezone", "concurrencyPolicy"].map(
    fields.take,
  );
  const crons = [one, ...(Array.isArray(several) ? several : [])].filter((each) => typeof each === "string");
  fields.take("workflowSpec");
  fields.end();
  for (const other of crons.slice(1)) notes.add("schedule", other, "A pipeline has one schedule.");
  if (policy === "Replace")
    notes.add("schedule", "concurrencyPolicy: Replace", "A run waits until the one before it has ended.");
  const cron = crons[0];
  return {
    ...(cron === undefined
      ? {}
      : { schedule: { cron, ...(typeof zone === "string" ? { time_zone: zone } : {}) } }),
    ...(policy === "Forbid" || policy === "Replace" ? { max_active_runs: 1 } : {}),
  };
}

const MOST_PRIORITY = 1_000;

function limitsOf(fields: TakenFields, already: Json, notes: Notes): Json {
  const read = (name: string, as: (value: unknown) => number | undefined) => {
    const given = fields.take(name);
    const value = as(given);
    if (given !== undefined && given !== null && value === undefined)
      notes.add("workflow", `${name}: ${showValue(given)}`, "The number cannot be told from the text.");
    return value;
  };
  const seconds = read("activeDeadlineSeconds", goSeconds);
  const [tasks, priority] = [read("parallelism", numberOf), read("priority", numberOf)];
  if (priority !== undefined && priority > MOST_PRIORITY)
    notes.add("workflow", `priority: ${priority}`, `The highest here is ${MOST_PRIORITY}.`);
  return {
    ...already,
    ...(seconds === undefined ? {} : { timeout: spanText(seconds) }),
    ...(tasks === undefined ? {} : { max_active_tasks: tasks }),
    ...(priority === undefined ? {} : { priority: Math.min(MOST_PRIORITY, priority) }),
  };
}

function parametersOf(fields: TakenFields, notes: Notes): Json {
  const given = takeFields(objectOf(fields.take("arguments")), "arguments", notes);
  const parameters = objectsOf(given.take("parameters")).flatMap((each) => {
    const parameter = takeFields(each, `parameter ${showValue(each.name)}`, notes);
    const [name, value] = [textOf(parameter.take("name")), parameter.take("value")];
    parameter.end();
    return name === undefined ? [] : [[name.replaceAll(/\W/g, "_"), value ?? null]];
  });
  given.end();
  return parameters.length === 0 ? {} : { parameters: Object.fromEntries(parameters) };
}

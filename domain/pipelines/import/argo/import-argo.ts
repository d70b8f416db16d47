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

/** The first workflow of a YAML text, as a pipeline. Failures: those of readYaml; `invalid_input` where there is none. */
export function importArgo(text: string): ImportedPipeline {
  const documents = readYaml(text);
  const workflow = documents.find(({ kind }) => KINDS.includes(String(kind)));
  if (workflow === undefined) {
    throw new Failure("invalid_input", "There is no workflow of Argo in this text.", {
      hint: `A workflow has one of the kinds ${KINDS.join(", ")}.`,
    });
  }
  const notes = newNotes();
  for (const other of documents.filter((each) => each !== workflow))
    notes.add(String(other.kind), nameOf(other), "One workflow is imported at a time. Import it by itself.");
  const top = takeFields(workflow, "workflow", notes);
  for (const known of ["apiVersion", "kind", "metadata", "status"]) top.take(known);
  const outer = objectOf(top.take("spec"));
  top.end();
  const isCron = workflow.kind === "CronWorkflow";
  const schedule = isCron ? cronOf(outer, notes) : {};
  const fields = takeFields(isCron ? objectOf(outer.workflowSpec) : outer, "workflow", notes);
  const head = {
    ...headOf(workflow, notes),
    ...schedule,
    ...limitsOf(fields, schedule),
    ...parametersOf(fields, notes),
  };
  const templates = new Map(objectsOf(fields.take("templates")).map((each) => [String(each.name), each]));
  const entrypoint = textOf(fields.take("entrypoint")) ?? [...templates.keys()][0] ?? "";
  fields.end();
  const { tasks, groups, edges } = flattenArgo(entrypoint, templates, notes);
  return finishDocument(head, tasks, groups, edges, notes);
}

const nameOf = ({ metadata }: Json): string =>
  textOf(objectOf(metadata).name) ?? textOf(objectOf(metadata).generateName)?.replace(/-$/, "") ?? "imported";

function headOf(workflow: Json, notes: Notes) {
  const metadata = takeFields(objectOf(workflow.metadata), "metadata", notes);
  const name = nameOf(workflow);
  for (const known of ["name", "generateName", "namespace", "creationTimestamp", "uid"]) metadata.take(known);
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

function limitsOf(fields: TakenFields, already: Json): Json {
  const seconds = goSeconds(fields.take("activeDeadlineSeconds"));
  const [tasks, priority] = [numberOf(fields.take("parallelism")), numberOf(fields.take("priority"))];
  return {
    ...already,
    ...(seconds === undefined ? {} : { timeout: spanText(seconds) }),
    ...(tasks === undefined ? {} : { max_active_tasks: tasks }),
    ...(priority === undefined ? {} : { priority: Math.min(1_000, priority) }),
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

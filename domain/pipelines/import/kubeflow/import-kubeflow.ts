import { Failure } from "../../../shared/failure";
import { importArgo } from "../argo/import-argo";
import { finishDocument } from "../finish-document";
import { plainId } from "../free-id";
import type { ImportedPipeline } from "../imported-pipeline";
import { isObject, type Json, objectOf, textOf } from "../json";
import { type Notes, newNotes } from "../notes";
import { readYaml } from "../read-yaml";
import { takeFields } from "../take-fields";
import { type FlatKubeflow, placeTasks } from "./place-tasks";

/**
 * A compiled pipeline of Kubeflow: the second version's own form, or a workflow of Argo as the first version writes it.
 * Failures: those of readYaml; `invalid_input` where there is none.
 */
export function importKubeflow(text: string): ImportedPipeline {
  const documents = readYaml(text);
  const whole = documents.find((each) => isObject(specOf(each).root));
  if (whole === undefined) {
    if (documents.some(({ kind }) => kind === "Workflow")) return importArgo(text);
    throw new Failure("invalid_input", "There is no pipeline of Kubeflow in this text.", {
      hint: "A compiled pipeline has pipelineInfo, components and root.",
    });
  }
  const notes = newNotes();
  for (const other of documents.filter((each) => each !== whole))
    takeFields(other, "platform", notes).end("Settings of a platform have no place here.");
  const spec = takeFields(specOf(whole), "pipeline", notes);
  const info = takeFields(objectOf(spec.take("pipelineInfo")), "pipelineInfo", notes);
  const [name = "imported", description] = [textOf(info.take("name")), textOf(info.take("description"))];
  info.end();
  for (const known of ["schemaVersion", "sdkVersion"]) spec.take(known);
  const components = objectOf(spec.take("components"));
  const deployment = takeFields(objectOf(spec.take("deploymentSpec")), "deploymentSpec", notes);
  const executors = objectOf(deployment.take("executors"));
  deployment.end();
  const root = takeFields(objectOf(spec.take("root")), "root", notes);
  const [dag, asked] = [objectOf(root.take("dag")), objectOf(root.take("inputDefinitions"))];
  root.end("A pipeline gives no outputs here: let a task write a table.");
  const inputs = takeFields(asked, "inputs of the pipeline", notes);
  const parameters = parametersOf(objectOf(inputs.take("parameters")), notes);
  inputs.end("Read a table instead.");
  spec.leave("defaultPipelineRoot", "What tasks write is in the lake.");
  spec.end();
  const flat: FlatKubeflow = { tasks: [], groups: [], edges: [] };
  const cached: string[] = [];
  placeTasks(dag, "", [], { components, executors, notes, cached }, flat);
  if (cached.length > 0)
    notes.add(
      "cachingOptions",
      cached.join(", "),
      "A rerun takes over results; a new run does all its tasks.",
    );
  if (flat.tasks.length === 0) throw new Failure("invalid_input", "The pipeline has no tasks.");
  const head = {
    pipeline_id: plainId(name, "imported"),
    name: name.slice(0, 200),
    ...(description === undefined ? {} : { description: description.slice(0, 2_000) }),
    ...parameters,
  };
  return finishDocument(head, flat.tasks, flat.groups, flat.edges, notes);
}

const specOf = (document: Json): Json => (isObject(document.pipelineSpec) ? document.pipelineSpec : document);

const parametersOf = (given: Json, notes: Notes): Json => {
  const parameters = Object.entries(given).map(([name, each]) => {
    const fields = takeFields(objectOf(each), `parameter ${name}`, notes);
    const value = fields.take("defaultValue") ?? null;
    // Values have the types of JSON here, and one without a default is null.
    for (const known of ["parameterType", "isOptional"]) fields.take(known);
    fields.end();
    return [name.replaceAll(/\W/g, "_"), value];
  });
  return parameters.length === 0 ? {} : { parameters: Object.fromEntries(parameters) };
};

import { Failure } from "../../../shared/failure";
import type { ImportedTask } from "../finish-document";
import type { ImportedGraph } from "../join-groups";
import { isObject, type Json, objectOf, objectsOf, textOf } from "../json";
import type { Notes } from "../notes";
import { takeFields } from "../take-fields";
import { argoDepends } from "./argo-depends";
import { argoTemplate } from "./argo-template";

const DEEPEST = 20;
const MOST_TASKS = 10_000;

export type Flattened = { tasks: ImportedTask[]; groups: ImportedGraph["groups"]; edges: [string, string][] };

/** The tasks below an entrypoint: templates within templates become groups. Failures: `resource_exhausted`. */
export function flattenArgo(entrypoint: string, templates: Map<string, Json>, notes: Notes): Flattened {
  const flat: Flattened = { tasks: [], groups: [], edges: [] };
  const root = templates.get(entrypoint);
  if (root === undefined)
    throw new Failure("invalid_input", `There is no template "${entrypoint}" in this workflow.`);

  const place = (key: string, named: Json, path: string[]): void => {
    const where = `task ${key}`;
    const inline = isObject(named.inline) ? named.inline : undefined;
    const name = textOf(named.template) ?? "";
    const template = inline ?? templates.get(name);
    const given = givenTo(named, where, notes);
    if (flat.tasks.length >= MOST_TASKS || path.length > DEEPEST)
      throw new Failure("resource_exhausted", "The workflow unfolds into too many tasks.");
    if (template !== undefined && isNested(template) && !path.includes(name)) {
      flat.groups.push({ key, label: key, members: inside(template, `${key}.`, [...path, name]) });
      return;
    }
    sayWhyNot(name, template, path, where, notes);
    const known = template === undefined || isNested(template) ? {} : template;
    flat.tasks.push({ key, ...argoTemplate(known, given, where, notes) });
  };

  /** Places what a template holds; gives the keys. */
  const inside = (template: Json, prefix: string, path: string[]): string[] => {
    const where = prefix === "" ? "workflow" : `group ${prefix.slice(0, -1)}`;
    const fields = takeFields(template, where, notes);
    for (const known of ["name", "dag", "steps", "inputs", "outputs"]) fields.take(known);
    fields.end();
    if (!Array.isArray(template.steps)) return tasksOf(objectOf(template.dag), prefix, path);
    return stepsOf(template.steps, prefix, path);
  };

  const tasksOf = (dag: Json, prefix: string, path: string[]): string[] => {
    const fields = takeFields(dag, prefix === "" ? "workflow" : `group ${prefix.slice(0, -1)}`, notes);
    const entries = objectsOf(fields.take("tasks"));
    fields.end();
    return entries.map((entry, index) => {
      const key = `${prefix}${textOf(entry.name) ?? `task_${index + 1}`}`;
      const before = [
        ...(Array.isArray(entry.dependencies) ? entry.dependencies.map(String) : []),
        ...(typeof entry.depends === "string" ? argoDepends(entry.depends, `task ${key}`, notes) : []),
      ];
      for (const other of before) flat.edges.push([prefix + other, key]);
      place(key, entry, path);
      return key;
    });
  };

  const stepsOf = (steps: unknown[], prefix: string, path: string[]): string[] => {
    const keys: string[] = [];
    let before: string[] = [];
    for (const step of steps) {
      const group = Array.isArray(step) ? objectsOf(step) : objectsOf([step]);
      const now = group.map(
        (entry, index) => `${prefix}${textOf(entry.name) ?? `step_${keys.length + index + 1}`}`,
      );
      group.forEach((entry, index) => {
        for (const other of before) flat.edges.push([other, now[index] ?? ""]);
        place(now[index] ?? "", entry, path);
      });
      keys.push(...now);
      if (now.length > 0) before = now;
    }
    return keys;
  };

  if (isNested(root)) inside(root, "", [entrypoint]);
  else flat.tasks.push({ key: entrypoint, ...argoTemplate(root, {}, `task ${entrypoint}`, notes) });
  return flat;
}

const isNested = (template: Json): boolean => isObject(template.dag) || Array.isArray(template.steps);

/** The parameters that a task hands to its template. What else it asks for is said. */
function givenTo(named: Json, where: string, notes: Notes): Json {
  const fields = takeFields(named, where, notes);
  for (const known of ["name", "template", "inline", "dependencies", "depends"]) fields.take(known);
  const given = objectOf(fields.take("arguments"));
  for (const artifact of objectsOf(given.artifacts))
    notes.add(where, `artifact ${String(artifact.name)}`, "Hand over tables or outputs instead.");
  fields.leave("when", "Put a branch before the task.");
  for (const loop of ["withItems", "withParam", "withSequence"])
    fields.leave(loop, "The task is imported once. Make it a map over a list.");
  fields.end();
  return Object.fromEntries(
    objectsOf(given.parameters).flatMap((each) =>
      typeof each.name === "string" ? [[each.name, each.value ?? null]] : [],
    ),
  );
}

function sayWhyNot(
  name: string,
  template: Json | undefined,
  path: string[],
  where: string,
  notes: Notes,
): void {
  if (template === undefined) notes.add(where, `template ${name}`, "It is not part of this text.");
  else if (path.includes(name))
    notes.add(where, `template ${name}`, "It calls itself. Write the loop in a script.");
}

import { Draft, textsOf } from "./acts/draft";
import { parseText } from "./text/parse-text";

/**
 * Tasks of a text as JSON that `paste` takes: `{ tasks, failure_handling, canvas }` with what belongs to them. Ids that
 * are not there are passed over. Null where the text is no JSON.
 */
export function copyTasks(text: string, ids: readonly string[]): string | null {
  const parsed = parseText(text);
  if (!parsed.ok) return null;
  return JSON.stringify(taskFragment(new Draft(text, parsed.root), new Set(ids)), null, 2);
}

/** The part of a document that belongs to some tasks, itself shaped as a document. */
export function taskFragment(draft: Draft, ids: ReadonlySet<string>): Record<string, unknown> {
  const own = (fields: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(fields).filter(([id]) => ids.has(id)));
  const policies = own(draft.fields(["failure_handling", "task_level"]));
  const positions = own(draft.fields(["canvas", "positions"]));
  const groups = draft
    .canvasList("groups")
    .map(({ value }) => ({ ...value, tasks: textsOf(value.tasks).filter((id) => ids.has(id)) }))
    .filter((group) => group.tasks.length > 0);
  const canvas = {
    ...(isEmpty(positions) ? {} : { positions }),
    ...(groups.length === 0 ? {} : { groups }),
  };
  return {
    tasks: draft.tasks.filter((task) => ids.has(task.id)).map((task) => task.value),
    ...(isEmpty(policies) ? {} : { failure_handling: { task_level: policies } }),
    ...(isEmpty(canvas) ? {} : { canvas }),
  };
}

const isEmpty = (fields: object): boolean => Object.keys(fields).length === 0;

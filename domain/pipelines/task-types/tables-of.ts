import { taskType } from "./index";

type AnyTask = { type: string; config: unknown };

const NAME = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*){2}$/;

/** Three-part names of tables that a task's config says it reads and writes; a map's are those of the task it holds. */
export function tablesOf({ type, config }: AnyTask): { reads: string[]; writes: string[] } {
  const known = taskType(type);
  if (known?.kind === "map") {
    const inner = (config as { task?: unknown } | null)?.task;
    return isTask(inner) && inner.type !== "map" ? tablesOf(inner) : { reads: [], writes: [] };
  }
  return {
    reads: names(() => known?.reads?.(config) ?? []),
    writes: names(() => known?.writes?.(config) ?? []),
  };
}

/** A config that is not sound yet may hold anything: what cannot be read names nothing. */
function names(read: () => unknown[]): string[] {
  try {
    return read().filter((name): name is string => typeof name === "string" && NAME.test(name));
  } catch {
    return [];
  }
}

const isTask = (value: unknown): value is AnyTask =>
  typeof value === "object" &&
  value !== null &&
  "type" in value &&
  typeof value.type === "string" &&
  "config" in value;

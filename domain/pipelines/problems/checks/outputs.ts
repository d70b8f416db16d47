import type { LoosePipeline, LooseTask } from "../loose-pipeline";
import type { Problem } from "../problem";

type Writer = { task: LooseTask; table: string; pointer: string; adds: boolean };

/** Two tasks that write one table with no order between them, and maps whose items write over each other. */
export function checkOutputs(pipeline: LoosePipeline): Problem[] {
  const byTable = new Map<string, Writer[]>();
  for (const task of pipeline.tasks) {
    for (const writer of writersOf(task, pipeline.tables[task.index]?.writes ?? [])) {
      byTable.set(writer.table, [...(byTable.get(writer.table) ?? []), writer]);
    }
  }
  return [
    ...[...byTable.values()].flatMap((writers) => clashes(writers, pipeline)),
    ...pipeline.tasks.flatMap(checkMap),
  ];
}

function writersOf(task: LooseTask, tables: readonly string[]): Writer[] {
  const at = `/tasks/${task.index}/config`;
  const inner = task.type === "map" ? `${at}/task/config` : at;
  const config = (task.type === "map" ? (task.config.task as { config?: unknown })?.config : task.config) as
    | Record<string, unknown>
    | undefined;
  const branch = typeof config?.branch === "string" ? `@${config.branch}` : "";
  return tables.map((table) => ({
    task,
    table: table + branch,
    pointer: pointerOf(config ?? {}, inner, table),
    adds: config?.write_mode === "append",
  }));
}

function pointerOf(config: Record<string, unknown>, at: string, table: string): string {
  for (const key of ["target_table", "output_table"]) if (config[key] === table) return `${at}/${key}`;
  const named = Object.entries((config.output_tables as object | undefined) ?? {}).find(
    ([, each]) => each === table,
  );
  return named === undefined ? at : `${at}/output_tables/${named[0]}`;
}

function clashes(writers: readonly Writer[], pipeline: LoosePipeline): Problem[] {
  return writers.flatMap((later, place) => {
    const earlier = writers.slice(0, place).find((other) => clash(other, later, pipeline));
    if (earlier === undefined) return [];
    const name = later.table.split("@")[0];
    return [
      {
        pointer: later.pointer,
        taskId: later.task.task_id,
        severity: "error" as const,
        code: "duplicate_output" as const,
        message:
          earlier.task === later.task
            ? `"${later.task.task_id}" writes ${name} twice.`
            : `"${earlier.task.task_id}" and "${later.task.task_id}" both write ${name}, and neither waits for the other.`,
        hint: "What the table holds would depend on which ends last. Write another table, append, or let one depend on the other.",
      },
    ];
  });
}

function clash(one: Writer, other: Writer, pipeline: LoosePipeline): boolean {
  if (one.adds && other.adds) return false;
  const [a, b] = [one.task.index, other.task.index];
  if (a === b) return true;
  if (pipeline.ancestors.isBefore(a, b) || pipeline.ancestors.isBefore(b, a)) return false;
  return !areAlternatives(a, b, pipeline);
}

/** Whether one branch before both chooses either of them, never both. */
function areAlternatives(a: number, b: number, { tasks, byId, ancestors }: LoosePipeline): boolean {
  return tasks.some((branch) => {
    if (branch.type !== "branch") return false;
    if (!ancestors.isBefore(branch.index, a) || !ancestors.isBefore(branch.index, b)) return false;
    return choicesOf(branch).every((ids) => {
      const leads = (to: number) =>
        ids.some((id) => {
          const index = byId.get(id)?.index;
          return index !== undefined && (index === to || ancestors.isBefore(index, to));
        });
      return !(leads(a) && leads(b));
    });
  });
}

/** The ids that each case of a branch lets go on; what stands for all others last. */
export function choicesOf({ config }: LooseTask): string[][] {
  const ids = (value: unknown) =>
    (Array.isArray(value) ? value : []).filter((id): id is string => typeof id === "string");
  const cases = Array.isArray(config.cases) ? config.cases : [];
  return [...cases.map((each: { then?: unknown } | null) => ids(each?.then)), ids(config.otherwise)];
}

function checkMap(task: LooseTask): Problem[] {
  if (task.type !== "map") return [];
  const { over } = task.config;
  const inner = task.config.task as { config?: unknown } | null | undefined;
  const config = inner?.config as Record<string, unknown> | null | undefined;
  const table = config?.target_table ?? config?.output_table;
  if (typeof table !== "string" || table.includes("{{") || config?.write_mode === "append") return [];
  if (config?.write_mode === "merge" || (Array.isArray(over) && over.length < 2)) return [];
  const key = config?.target_table === table ? "target_table" : "output_table";
  return [
    {
      pointer: `/tasks/${task.index}/config/task/config/${key}`,
      taskId: task.task_id,
      severity: Array.isArray(over) ? "error" : "warning",
      code: "duplicate_output",
      message: `Each item of "${task.task_id}" writes ${table} anew, so only one item's rows would stay.`,
      hint: `Put {{ item }} or {{ index }} into the name, or append.`,
    },
  ];
}

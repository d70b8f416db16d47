import { findCycles, loopText } from "../../check-dag";
import type { LoosePipeline, LooseTask } from "../loose-pipeline";
import type { Problem } from "../problem";

type Edge = { writer: number; table: string };

/** Loops that go through tables, and readers that do not wait for who writes what they read. */
export function checkDataFlow(pipeline: LoosePipeline): Problem[] {
  const edges = dataEdges(pipeline);
  return [...loops(pipeline, edges), ...unorderedReads(pipeline, edges)];
}

/**
 * For each task the writers of what it reads, unless a task before it writes that already. What a task reads of its own
 * output is what the run before left: that is no loop.
 */
function dataEdges({ tasks, tables, ancestors }: LoosePipeline): Edge[][] {
  const writers = new Map<string, number[]>();
  for (const [index, { writes }] of tables.entries()) {
    for (const table of writes) writers.set(table, [...(writers.get(table) ?? []), index]);
  }
  return tasks.map(({ index }) => {
    return (tables[index]?.reads ?? []).flatMap((table) => {
      const those = writers.get(table) ?? [];
      if (those.includes(index) || those.some((writer) => ancestors.isBefore(writer, index))) return [];
      return those.map((writer) => ({ writer, table }));
    });
  });
}

function loops({ tasks, knowledge }: LoosePipeline, edges: Edge[][]): Problem[] {
  const ids = tasks.map((task) => task.task_id);
  const combined = tasks.map((task, index) => ({
    task_id: task.task_id,
    depends_on: [
      ...new Set([...(edges[index] ?? []).map(({ writer }) => ids[writer] as string), ...task.depends_on]),
    ],
  }));
  const places = new Map(ids.map((id, index) => [id, index]));
  return findCycles(combined).flatMap((cycle): Problem[] => {
    const through = cycle.slice(0, -1).flatMap((id, step) => {
      const reader = places.get(id) as number;
      const edge = edges[reader]?.find(({ writer }) => ids[writer] === cycle[step + 1]);
      return edge === undefined || tasks[reader]?.depends_on.includes(cycle[step + 1] as string)
        ? []
        : [{ reader, ...edge }];
    });
    const [first] = through;
    if (first === undefined) return [];
    const reader = tasks[first.reader] as LooseTask;
    const isThere = knowledge.tables?.includes(first.table) ?? null;
    return [
      {
        pointer: tablePointer(reader, first.table),
        taskId: reader.task_id,
        severity: isThere === false ? "error" : "warning",
        code: "table_cycle",
        message: `"${reader.task_id}" reads ${first.table}, which "${ids[first.writer]}" writes behind it: ${loopText(cycle)}.`,
        hint:
          isThere === false
            ? "The table does not exist yet, so the first run would fail. Let a task before this one write it."
            : "It reads what the run before left. Where that is meant, nothing is to be done.",
      },
    ];
  });
}

function unorderedReads({ tasks, ancestors }: LoosePipeline, edges: Edge[][]): Problem[] {
  return tasks.flatMap((reader) =>
    (edges[reader.index] ?? []).flatMap(({ writer, table }): Problem[] => {
      const source = tasks[writer] as LooseTask;
      if (ancestors.isBefore(reader.index, writer)) return [];
      if ((edges[writer] ?? []).some((edge) => edge.writer === reader.index)) return [];
      return [
        {
          pointer: tablePointer(reader, table),
          taskId: reader.task_id,
          severity: "warning",
          code: "unordered_read",
          message: `"${reader.task_id}" reads ${table} and does not wait for "${source.task_id}", which writes it.`,
          hint: `Without the order it may read what the run before left. Let it depend on "${source.task_id}".`,
          fix: {
            label: `Depend on ${source.task_id}`,
            pointer: `/tasks/${reader.index}/depends_on`,
            value: [...reader.depends_on, source.task_id],
          },
        },
      ];
    }),
  );
}

/** The field that names a table, as far as a field does; else the statement's. */
export function tablePointer({ index, config }: LooseTask, table: string): string {
  const at = `/tasks/${index}/config`;
  for (const key of ["dataset", "table", "input_table"]) if (config[key] === table) return `${at}/${key}`;
  for (const key of ["sql", "query_ref", "task"]) if (config[key] !== undefined) return `${at}/${key}`;
  return at;
}

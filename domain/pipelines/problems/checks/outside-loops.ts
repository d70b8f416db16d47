import type { Lineage } from "../knowledge";
import type { LoosePipeline, LooseTask } from "../loose-pipeline";
import type { Problem } from "../problem";
import { ownEntry } from "../tables-of-tasks";
import { tablePointer } from "./data-flow";

/** More steps outside of the pipeline than this tell nobody anything. */
const DEEPEST = 20;

/** A table, and how it came up: the one before it is made of it, by a pipeline or by a statement. */
type Step = { table: string; by: string | null; before: Step | null };

/**
 * Loops that leave the pipeline: a task reads what others make of a table that the task, or one behind it, writes. Each
 * run then goes on from what the runs before made.
 */
export function checkOutsideLoops({ tasks, tables, ancestors, knowledge }: LoosePipeline): Problem[] {
  const { lineage } = knowledge;
  if (lineage === null || Object.keys(lineage).length === 0) return [];
  const writers = new Map<string, number[]>();
  for (const [index, { writes }] of tables.entries())
    for (const table of writes) writers.set(table, [...(writers.get(table) ?? []), index]);
  return tasks.flatMap((reader): Problem[] => {
    const follows = (writer: number) => writer === reader.index || ancestors.isBefore(reader.index, writer);
    const outside = (tables[reader.index]?.reads ?? []).filter((table) => !writers.has(table));
    const loop = firstLoop(outside, lineage, (table) => writers.get(table)?.find(follows));
    const writer = tasks[loop?.writer ?? -1];
    return loop === null || writer === undefined ? [] : [problemOf(reader, writer, loop.end)];
  });
}

/** The shortest way from what is read to a table that `writerOf` knows. */
function firstLoop(
  reads: readonly string[],
  lineage: Lineage,
  writerOf: (table: string) => number | undefined,
): { end: Step; writer: number } | null {
  const seen = new Set(reads);
  const grow = (before: Step): Step[] =>
    (ownEntry(lineage, before.table) ?? []).flatMap(({ source, by }) => {
      if (seen.has(source)) return [];
      seen.add(source);
      return { table: source, by, before };
    });
  let front = reads.map((table): Step => ({ table, by: null, before: null }));
  for (let depth = 0; depth < DEEPEST && front.length > 0; depth += 1) {
    front = front.flatMap(grow);
    for (const end of front) {
      const writer = writerOf(end.table);
      if (writer !== undefined) return { end, writer };
    }
  }
  return null;
}

function problemOf(reader: LooseTask, writer: LooseTask, end: Step): Problem {
  const path: Step[] = [];
  for (let step: Step | null = end; step !== null; step = step.before) path.unshift(step);
  const read = path[0] as Step;
  const makers = path.slice(1).map(({ by }) => (by === null ? "a statement" : `the pipeline ${by}`));
  const who = writer === reader ? "the same task" : `"${writer.task_id}"`;
  const loop = [...path.map(({ table }) => table), ...(writer === reader ? [] : [writer.task_id])];
  return {
    pointer: tablePointer(reader, read.table),
    taskId: reader.task_id,
    severity: "warning",
    code: "table_cycle",
    message: `"${reader.task_id}" reads ${read.table}, which ${[...new Set(makers)].join(" and ")} made of ${end.table}, and ${who} writes that: ${[reader.task_id, ...loop, reader.task_id].join(" → ")}.`,
    hint: "Each run goes on from what the runs before made. Where that is meant, nothing is to be done.",
  };
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Random, random } from "../edit/fuzz/random";
import { diffDocuments } from "./diff-documents";
import type { DocumentChange } from "./document-change";

// biome-ignore lint/style/noProcessEnv: the full tier asks for more cases
const isFull = process.env.BENCHWRIGHT_FULL_TESTS === "1";

type Task = { task_id: string; type: string; depends_on: string[]; config: Record<string, unknown> };

const sorted = (changes: readonly DocumentChange[]): string[] =>
  changes.map((each) => JSON.stringify(each)).sort();

function someTask(source: Random, id: string, before: readonly string[]): Task {
  const unique = () => source.whole(1e9);
  const config = {
    sql: `SELECT ${unique()} AS "{{ tasks.${before[0] ?? id}.outputs.n }}"`,
    "a/b": unique(),
    deep: { n: unique(), list: [unique(), unique()] },
    more: unique(),
  };
  return {
    task_id: id,
    type: source.pick(["sql_execute", "python"]),
    depends_on: source.some(before),
    config,
  };
}

/** A document, an edited one, and what the script that edited it did. */
function edited(source: Random): { before: unknown; after: unknown; applied: DocumentChange[] } {
  const ids = Array.from({ length: 2 + source.whole(9) }, (_, index) => `t${index}`);
  const tasks = ids.map((id, index) => someTask(source, id, ids.slice(0, index)));
  const before = {
    pipeline_id: "p",
    name: "P",
    timeout: "1h",
    parameters: { days: 1 },
    tasks,
    canvas: { positions: { t0: [1, 2] } },
  };
  const applied: DocumentChange[] = [];
  const now = structuredClone(tasks);
  for (const task of now) {
    if (source.chance(0.3)) {
      const after = source.whole(1e9);
      const { more } = task.config;
      task.config.more = after;
      applied.push({
        change: "task_changed",
        task: task.task_id,
        pointer: "/config/more",
        before: more,
        after,
      });
    }
    if (source.chance(0.2)) {
      const was = task.config["a/b"];
      delete task.config["a/b"];
      applied.push({
        change: "task_changed",
        task: task.task_id,
        pointer: "/config/a~1b",
        before: was,
        after: undefined,
      });
    }
  }
  const gone = new Set(source.chance(0.5) ? [source.pick(ids)] : []);
  for (const task of now.filter((each) => gone.has(each.task_id))) task.depends_on = [];
  const kept = now.filter((task) => !gone.has(task.task_id));
  for (const task of kept) {
    const wanted = task.depends_on.filter((id) => !gone.has(id) && source.chance(0.8));
    task.depends_on = source.chance(0.5) ? wanted.toReversed() : wanted;
  }
  const added = source.chance(0.5)
    ? [
        someTask(
          source,
          "fresh",
          kept.map((task) => task.task_id),
        ),
      ]
    : [];
  const names = new Map(
    kept.filter(() => source.chance(0.3)).map(({ task_id }) => [task_id, `new_${task_id}`]),
  );
  const nameOf = (id: string) => names.get(id) ?? id;
  const result = [...added, ...kept].map((task) => ({
    ...task,
    task_id: nameOf(task.task_id),
    depends_on: task.depends_on.map(nameOf),
    config: JSON.parse(
      JSON.stringify(task.config).replaceAll(/tasks\.(\w+)\./g, (_, id: string) => `tasks.${nameOf(id)}.`),
    ),
  }));
  const changes = applied
    .filter((each) => "task" in each && !gone.has(each.task))
    .map((each) => ("task" in each ? { ...each, task: nameOf(each.task) } : each));
  const edges = (list: readonly Task[]) =>
    list.flatMap((task) => task.depends_on.map((from) => ({ from: nameOf(from), to: nameOf(task.task_id) })));
  const has = (list: { from: string; to: string }[], edge: { from: string; to: string }) =>
    list.some((each) => each.from === edge.from && each.to === edge.to);
  const [old, current] = [edges(tasks), edges([...added, ...kept])];
  const newName = source.chance(0.4);
  return {
    before,
    after: {
      ...before,
      canvas: { positions: { t0: [9, 9] } },
      ...(newName ? { name: "Q", parameters: { days: 1, hours: 2 } } : {}),
      tasks: source.chance(0.5) ? result.toReversed() : result,
    },
    applied: [
      ...changes,
      ...[...names].map(([from, task]) => ({ change: "task_renamed" as const, task, from })),
      ...tasks
        .filter(({ task_id }) => gone.has(task_id))
        .map(({ task_id, type }) => ({ change: "task_removed" as const, task: task_id, type })),
      ...added.map(({ task_id, type }) => ({ change: "task_added" as const, task: task_id, type })),
      ...current
        .filter((edge) => !has(old, edge))
        .map((edge) => ({ change: "edge_added" as const, ...edge })),
      ...old
        .filter((edge) => !has(current, edge))
        .map((edge) => ({ change: "edge_removed" as const, ...edge })),
      ...(newName
        ? [
            { change: "field_changed" as const, pointer: "/name", before: "P", after: "Q" },
            { change: "field_changed" as const, pointer: "/parameters/hours", before: undefined, after: 2 },
          ]
        : []),
    ],
  };
}

describe("the difference of two documents", () => {
  it("is what a random script did", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { before, after, applied } = edited(random(seed));
        expect(sorted(diffDocuments(before, after))).toEqual(sorted(applied));
      }),
      { numRuns: isFull ? 5_000 : 200 },
    );
  });

  it("follows a rename into failure handling and branches, and says nothing of the canvas", () => {
    const document = (id: string, x: number) => ({
      tasks: [
        { task_id: id, type: "http", config: { url: "https://example.org" } },
        {
          task_id: "b",
          type: "branch",
          depends_on: [id],
          config: { cases: [{ when: `tasks.${id}.outputs.ok` }] },
        },
      ],
      failure_handling: { task_level: { [id]: "retry_then_fail" } },
      canvas: { positions: { [id]: [x, 0] } },
    });
    expect(diffDocuments(document("old", 0), document("now", 5))).toEqual([
      { change: "task_renamed", task: "now", from: "old" },
    ]);
  });

  it("takes tasks that have little in common for two", () => {
    const one = { tasks: [{ task_id: "a", type: "http", config: { url: "x", method: "GET" } }] };
    const other = { tasks: [{ task_id: "z", type: "http", config: { url: "y", method: "PUT" } }] };
    expect(diffDocuments(one, other)).toEqual([
      { change: "task_added", task: "z", type: "http" },
      { change: "task_removed", task: "a", type: "http" },
    ]);
  });
});

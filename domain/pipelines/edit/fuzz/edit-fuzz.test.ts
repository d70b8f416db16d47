import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyOperation } from "../apply-operation";
import { type EditHistory, startHistory } from "../history/edit-history";
import { perform } from "../history/perform";
import { redo, undo } from "../history/undo";
import type { Operation } from "../operation";
import { applyEdits } from "../text/apply-edits";
import { jsonOf, parseText } from "../text/parse-text";
import { modelled } from "./model";
import { random } from "./random";
import { OPERATION_KINDS, randomOperation } from "./random-operation";
import { randomLayout, randomPipeline } from "./random-pipeline";

// biome-ignore lint/style/noProcessEnv: the full tier asks for more cases
const isFull = process.env.BENCHWRIGHT_FULL_TESTS === "1";
const LIMIT_MS = isFull ? 600_000 : 40_000;
const PER_SCRIPT = 25;

type Tasks = { tasks: { task_id: string }[] };

function read(text: string): Record<string, unknown> & Tasks {
  const parsed = parseText(text);
  if (!parsed.ok) throw new Error(`line ${parsed.mistake.line}: ${parsed.mistake.message}\n${text}`);
  return jsonOf(parsed.root) as Record<string, unknown> & Tasks;
}

/** The bytes of each task, by its id. */
function slices(text: string): Map<string, string> {
  const parsed = parseText(text);
  const property = parsed.ok
    ? parsed.root.children?.find((each) => each.children?.[0]?.value === "tasks")
    : null;
  const nodes = property?.children?.[1]?.children ?? [];
  return new Map(
    nodes.map((node) => [
      (jsonOf(node) as { task_id: string }).task_id,
      text.slice(node.offset, node.offset + node.length),
    ]),
  );
}

/** What an operation must keep, whatever it is. */
function check(before: string, after: string, operation: Operation): void {
  const [was, is] = [read(before), read(after)];
  const model = modelled(was, operation);
  if (model !== null) expect(is).toEqual(model);
  if (operation.kind === "import") return;
  const [old, now] = [slices(before), slices(after)];
  for (const task of was.tasks) {
    const same = is.tasks.find((each) => each.task_id === task.task_id);
    if (same !== undefined && JSON.stringify(same) === JSON.stringify(task))
      expect(now.get(task.task_id)).toBe(old.get(task.task_id));
  }
  if (operation.kind !== "set_config" && operation.kind !== "set_task_field") return;
  const own = old.get(operation.id) ?? "";
  const at = before.indexOf(own);
  expect(after.startsWith(before.slice(0, at))).toBe(true);
  expect(after.endsWith(before.slice(at + own.length))).toBe(true);
}

/** Undoes everything and does everything again; each text on the way is one that was there. */
function walkBackAndForth(end: EditHistory, texts: readonly string[]): void {
  let history = end;
  for (const text of texts.toReversed()) {
    expect(history.text).toBe(text);
    history = undo(history).history;
  }
  expect(history.past).toBeNull();
  for (const text of texts) {
    expect(history.text).toBe(text);
    history = redo(history).history;
  }
  expect(history.future).toBeNull();
}

const script = fc.record({
  seed: fc.nat(),
  kinds: fc.array(fc.constantFrom(...OPERATION_KINDS), { minLength: PER_SCRIPT, maxLength: PER_SCRIPT }),
});

describe("any operations in any order", () => {
  it(
    "say what plain changes of the document say, and undo and redo to the byte",
    () => {
      const carriedOut = new Map<string, number>();
      fc.assert(
        fc.property(script, ({ seed, kinds }) => {
          const source = random(seed);
          const start = randomLayout(source, randomPipeline(source));
          let history: EditHistory = startHistory(start);
          const texts = [start];
          for (const kind of kinds) {
            const before = history.text;
            const operation = randomOperation(source, kind, read(before), before);
            const { history: next, applied } = perform(history, operation, 0);
            if (applied.ok) {
              expect(applyEdits(before, applied.edits)).toBe(next.text);
              check(before, next.text, operation);
              carriedOut.set(kind, (carriedOut.get(kind) ?? 0) + 1);
            } else expect(next).toBe(history);
            if (next !== history) texts.push(next.text);
            history = next;
          }
          walkBackAndForth(history, texts);
        }),
        { numRuns: isFull ? 600 : 20 },
      );
      expect([...carriedOut.keys()].sort()).toEqual([...OPERATION_KINDS].sort());
    },
    LIMIT_MS,
  );
});

describe("an edit of one task in a text with comments", () => {
  it(
    "touches the lines of that task alone",
    () => {
      fc.assert(
        fc.property(fc.nat(), (seed) => {
          const source = random(seed);
          const text = randomLayout(source, randomPipeline(source));
          for (const kind of ["set_config", "set_task_field"] as const) {
            const operation = randomOperation(source, kind, read(text), text);
            const applied = applyOperation(text, operation);
            if (applied.ok) check(text, applied.text, operation);
          }
        }),
        { numRuns: isFull ? 2_000 : 50 },
      );
    },
    LIMIT_MS,
  );
});

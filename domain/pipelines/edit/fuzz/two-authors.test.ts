import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EditHistory, startHistory } from "../history/edit-history";
import { perform } from "../history/perform";
import { rebaseHistory } from "../history/rebase-history";
import { undo } from "../history/undo";
import { jsonOf, parseText } from "../text/parse-text";
import { type Random, random } from "./random";
import { OPERATION_KINDS, randomOperation } from "./random-operation";
import { randomLayout, randomPipeline } from "./random-pipeline";

// biome-ignore lint/style/noProcessEnv: the full tier asks for more cases
const isFull = process.env.BENCHWRIGHT_FULL_TESTS === "1";

const KINDS = OPERATION_KINDS.filter((kind) => kind !== "import" && kind !== "replace_text");

function read(text: string): Record<string, unknown> {
  const parsed = parseText(text);
  if (!parsed.ok) throw new Error(`line ${parsed.mistake.line}: ${parsed.mistake.message}\n${text}`);
  return jsonOf(parsed.root) as Record<string, unknown>;
}

/** A value in which the order of lists is nothing. */
function unordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => JSON.stringify(unordered(each))).sort();
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).map(([key, each]) => [key, unordered(each)] as const);
  return Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function act(source: Random, start: EditHistory, times: number): EditHistory {
  let history = start;
  for (let time = 0; time < times; time += 1) {
    const operation = randomOperation(source, source.pick(KINDS), read(history.text), history.text);
    history = perform(history, operation, 0).history;
  }
  return history;
}

/** Nothing can be undone since both made the same change. */
const isCut = ({ past }: EditHistory): boolean =>
  past === null || (past.step.kind === "outside" && past.below === null);

describe("two authors of one text", () => {
  it(
    "never lose what the other did, nor undo it",
    () => {
      let together = 0;
      let whole = 0;
      fc.assert(
        fc.property(fc.nat(), (seed) => {
          const source = random(seed);
          const base = randomLayout(source, randomPipeline(source));
          const mine = act(source, startHistory(base), 1 + source.whole(3));
          const theirs = act(source, startHistory(base), 1 + source.whole(3)).text;
          const result = rebaseHistory(mine, base, theirs);
          if (!result.ok) {
            expect(result.conflicts).not.toEqual([]);
            return;
          }
          together += 1;
          let undone = undo(result.history);
          for (; undone.done; undone = undo(undone.history)) read(undone.history.text);
          if (undone.blocked || isCut(result.history)) return;
          whole += 1;
          expect(unordered(read(undone.history.text))).toEqual(unordered(read(theirs)));
        }),
        { numRuns: isFull ? 3_000 : 60 },
      );
      expect(together).toBeGreaterThan(10);
      expect(whole).toBeGreaterThan(together / 2);
    },
    isFull ? 600_000 : 40_000,
  );
});

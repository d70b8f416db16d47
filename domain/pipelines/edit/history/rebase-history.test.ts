import { describe, expect, it } from "vitest";
import type { Operation } from "../operation";
import { jsonOf, parseText } from "../text/parse-text";
import { type EditHistory, startHistory } from "./edit-history";
import { perform } from "./perform";
import { rebaseHistory } from "./rebase-history";
import { typeIn } from "./type-in";
import { redo, undo } from "./undo";

const BASE = `{
  "name": "P",
  "tasks": [
    { "task_id": "a", "type": "python", "config": { "n": 1, "m": 1 } },
    // about b
    { "task_id": "b", "type": "python", "config": { "n": 1 } }
  ]
}
`;

function edited(history: EditHistory, ...operations: Operation[]): EditHistory {
  return operations.reduce((each, operation) => {
    const { history: next, applied } = perform(each, operation, 0);
    if (!applied.ok) throw new Error(applied.message);
    return next;
  }, history);
}
function rebased(history: EditHistory, theirs: string): EditHistory {
  const result = rebaseHistory(history, BASE, theirs);
  if (!result.ok) throw new Error(JSON.stringify(result.conflicts));
  return result.history;
}
const textAfter = (...operations: Operation[]) => edited(startHistory(BASE), ...operations).text;
const setting = (id: string, pointer: string, value: unknown): Operation => ({
  kind: "set_config",
  id,
  pointer,
  value,
});
const adding = (id: string): Operation => ({ kind: "add_task", id, type: "python", config: {} });
function json(text: string) {
  const parsed = parseText(text);
  if (!parsed.ok) throw new Error(text);
  return jsonOf(parsed.root) as { tasks: { task_id: string; config: unknown }[] };
}

describe("an edit history and what others save meanwhile", () => {
  it("takes in a change of another place, and its undo leaves that change", () => {
    const mine = edited(startHistory(BASE), setting("a", "/n", 2), setting("b", "/n", 3));
    const theirs = textAfter(setting("a", "/m", 9)).replace("// about b", "// theirs, about b");
    const both = rebased(mine, theirs);
    expect(json(both.text).tasks).toMatchObject([{ config: { n: 2, m: 9 } }, { config: { n: 3 } }]);
    expect(both.text).toContain("// theirs");
    const back = undo(undo(both).history).history;
    expect(back.text).toBe(theirs);
    expect(redo(redo(back).history).history.text).toBe(both.text);
  });

  it("keeps tasks that both appended, and takes back its own alone", () => {
    const both = rebased(edited(startHistory(BASE), adding("mine")), textAfter(adding("theirs")));
    expect(json(both.text).tasks.map((task) => task.task_id)).toEqual(["a", "b", "mine", "theirs"]);
    expect(json(undo(both).history.text)).toEqual(json(textAfter(adding("theirs"))));
  });

  it("brings together by meaning what lies on one line", () => {
    const both = rebased(
      edited(startHistory(BASE), { kind: "rename_task", id: "b", to: "z" }),
      textAfter(setting("a", "/n", 5), setting("a", "/m", 6)),
    );
    expect(json(both.text).tasks).toMatchObject([{ config: { n: 5, m: 6 } }, { task_id: "z" }]);
  });

  it("names the place where both say different things, and changes nothing", () => {
    const mine = edited(startHistory(BASE), setting("a", "/n", 2));
    expect(rebaseHistory(mine, BASE, textAfter(setting("a", "/n", 3)))).toEqual({
      ok: false,
      conflicts: [{ pointer: "/tasks/a/config/n", task: "a", base: 1, mine: 2, theirs: 3 }],
    });
    const gone = rebaseHistory(mine, BASE, textAfter({ kind: "remove", tasks: ["a"] }));
    expect(gone).toMatchObject({ conflicts: [{ pointer: "/tasks/a", task: "a", theirs: undefined }] });
    const same = rebaseHistory(mine, BASE, textAfter(setting("a", "/n", 2)));
    expect(same).toMatchObject({ ok: true, edits: [] });
  });

  it("does not undo what others built upon", () => {
    const mine = edited(startHistory(BASE), setting("a", "/n", { deep: 1 }));
    const saved = mine.text;
    const theirs = edited(startHistory(saved), setting("a", "/n/deep", 2)).text;
    const result = rebaseHistory(mine, saved, theirs);
    expect(result.ok && undo(result.history)).toMatchObject({
      done: false,
      blocked: true,
      history: { text: theirs },
    });
  });

  it("keeps typing as one step until it pauses, in a broken text too", () => {
    const at = BASE.indexOf('"P"') + 2;
    let history = startHistory(BASE);
    for (const [index, letter] of [..."ear"].entries())
      history = typeIn(history, [{ offset: at + index, length: 0, content: letter }], index * 100);
    history = typeIn(history, [{ offset: at + 2, length: 1, content: "" }], 400);
    history = typeIn(history, [{ offset: at + 2, length: 1, content: "" }], 500);
    expect(history.text).toContain('"Pea,');
    history = typeIn(history, [{ offset: at + 2, length: 0, content: '"' }], 5_000);
    expect(history.text).toContain('"Pea",');
    history = undo(history).history;
    expect(history.text).toContain('"Pea,');
    history = undo(history).history;
    expect([history.text, history.past]).toEqual([BASE, null]);
    expect(redo(redo(history).history).history.text).toContain('"Pea",');
  });
});

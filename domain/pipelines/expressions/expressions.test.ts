import { describe, expect, it } from "vitest";
import { compileExpression } from "./compile-expression";
import { evaluateExpression, fillExpressions } from "./fill-expressions";
import { namedTasks } from "./named-tasks";
import { readTemplate } from "./read-template";

const scope = {
  run: { id: "r1", number: 7n, scheduled_for: "2026-01-02T02:00:00.000Z", date: "2026-01-02" },
  parameters: { days: 14, regions: ["north", "south"], name: "x" },
  tasks: { train: { outputs: { metrics: { mape: 0.1 } } }, "a-b": { outputs: { ok: true } } },
};

describe("expressions", () => {
  it("keep their type where they are the whole text, and join texts otherwise", () => {
    expect(
      fillExpressions(
        {
          over: "{{ parameters.regions }}",
          n: " {{ parameters.days + 1 }}",
          s: "d={{ run.date }} n={{ run.number }}",
        },
        scope,
      ),
    ).toEqual({ over: ["north", "south"], n: 15, s: "d=2026-01-02 n=7" });
  });

  it("know item and index inside of a map alone", () => {
    expect(fillExpressions("t_{{ item }}_{{ index }}", { ...scope, item: "n", index: 2n })).toBe("t_n_2");
    expect(compileExpression("item", false)).toMatchObject({
      ok: false,
      message: expect.stringContaining("map only"),
    });
  });

  it("mix whole and broken numbers", () => {
    expect(evaluateExpression("parameters.days / 4 + 1", scope)).toBe(4.5);
    expect(evaluateExpression("tasks.train.outputs.metrics.mape < 1 && tasks['a-b'].outputs.ok", scope)).toBe(
      true,
    );
  });

  it("say what is wrong and where", () => {
    expect(compileExpression("run.datum", false)).toMatchObject({ ok: false, position: 4 });
    expect(compileExpression("1 +", false)).toMatchObject({
      ok: false,
      message: "The expression ends too early.",
    });
    expect(() => evaluateExpression("parameters.none", scope)).toThrow("No such key: none");
    expect(() => evaluateExpression("globalThis.process", scope)).toThrow("not known");
  });

  it("end at their own braces, not at those of a map or a text", () => {
    expect(readTemplate('{{ {"a": {"b": "}}"}} }}')).toMatchObject({ ok: true, isWhole: true });
    expect(readTemplate("a {{ b")).toMatchObject({ ok: false, position: 2 });
  });

  it("name the tasks that they need, also in what a map holds and in conditions", () => {
    const map = {
      over: "{{ tasks.list.outputs.items }}",
      task: { type: "http", config: { url: "{{ tasks['a-b'].outputs.u + item }}" } },
    };
    expect(namedTasks("map", map)).toEqual(["list", "a-b"]);
    expect(namedTasks("branch", { cases: [{ when: "tasks.train.outputs.ok" }] })).toEqual(["train"]);
  });
});

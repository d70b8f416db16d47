import { describe, expect, it } from "vitest";
import { applyOperation } from "./apply-operation";
import { copyTasks } from "./copy-tasks";
import type { Operation } from "./operation";
import { jsonOf, parseText } from "./text/parse-text";

const TEXT = `{
    // The nightly one.
    "pipeline_id": "p",
    "name": "P", // shown to people
    "tasks": [
        // Brings the data in.
        { "task_id": "a", "type": "ingestion_trigger", "config": { "connections": ["shop"] } },
        {
            "task_id": "b", // the features
            "type": "sql_execute",
            "depends_on": ["a"],
            "config": {
                "sql": "SELECT '{{ tasks.a.outputs.rows }}' AS \\"n\\"",
                /* where it goes */
                "target_table": "x.y.z",
                "write_mode":   "overwrite"
            }
        }, // beside b
        {
            "task_id": "c",
            "type": "branch",
            "depends_on": ["a", "b"],
            "config": { "cases": [{ "when": "tasks.b.outputs.n > 3 && x.tasks.b != 'tasks.b'", "then": ["d"] }] }
        },
        { "task_id": "d", "type": "python", "depends_on": [ "c" ], "x-unknown": 1, "config": {} }
    ],
    "failure_handling": { "task_level": { "b": "retry_then_fail" } },
    "canvas": {
        "positions": { "a": [0, 0], "b": [200, 0] },
        "groups": [{ "id": "g", "label": "Get", "tasks": ["a", "b"] }]
    }
}
`;

function done(operation: Operation, text = TEXT): string {
  const applied = applyOperation(text, operation);
  if (!applied.ok) throw new Error(applied.message);
  return applied.text;
}
function refused(operation: Operation, text = TEXT): string {
  const applied = applyOperation(text, operation);
  if (applied.ok) throw new Error("it was carried out");
  return applied.message;
}
/** Lines of `after` that `before` lacks, and the other way round, as a patch. */
function patch(before: string, after: string): string[] {
  const [old, now] = [before.split("\n"), after.split("\n")];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `-${line.trim()}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+${line.trim()}`),
  ];
}
const json = (text: string) => {
  const parsed = parseText(text);
  // biome-ignore lint/suspicious/noExplicitAny: what the text says is looked at freely
  return (parsed.ok ? jsonOf(parsed.root) : null) as any;
};

describe("an operation on a pipeline's text", () => {
  it("sets a setting in its line and no other", () => {
    const after = done({ kind: "set_config", id: "b", pointer: "/write_mode", value: "append" });
    expect(patch(TEXT, after)).toEqual(['-"write_mode":   "overwrite"', '+"write_mode":   "append"']);
  });

  it("takes a whole config and changes what differs", () => {
    const { config } = json(TEXT).tasks[1];
    const value = { ...config, target_table: undefined, merge_keys: ["id"] };
    const after = done({ kind: "set_config", id: "b", pointer: "", value });
    expect(patch(TEXT, after)).toEqual([
      "-/* where it goes */",
      '-"target_table": "x.y.z",',
      '-"write_mode":   "overwrite"',
      '+"write_mode":   "overwrite",',
      '+"merge_keys": ["id"]',
    ]);
  });

  it("appends a task as the others are indented", () => {
    const after = done({
      kind: "add_task",
      id: "e",
      type: "python",
      config: { script: "p/s.py" },
      after: ["d"],
    });
    expect(patch(TEXT, after)).toEqual([
      '-{ "task_id": "d", "type": "python", "depends_on": [ "c" ], "x-unknown": 1, "config": {} }',
      '+{ "task_id": "d", "type": "python", "depends_on": [ "c" ], "x-unknown": 1, "config": {} },',
      '+"task_id": "e",',
      '+"type": "python",',
      '+"depends_on": ["d"],',
      '+"script": "p/s.py"',
      "+}",
    ]);
    expect(after).toContain('        {\n            "task_id": "e"');
  });

  it("removes a task with its comments and what names it, and keeps the rest", () => {
    const after = done({ kind: "remove", tasks: ["b"] });
    expect(patch(TEXT, after).filter((line) => line.startsWith("+"))).toEqual([
      '+"positions": { "a": [0, 0] },',
      '+"groups": [{ "id": "g", "label": "Get", "tasks": ["a"] }]',
    ]);
    expect(after).not.toContain("beside b");
    expect(after).toContain("// Brings the data in.");
    expect(json(after)).toMatchObject({
      tasks: [{ task_id: "a" }, { task_id: "c", depends_on: ["a"] }, { task_id: "d" }],
      canvas: { positions: { a: [0, 0] }, groups: [{ tasks: ["a"] }] },
    });
    expect(json(after).failure_handling).toBeUndefined();
  });

  it("renames a task everywhere, in expressions too, and not in texts that look alike", () => {
    const after = done({ kind: "rename_task", id: "b", to: "features-v2" });
    const { tasks, failure_handling, canvas } = json(after);
    expect(tasks[2]).toMatchObject({ depends_on: ["a", "features-v2"] });
    expect(tasks[2].config.cases[0].when).toBe(
      "tasks['features-v2'].outputs.n > 3 && x.tasks.b != 'tasks.b'",
    );
    expect(failure_handling.task_level).toEqual({ "features-v2": "retry_then_fail" });
    expect(Object.keys(canvas.positions)).toEqual(["a", "features-v2"]);
    expect(canvas.groups[0].tasks).toEqual(["a", "features-v2"]);
    expect(json(done({ kind: "rename_task", id: "a", to: "src" })).tasks[1].config.sql).toBe(
      `SELECT '{{ tasks.src.outputs.rows }}' AS "n"`,
    );
  });

  it("connects and disconnects, and a branch no longer chooses what left it", () => {
    expect(patch(TEXT, done({ kind: "connect", from: "a", to: "d" }))).toEqual([
      '-{ "task_id": "d", "type": "python", "depends_on": [ "c" ], "x-unknown": 1, "config": {} }',
      '+{ "task_id": "d", "type": "python", "depends_on": [ "c", "a" ], "x-unknown": 1, "config": {} }',
    ]);
    const after = json(done({ kind: "disconnect", from: "c", to: "d" }));
    expect(after.tasks[3]).toEqual({ task_id: "d", type: "python", "x-unknown": 1, config: {} });
    expect(after.tasks[2].config.cases[0].then).toEqual([]);
    expect(refused({ kind: "connect", from: "a", to: "a" })).toContain("itself");
  });

  it("pastes what was copied with fresh ids; inner references follow, outer ones stay where they lead somewhere", () => {
    const copied = copyTasks(TEXT, ["b", "c", "d"]) ?? "";
    expect(JSON.parse(copied)).toMatchObject({ canvas: { positions: { b: [200, 0] } } });
    const here = json(done({ kind: "paste", text: copied, at: [10, 20] }));
    expect(here.tasks.slice(4)).toMatchObject([
      { task_id: "b_2", depends_on: ["a"] },
      { task_id: "c_2", depends_on: ["a", "b_2"] },
      { task_id: "d_2", depends_on: ["c_2"], "x-unknown": 1 },
    ]);
    expect(here.tasks[5].config.cases[0].then).toEqual(["d_2"]);
    expect(here.tasks[5].config.cases[0].when).toContain("tasks.b_2.outputs.n > 3");
    // Aside of what lies there already.
    expect(here.canvas.positions.b_2).toEqual([90, 100]);
    expect(here.failure_handling.task_level.b_2).toBe("retry_then_fail");
    const elsewhere = json(done({ kind: "paste", text: copied }, '{"pipeline_id":"q","name":"Q"}'));
    expect(elsewhere.tasks.map((task: { depends_on?: string[] }) => task.depends_on)).toEqual([
      undefined,
      ["b"],
      ["c"],
    ]);
    expect(refused({ kind: "paste", text: "SELECT 1" })).toContain("no JSON");
  });

  it("keeps the style of the file: tabs, CRLF, one line, a comma behind the last", () => {
    const tabs = '{\r\n\t"name": "n",\r\n\t"tasks": [],\r\n}\r\n';
    expect(done({ kind: "add_task", id: "a", type: "t", config: {}, at: [1, 2] }, tabs)).toBe(
      '{\r\n\t"name": "n",\r\n\t"tasks": [\r\n\t\t{\r\n\t\t\t"task_id": "a",\r\n\t\t\t"type": "t",\r\n\t\t\t"config": {}\r\n\t\t}\r\n\t],\r\n\t"canvas": {\r\n\t\t"positions": {\r\n\t\t\t"a": [1, 2]\r\n\t\t}\r\n\t},\r\n}\r\n',
    );
    expect(done({ kind: "set_field", pointer: "/parameters/days", value: [1, 2] }, '{"name":"n"}')).toBe(
      '{"name":"n","parameters":{"days":[1,2]}}',
    );
  });

  it("is refused in words on a broken text and where it makes no sense", () => {
    expect(refused({ kind: "connect", from: "a", to: "b" }, '{\n "tasks": [}')).toBe(
      "The text is broken at line 2: a value is missing. Mend it there first.",
    );
    expect(refused({ kind: "rename_task", id: "a", to: "b" })).toBe("There is a task b already.");
    expect(refused({ kind: "rename_task", id: "a", to: "1 b" })).toContain("cannot be a task's id");
    expect(refused({ kind: "remove", tasks: ["zz"] })).toBe("There is no task zz.");
    expect(refused({ kind: "set_field", pointer: "/tasks/0", value: 1 })).toContain("one by one");
    const twice = '{"tasks":[{"task_id":"a"},{"task_id":"a"}]}';
    expect(refused({ kind: "set_config", id: "a", pointer: "/x", value: 1 }, twice)).toContain(
      "More than one",
    );
  });
});

import { describe, expect, it } from "vitest";
import { parsePipeline } from "./parse-pipeline";

const sql = (more: object = {}) => ({
  task_id: "features",
  type: "sql_execute",
  config: { sql: "SELECT 1 AS a", target_table: "analytics.derived.a", write_mode: "overwrite" },
  ...more,
});
const pipeline = (...tasks: object[]) => ({ pipeline_id: "p", name: "P", tasks });

const errorsOf = (json: unknown) => {
  const parsed = parsePipeline(json);
  return parsed.ok ? [] : parsed.errors;
};

describe("parsePipeline", () => {
  it("reads a sound document", () => {
    expect(parsePipeline(pipeline(sql())).ok).toBe(true);
  });

  it("refuses unknown fields by name, at any depth, all at once", () => {
    const errors = errorsOf({ ...pipeline(sql({ retries: 3 })), "owner/team": "me" });
    expect(errors.map((error) => error.pointer).sort()).toEqual(["/owner~1team", "/tasks/0/retries"]);
    expect(errors.every((error) => error.message.includes("not known here"))).toBe(true);
  });

  it("names the types of task there are", () => {
    expect(errorsOf(pipeline(sql({ type: "spark" })))).toEqual([
      { pointer: "/tasks/0/type", message: expect.stringContaining("ray_train") },
    ]);
  });

  it("wants one of sql and query_ref", () => {
    const config = { target_table: "analytics.derived.a", write_mode: "overwrite" };
    expect(errorsOf(pipeline(sql({ config })))).toEqual([
      { pointer: "/tasks/0/config", message: expect.stringContaining("query_ref") },
    ]);
  });

  it("wants a training before an evaluation", () => {
    const evaluate = {
      task_id: "evaluate",
      type: "model_evaluate",
      depends_on: ["features"],
      config: { validation_window: "14d", metrics: ["wape"], thresholds: {} },
    };
    expect(errorsOf(pipeline(sql(), evaluate))).toEqual([
      { pointer: "/tasks/1/depends_on", message: expect.stringContaining("backtest") },
    ]);
  });

  it("refuses what is no object, and a timeout of zero", () => {
    expect(errorsOf("text")[0]?.pointer).toBe("");
    expect(errorsOf(pipeline(sql({ timeout: "0s" })))[0]?.pointer).toBe("/tasks/0/timeout");
  });
});

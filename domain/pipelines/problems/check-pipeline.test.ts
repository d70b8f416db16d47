import { describe, expect, it } from "vitest";
import { checkPipeline } from "./check-pipeline";
import { NO_KNOWLEDGE } from "./knowledge";
import { DEFECTS } from "./planted/defects";
import { seeded } from "./planted/seeded";
import { validPipeline } from "./planted/valid-pipeline";

describe("the problems of a pipeline", () => {
  it("are none where it is sound", () => {
    for (let seed = 0; seed < 100; seed += 1) {
      const { json, knowledge } = validPipeline(seed, 3 + (seed % 6));
      expect({ seed, problems: checkPipeline(json, knowledge) }).toEqual({ seed, problems: [] });
      expect(checkPipeline(json, NO_KNOWLEDGE)).toEqual([]);
    }
  });

  it.each(Object.entries(DEFECTS))("tell %s, each time and in its place", (_name, plant) => {
    for (let seed = 0; seed < 20; seed += 1) {
      const pipeline = validPipeline(seed, 4);
      const { code, pointer } = plant(pipeline, seeded(seed + 1_000));
      const problems = checkPipeline(pipeline.json, pipeline.knowledge);
      const found = problems.some((each) => each.code === code && each.pointer.startsWith(pointer));
      expect(found, `seed ${seed}: ${code} at ${pointer} in ${JSON.stringify(problems.slice(0, 5))}`).toBe(
        true,
      );
    }
  });

  it("are told of anything, however little of it is a pipeline", () => {
    for (const json of [
      null,
      1,
      "a",
      [],
      {},
      { tasks: 3 },
      { tasks: [null, 1, { task_id: 2, depends_on: "x", config: [] }] },
    ]) {
      expect(checkPipeline(json, NO_KNOWLEDGE).length).toBeGreaterThan(0);
    }
  });

  it("are mended by a button where a misspelled name can only be one other", () => {
    const task = (task_id: string, type: string, config: object, depends_on: string[] = []) => ({
      task_id,
      type,
      depends_on,
      config,
    });
    const http = (url: string) => ({ method: "GET", url, headers: { Authorization: "Bearer $" + "{TOKN}" } });
    const sql = { sql: "SELECT o.id FROM lake.shop.ordrs AS o", target_table: "analytics.d.t" };
    const json = {
      pipeline_id: "p",
      name: "P",
      parameters: { days: 3 },
      tasks: [
        task(
          "fetch",
          "http",
          http("https://example.org/{{ parameters.dayz }}/{{ tasks.prepare_2.outputs.x }}"),
        ),
        task("load", "sql_execute", { ...sql, write_mode: "overwrit" }, ["fetsh"]),
        task("prepare_1", "htttp", {}),
        task("prepare_3", "http", { method: "GET", url: "https://example.org" }),
      ],
    };
    const knowledge = { ...NO_KNOWLEDGE, secrets: ["TOKEN"], tables: ["lake.shop.orders"] };
    const fixes = checkPipeline(json, knowledge).flatMap(({ fix }) =>
      fix?.label.startsWith("Write ") ? [[fix.pointer, fix.value]] : [],
    );
    expect(Object.fromEntries(fixes)).toEqual({
      "/tasks/0/config/url": "https://example.org/{{ parameters.days }}/{{ tasks.prepare_2.outputs.x }}",
      "/tasks/0/config/headers/Authorization": "Bearer $" + "{TOKEN}",
      "/tasks/1/depends_on/0": "fetch",
      "/tasks/1/config/write_mode": "overwrite",
      "/tasks/1/config/sql": "SELECT o.id FROM lake.shop.orders AS o",
      "/tasks/2/type": "http",
    });
  });
});

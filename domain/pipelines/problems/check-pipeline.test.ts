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
});

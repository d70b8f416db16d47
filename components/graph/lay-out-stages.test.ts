import { describe, expect, it } from "vitest";
import { layOutStages, PILL_HEIGHT, STAGE_HEIGHT, STAGE_WIDTH, stageOrder } from "./lay-out-stages";

const stage = (id: string, dependsOn: string[] = [], writes: string[] = []) => ({
  id,
  dependsOn,
  writes: writes.map((name) => ({ name, detail: "" })),
});

describe("layOutStages", () => {
  it("puts a chain in one column, top to bottom, without overlap", () => {
    const { stages } = layOutStages([
      stage("a", [], ["t"]),
      stage("b", ["a"]),
      stage("c", ["b"], ["u", "v"]),
    ]);
    const places = ["a", "b", "c"].map((id) => stages.get(id));
    expect(new Set(places.map((place) => place?.x)).size).toBe(1);
    expect((places[1]?.y ?? 0) - (places[0]?.y ?? 0)).toBeGreaterThan(STAGE_HEIGHT);
    expect((places[2]?.y ?? 0) - (places[1]?.y ?? 0)).toBeGreaterThan(STAGE_HEIGHT);
  });

  it("puts the pills of a stage at its right, one under the other", () => {
    const { stages, pills } = layOutStages([stage("a", [], ["t", "u"])]);
    const [first, second] = pills.get("a") ?? [];
    expect(first?.x).toBeGreaterThan((stages.get("a")?.x ?? 0) + STAGE_WIDTH);
    expect((second?.y ?? 0) - (first?.y ?? 0)).toBeGreaterThan(PILL_HEIGHT);
  });

  it("separates two branches", () => {
    const { stages } = layOutStages([
      stage("a"),
      stage("b", ["a"]),
      stage("c", ["a"]),
      stage("d", ["b", "c"]),
    ]);
    const [left, right] = [stages.get("b")?.x ?? 0, stages.get("c")?.x ?? 0];
    expect(Math.abs(left - right)).toBeGreaterThan(STAGE_WIDTH);
  });

  it("stacks parts that have no tie, so that the graph stays narrow", () => {
    const { stages } = layOutStages([stage("a"), stage("alone"), stage("b", ["a"])]);
    const [b, alone] = [stages.get("b"), stages.get("alone")];
    expect(alone?.x).toBe(b?.x);
    expect((alone?.y ?? 0) - (b?.y ?? 0)).toBeGreaterThan(STAGE_HEIGHT);
  });

  it("draws a stage whose dependency is not in the document", () => {
    expect(layOutStages([stage("a", ["missing"])]).stages.has("a")).toBe(true);
  });
});

describe("stageOrder", () => {
  it("lists a stage after what it depends on, however the document lists them", () => {
    expect(stageOrder([stage("c", ["b"]), stage("a"), stage("b", ["a"])])).toEqual(["a", "b", "c"]);
  });

  it("ends even where the document has a circle", () => {
    expect(stageOrder([stage("a", ["b"]), stage("b", ["a"])])).toEqual(["a", "b"]);
  });
});

import { describe, expect, it } from "vitest";
import { stageOrder } from "./stage-order";

const stage = (id: string, dependsOn: string[] = []) => ({ id, dependsOn });

describe("stageOrder", () => {
  it("lists a stage after what it depends on, however the document lists them", () => {
    expect(stageOrder([stage("c", ["b"]), stage("a"), stage("b", ["a"])])).toEqual(["a", "b", "c"]);
  });

  it("ends even where the document has a circle", () => {
    expect(stageOrder([stage("a", ["b"]), stage("b", ["a"])])).toEqual(["a", "b"]);
  });
});

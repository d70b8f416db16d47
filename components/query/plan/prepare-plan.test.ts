import { describe, expect, it } from "vitest";
import type { PlanNode } from "@/domain/query/plan-node";
import { planText, preparePlan } from "./prepare-plan";

const step = (name: string, fields: Partial<PlanNode> = {}): PlanNode => ({
  name,
  details: [],
  estimatedRows: null,
  rows: null,
  ms: null,
  children: [],
  ...fields,
});

const plan = step("AGGREGATE", {
  rows: 10,
  ms: 30,
  children: [
    step("JOIN", {
      rows: 99,
      estimatedRows: 9,
      ms: 60,
      details: [{ label: "Join type", text: "INNER" }],
      children: [step("SCAN a", { rows: 0, estimatedRows: 0, ms: 10 }), step("SCAN b", { ms: 0 })],
    }),
  ],
});

describe("a plan", () => {
  it("is read from its root, with each step's share of the time", () => {
    const rows = preparePlan(plan, new Set());
    expect(rows.map(({ depth, name, share }) => [depth, name, share])).toEqual([
      [0, "AGGREGATE", 0.3],
      [1, "JOIN", 0.6],
      [2, "SCAN a", 0.1],
      [2, "SCAN b", 0],
    ]);
  });

  it("says how far an estimate was off", () => {
    expect(preparePlan(plan, new Set()).map((row) => row.missFactor)).toEqual([null, 10, 1, null]);
  });

  it("has no shares where it was not run", () => {
    expect(preparePlan(step("SCAN", { estimatedRows: 5 }), new Set())[0]?.share).toBeNull();
  });

  it("leaves out what is below a closed step", () => {
    expect(preparePlan(plan, new Set(["0.0"])).map(({ name }) => name)).toEqual(["AGGREGATE", "JOIN"]);
  });

  it("can be copied as text", () => {
    expect(planText(plan)).toBe(
      [
        "AGGREGATE (10 rows; 0.03 s)",
        "  JOIN (99 rows; 9 estimated; 0.06 s; Join type: INNER)",
        "    SCAN a (0 rows; 0 estimated; 0.01 s)",
        "    SCAN b (0.00 s)",
      ].join("\n"),
    );
  });
});

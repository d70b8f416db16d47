import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { PlanNode } from "../../../../domain/query/plan-node";
import { readPlanJson } from "./read-plan-json";
import { readPlanText } from "./read-plan-text";

/** As Trino 476 answered; the columns of each step are left out of the JSON. */
const recorded = (file: string) => readFileSync(join(import.meta.dirname, file), "utf8");
const translate = (text: string) => text.replaceAll("lake_w", "lake");

const flat = (node: PlanNode): PlanNode[] => [node, ...node.children.flatMap(flat)];
const named = (plan: PlanNode, name: string) => flat(plan).filter((node) => node.name === name);
const textOf = (node: PlanNode | undefined, label: string) =>
  node?.details.find((detail) => detail.label === label)?.text;

describe("a plan of Trino", () => {
  it("is one tree over all fragments, with estimates and the names that people write", () => {
    const plan = readPlanJson(recorded("plan.json"), translate);
    expect(plan.name).toBe("Output");
    const scans = flat(plan).filter(({ name }) => /^(TableScan|Scan)/.test(name));
    expect(scans.map((scan) => textOf(scan, "table")).sort()).toEqual([
      "lake:tiny:customer",
      "lake:tiny:nation",
      "lake:tiny:orders",
    ]);
    expect(scans.every(({ estimatedRows }) => (estimatedRows ?? 0) > 0)).toBe(true);
    expect(flat(plan).every(({ rows, ms }) => rows === null && ms === null)).toBe(true);
    expect(named(plan, "InnerJoin")[0]?.children).toHaveLength(2);
  });

  it("has rows and times of each step where it was measured", () => {
    const plan = readPlanText(recorded("plan-analyzed.txt"), translate);
    expect(plan).toMatchObject({ name: "TopN", rows: 5, estimatedRows: 5 });
    const [orders] = named(plan, "ScanFilterProject");
    expect(orders).toMatchObject({ rows: 14_994, estimatedRows: 14_996 });
    expect(orders?.ms).toBeGreaterThan(0);
    expect(textOf(orders, "table")).toBe("lake:tiny:orders");
    expect(textOf(orders, "filterPredicate")).toBe("(totalprice > double '1000.0')");
    expect(textOf(orders, "Filtered")).toBe("0.04%");
    const [join] = named(plan, "InnerJoin");
    expect(join?.children.map(({ name }) => name)).toEqual(["ScanFilterProject", "LocalExchange"]);
    expect(named(plan, "TableScan")).toHaveLength(2);
    expect(flat(plan).every(({ rows, ms }) => rows !== null && ms !== null)).toBe(true);
  });

  it("that is none is refused", () => {
    expect(() => readPlanText("nothing of the kind", translate)).toThrow("cannot be read");
    expect(() => readPlanJson("[]", translate)).toThrow("cannot be read");
  });
});

import { describe, expect, it } from "vitest";
import { chartCsv } from "./save-chart";

describe("chartCsv", () => {
  it("writes a line for each place, what is missing empty, quotes where they are needed", () => {
    const plot = {
      rows: [
        { x: 0, label: 'a, "b"', s0: 1.5 },
        { x: 1, label: "c", s0: 2, s1: -3 },
      ],
      series: [
        { key: "s0" as const, name: "units", color: "" },
        { key: "s1" as const, name: "sum, of", color: "" },
      ],
      isScaled: false,
      domain: [0, 1] as [number, number],
      valueDomain: [0, 1] as [number, number],
      valueTicks: [],
    };
    expect(chartCsv(plot, "category")).toBe('category,units,"sum, of"\r\n"a, ""b""",1.5,\r\nc,2,-3\r\n');
  });
});

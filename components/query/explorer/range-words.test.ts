import { expect, it } from "vitest";
import type { ColumnProfile } from "@/domain/query/compile/column-profile";
import { rangeWords } from "./range-words";

const told = (kind: string, largest: string | null, bars: [number, number][]) =>
  rangeWords({
    kind,
    largest,
    histogram: bars.map(([from, to]) => ({ from, to, rows: 1 })),
  } as unknown as ColumnProfile);
const DAY = 86_400_000_000;

it("names the ends of a column, not those of its bars", () => {
  expect(
    told("integer", "2500", [
      [1, 64],
      [64, 2521],
    ]),
  ).toEqual({ low: "1", high: "2.5k" });
  expect(told("float", "0.998", [[-0.5, 0.998]])).toEqual({ low: "−0.5", high: "0.998" });
  expect(told("date", "1970-01-03", [[0, 8 * DAY]])).toEqual({ low: "1 Jan 1970", high: "3 Jan 1970" });
  expect(told("date", "0044-03-15 (BC)", [[0, 8 * DAY]])?.high).toBe("9 Jan 1970");
  expect(told("timestamp", "1970-01-09 00:00:00", [[0, 8 * DAY]])?.high).toBe("9 Jan 1970");
  expect(told("text", "z", [])).toBeNull();
});

import { describe, expect, it } from "vitest";
import type { LogLineView } from "@/domain/pipelines/run-view";
import { logText, mergeLines, prepareLog } from "./prepare-log";

const line = (attempt: number, seq: number, level: LogLineView["level"], text: string): LogLineView => ({
  taskId: "train",
  attempt,
  seq,
  level,
  text,
  at: new Date(Date.UTC(2026, 0, 1, 0, attempt, seq)),
});
const all = { find: "", atLeast: "debug", attempt: null } as const;

describe("mergeLines", () => {
  it("keeps a line once, however often it arrives", () => {
    const once = [line(1, 1, "info", "a"), line(1, 2, "info", "b")];
    expect(mergeLines(once, once)).toEqual(once);
  });

  it("orders by attempt and number", () => {
    const merged = mergeLines([line(2, 1, "info", "c")], [line(1, 2, "info", "b"), line(1, 1, "info", "a")]);
    expect(merged.map((one) => one.text)).toEqual(["a", "b", "c"]);
  });

  it("keeps the newest lines past the cap", () => {
    const merged = mergeLines(
      [line(1, 1, "info", "a")],
      [line(1, 2, "info", "b"), line(1, 3, "info", "c")],
      2,
    );
    expect(merged.map((one) => one.text)).toEqual(["b", "c"]);
  });
});

describe("prepareLog", () => {
  const lines = [
    line(1, 1, "info", "start"),
    line(1, 2, "error", "first error"),
    line(1, 3, "error", "follows"),
    line(2, 1, "warn", "slow"),
  ];

  it("finds the first error, which is not the last one", () => {
    expect(prepareLog(lines, all).firstError?.text).toBe("first error");
  });

  it("hides what is below the level and says how much", () => {
    const log = prepareLog(lines, { ...all, atLeast: "warn" });
    expect(log.lines.map((one) => one.text)).toEqual(["first error", "follows", "slow"]);
    expect(log.hidden).toBe(1);
  });

  it("finds text whatever its case", () => {
    expect(prepareLog(lines, { ...all, find: "ERROR" }).matches).toBe(1);
  });

  it("shows one attempt", () => {
    const log = prepareLog(lines, { ...all, attempt: 2 });
    expect(log.lines).toHaveLength(1);
    expect(log.firstError).toBeNull();
  });
});

describe("logText", () => {
  it("writes time, level and text", () => {
    expect(logText([line(1, 2, "warn", "slow")])).toBe("2026-01-01T00:01:02.000Z warn  slow");
  });
});

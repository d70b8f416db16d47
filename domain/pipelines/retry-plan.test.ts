import { describe, expect, it } from "vitest";
import type { PipelineTask } from "./document/pipeline-document";
import { parseDuration } from "./parse-duration";
import { maxAttempts, retryDelayMs } from "./retry-plan";

const task = (retry_policy?: PipelineTask["retry_policy"]): PipelineTask => ({
  task_id: "a",
  type: "sql_execute",
  config: { sql: "SELECT 1", target_table: "a.b.c", write_mode: "overwrite" },
  ...(retry_policy ? { retry_policy } : {}),
});

describe("retries", () => {
  it("waits longer each time, and an hour at most", () => {
    const patient = task({ max_attempts: 20, backoff_coefficient: 3, initial_interval: "10s" });
    expect([1, 2, 3].map((failed) => retryDelayMs(patient, failed))).toEqual([10_000, 30_000, 90_000]);
    expect(retryDelayMs(patient, 19)).toBe(3_600_000);
  });

  it("tries a statement once unless the document says otherwise", () => {
    expect(maxAttempts(task())).toBe(1);
    expect(maxAttempts(task({ max_attempts: 4, backoff_coefficient: 2, initial_interval: "1s" }))).toBe(4);
  });
});

describe("parseDuration", () => {
  it.each([
    ["250ms", 250],
    ["60s", 60_000],
    ["5m", 300_000],
    ["2h", 7_200_000],
    ["14d", 1_209_600_000],
  ])("reads %s", (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it("refuses what has no unit", () => {
    expect(() => parseDuration("60")).toThrow("not a span of time");
  });
});

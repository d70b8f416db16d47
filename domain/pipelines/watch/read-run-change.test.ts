import { expect, it } from "vitest";
import { plantedRun, plantedTask } from "./planted-run";
import { readRunChange } from "./read-run-change";
import type { RunChange } from "./run-change";
import { writeRunChange } from "./write-run-change";

it("reads a change as it was written, its times as times and texts that look like times as texts", () => {
  const at = (seconds: number) => new Date(seconds * 1_000);
  const attempt = { number: 1, status: "failed", jobId: null, progress: "half", startedAt: at(2) } as const;
  const error = { code: "engine_failed", message: "no", hint: null, detail: null };
  const { tasks, ...run } = plantedRun({
    scheduledFor: at(1),
    startedAt: at(2),
    parameters: { day: "2026-01-02T03:04:05.000Z" },
    tasks: [
      plantedTask("a", {
        startedAt: at(2),
        endedAt: at(3),
        outputs: { values: { day: "2026-01-02T03:04:05.000Z" }, item: [1, null] },
        attempts: [
          { ...attempt, error, endedAt: at(3) },
          { ...attempt, number: 2, error: null, endedAt: null },
        ],
      }),
      plantedTask("b"),
    ],
  });
  const change: RunChange = { run, tasks, isWhole: true };
  expect(readRunChange(writeRunChange(change))).toEqual(change);
});

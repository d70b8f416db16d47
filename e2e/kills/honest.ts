import { expect } from "vitest";
import type { Task } from "./records";

/** It failed, and says why as an engine that was killed makes it fail. */
export function expectClear(status: string, error: { code: string; message: string } | null): void {
  expect(status).toBe("failed");
  expect(error?.code).toMatch(/^(engine_unavailable|engine_failed|timed_out)$/);
  expect(error?.message).toMatch(/\w+ \w+ \w+/);
}

/** Each attempt of the task has ended, none is counted twice, and its failures are clear. */
export function expectHonestAttempts({ status, attempts, maxAttempts, taskId }: Task): void {
  expect(attempts.map(({ number }) => number)).toEqual(attempts.map((_, index) => index + 1));
  expect(attempts.length).toBeLessThanOrEqual(maxAttempts);
  for (const attempt of attempts) {
    expect(attempt.endedAt, `the end of attempt ${attempt.number} of ${taskId}`).not.toBeNull();
    const isLast = attempt.number === attempts.length;
    if (isLast && status === "succeeded") expect(attempt).toMatchObject({ status: "succeeded", error: null });
    else expectClear(attempt.status, attempt.error);
  }
  if (attempts.length === 0) expect(status).toBe("skipped");
}

import { describe, expect, it } from "vitest";
import { firstError } from "./first-error";
import { logLevel } from "./log-level";

const lines = (text: string) => text.split("\n");

describe("firstError", () => {
  it("finds the last line of the first traceback, not what follows it", () => {
    const found = firstError(
      lines(`INFO starting
Traceback (most recent call last):
  File "/x/train.py", line 3, in train
    rows["units"]
KeyError: 'units'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/x/run.py", line 9, in <module>
    main()
RuntimeError: the job failed`),
    );
    expect(found?.message).toBe("KeyError: 'units'");
    expect(found?.detail).toContain("line 3, in train");
    expect(found?.detail).not.toContain("RuntimeError");
  });

  it("looks through Ray's wrapping to the user's error", () => {
    const found = firstError(
      lines(`Traceback (most recent call last):
  File "/x/run.py", line 9, in <module>
    ray.get(ref)
ray.exceptions.RayTaskError(ValueError): ray::fit() (pid=12, ip=127.0.0.1)
  File "/x/train.py", line 4, in fit
ValueError: too few rows
Traceback (most recent call last):
  File "/x/fit.py", line 1
ValueError: too few rows`),
    );
    expect(found?.message).toBe("ValueError: too few rows");
  });

  it("reads a traceback behind a worker's prefix", () => {
    const found = firstError(
      lines(`(fit pid=3) Traceback (most recent call last):
(fit pid=3)   File "a.py", line 1
(fit pid=3) ModuleNotFoundError: No module named 'lightgbm'`),
    );
    expect(found?.message).toBe("ModuleNotFoundError: No module named 'lightgbm'");
  });

  it("takes an error line where there is no traceback, and nothing where nothing went wrong", () => {
    expect(firstError(["INFO a", "2026-01-01 ERROR no space left", "ERROR b"])?.message).toBe(
      "2026-01-01 ERROR no space left",
    );
    expect(firstError(["INFO a", "done: 0 errors"])).toBeNull();
  });

  it("keeps a deep traceback short, with its end", () => {
    const deep = Array.from({ length: 200 }, (_, i) => `  File "a.py", line ${i}`);
    const found = firstError(["Traceback (most recent call last):", ...deep, "RecursionError: too deep"]);
    expect(found?.detail.split("\n")).toHaveLength(30);
    expect(found?.detail.endsWith("RecursionError: too deep")).toBe(true);
  });
});

describe("logLevel", () => {
  it.each([
    ["2026-11-21 10:00:00,123 WARNING slow", "warn"],
    ["ERROR no rows", "error"],
    ["Traceback (most recent call last):", "error"],
    ["ValueError: bad", "error"],
    ["DEBUG x", "debug"],
    ["trained 12 of 21, 0 errors", "info"],
    [`INFO ${"x".repeat(60)} ERROR is only talked about`, "info"],
  ])("reads %s", (line, level) => {
    expect(logLevel(line)).toBe(level);
  });
});

import { describe, expect, it } from "vitest";
import { isFinal } from "../shared/is-final";
import { RunStatus } from "../shared/run-status";
import { mayBecome, mayPrecede, runOutcome } from "./run-states";

describe("states of a run", () => {
  it("never leaves a final state", () => {
    for (const from of RunStatus.options.filter(isFinal)) {
      for (const to of RunStatus.options) expect(mayBecome(from, to)).toBe(from === to);
    }
  });

  it("says the same forwards and backwards", () => {
    for (const to of RunStatus.options) {
      const from = RunStatus.options.filter((each) => each !== to && mayBecome(each, to));
      expect(mayPrecede(to).sort()).toEqual(from.sort());
    }
  });

  it("ends a run by its worst task", () => {
    expect(runOutcome(["succeeded", "running"])).toBeNull();
    expect(runOutcome(["succeeded", "succeeded"])).toBe("succeeded");
    expect(runOutcome(["failed", "skipped", "succeeded"])).toBe("failed");
    expect(runOutcome(["cancelled", "skipped"])).toBe("cancelled");
  });
});

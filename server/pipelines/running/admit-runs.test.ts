import { describe, expect, it } from "vitest";
import type { DriverState } from "../../../domain/ports/run-driver";
import { admission } from "./admit-runs";

/** A driver and rows in memory; `asked` lists whose state the driver was asked for. */
function world() {
  const clock = { now: () => new Date(at) };
  let at = Date.parse("2026-01-02T03:04:05Z");
  const running = new Map<string, Date>();
  const carried = new Map<string, DriverState>();
  const ended: string[] = [];
  const asked: string[] = [];
  const faults: unknown[] = [];
  let isAway = false;
  const admitted = admission({
    admission: {
      admit: async () => [],
      runningRuns: async (since) =>
        [...running].filter(([, from]) => since === null || from >= since).map(([id]) => id),
    },
    store: {
      endRun: async (id) => {
        ended.push(id);
        running.delete(id);
      },
    },
    driver: {
      start: async (id) => {
        if (isAway) throw new Error("The driver is away.");
        carried.set(id, "running");
      },
      state: async (id) => {
        asked.push(id);
        return carried.get(id) ?? "unknown";
      },
    },
    clock,
    everyMs: 1,
    lookAgainMs: 15 * 60_000,
    report: (error) => faults.push(error),
  });
  return {
    ...{ running, carried, ended, asked, faults, admitted },
    letIn: (id: string) => void running.set(id, clock.now()),
    pass: (ms: number) => {
      at += ms;
    },
    away: (is: boolean) => {
      isAway = is;
    },
  };
}

describe("The sweep over runs that were let in", () => {
  it("starts what a crash kept from its driver, and asks for nothing twice", async () => {
    const { letIn, admitted, carried, asked, pass } = world();
    letIn("a");
    for (let sweep = 0; sweep < 3; sweep += 1) {
      await admitted.sweep();
      pass(10_000);
    }
    expect(carried.get("a")).toBe("running");
    expect(asked).toEqual(["a"]);
  });

  it("goes on with what the driver did not take, however long that lasts", async () => {
    const { letIn, admitted, carried, faults, pass, away } = world();
    letIn("a");
    away(true);
    for (let sweep = 0; sweep < 10; sweep += 1) {
      await admitted.sweep();
      pass(10_000);
    }
    expect(faults).toHaveLength(10);
    away(false);
    await admitted.sweep();
    expect(carried.get("a")).toBe("running");
  });

  it("ends what its driver lost once a quarter of an hour is over", async () => {
    const { letIn, admitted, carried, ended, pass } = world();
    letIn("a");
    await admitted.sweep();
    carried.set("a", "ended");
    pass(10 * 60_000);
    await admitted.sweep();
    expect(ended).toEqual([]);
    pass(5 * 60_000);
    await admitted.sweep();
    expect(ended).toEqual(["a"]);
  });

  it("sees what another process let in after the clock was put back", async () => {
    const { letIn, admitted, carried, pass } = world();
    await admitted.sweep();
    pass(-5 * 60_000);
    letIn("a");
    await admitted.sweep();
    expect(carried.get("a")).toBe("running");
  });
});

import { describe, expect, it, vi } from "vitest";
import { Failure } from "../../../domain/shared/failure";
import { memoryQueryEngines } from "../../engines/memory/query-engines";
import { memoryQueryStore } from "../memory-store";
import { queryWorld } from "../query-world";
import { newRun } from "../runs/start-query";
import { runningQueries } from "./running-queries";

const aRun = async () => {
  const world = await queryWorld(memoryQueryEngines());
  await world.close();
  const asked = {
    sql: "SELECT 1",
    dialect: "trino",
    engine: "auto",
    parameters: [],
    savedQuery: undefined,
  } as const;
  return newRun(world.as("viewer"), { ...asked, parameters: [] });
};

describe("statements under way", () => {
  it("keep their end until the database that was away can store it", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const store = memoryQueryStore();
    let isAway = false;
    let refused = 0;
    const running = runningQueries({ retryMs: 1 });
    const run = await aRun();
    const shaky = {
      ...store,
      changeRun: async (id: string, change: Parameters<typeof store.changeRun>[1]) => {
        if (!isAway) return store.changeRun(id, change);
        refused += 1;
        if (refused === 3) isAway = false;
        throw new Error("The database is away.");
      },
    };
    const seen: (string | undefined)[] = [];
    const done = new Promise<void>((resolve) => {
      void running.start(shaky, run, async () => {
        isAway = true;
        running.subscribe(run.id, () => {
          seen.push(running.find(run.id)?.status);
          if (running.find(run.id) === null) resolve();
        });
        return { status: "succeeded", rows: 3 };
      });
    });
    await done;
    expect(refused).toBe(3);
    expect(log).toHaveBeenCalledTimes(3);
    log.mockRestore();
    // Followers learn of the end at once, and the row does when it can.
    expect(seen).toEqual(["succeeded", "succeeded", "succeeded", undefined]);
    expect(await store.run("w", run.id)).toMatchObject({ status: "succeeded", rows: 3 });
  });

  it("are stopped once, however often they are cancelled", async () => {
    const running = runningQueries();
    const run = await aRun();
    const reasons: unknown[] = [];
    await running.start(
      memoryQueryStore(),
      run,
      (live) =>
        new Promise((resolve) => {
          live.signal.addEventListener("abort", () => {
            reasons.push(live.signal.reason);
            resolve({ status: "cancelled" });
          });
        }),
    );
    const first = new Failure("cancelled", "First.");
    await Promise.all([
      running.stop(run.id, first),
      running.stop(run.id, new Failure("cancelled", "Second.")),
    ]);
    expect(reasons).toEqual([first]);
    expect(running.find(run.id)).toBeNull();
    await running.stop(run.id, first);
  });
});

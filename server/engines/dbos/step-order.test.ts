import { describe, expect, it } from "vitest";
import { stepOrder } from "./step-order";

/** Enters the steps in this order and tells in which order they began. */
async function began(recorded: string[] | [number, string][], entered: string[]): Promise<string[]> {
  const steps = recorded.map((it, index) =>
    typeof it === "string" ? { functionID: index, name: it } : { functionID: it[0], name: it[1] },
  );
  const order = stepOrder(steps);
  const seen: string[] = [];
  for (const name of entered) {
    void order.enter(name, async () => {
      seen.push(name);
    });
  }
  await new Promise((resolve) => setImmediate(resolve));
  return seen;
}

describe("stepOrder", () => {
  it("lets steps begin as they come where nothing is recorded", async () => {
    expect(await began([], ["a", "b", "a"])).toEqual(["a", "b", "a"]);
  });

  it("gives recorded steps their recorded order, however they come", async () => {
    expect(await began(["a1", "b1", "b2", "a2"], ["b1", "a1", "a2", "b2"])).toEqual(["a1", "b1", "b2", "a2"]);
  });

  it("holds a new step back until every recorded one has begun", async () => {
    expect(await began(["a", "b"], ["new", "b"])).toEqual([]);
    expect(await began(["a", "b"], ["new", "b", "a"])).toEqual(["a", "b", "new"]);
  });

  it("gives a step that was interrupted the place that has no record", async () => {
    expect(
      await began(
        [
          [0, "a"],
          [2, "c"],
        ],
        ["a", "c", "interrupted"],
      ),
    ).toEqual(["a", "interrupted", "c"]);
  });

  it("tells repetitions of one name apart by their number", async () => {
    expect(await began(["poll", "poll"], ["poll", "poll", "poll"])).toEqual(["poll", "poll", "poll"]);
  });

  it("passes results and errors on", async () => {
    const order = stepOrder([]);
    await expect(order.enter("a", async () => 7)).resolves.toBe(7);
    await expect(order.enter("b", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  });
});

import { afterEach, expect, it, vi } from "vitest";
import { watchEngine } from "./engines.mjs";

afterEach(() => vi.useRealTimers());

/** What is said of an engine that never answers, after so long. */
async function saidAfter(ms, { isRunning }) {
  vi.useFakeTimers();
  let said = { status: "starting", detail: "is starting" };
  const status = { set: (_name, state) => (said = state) };
  const leave = watchEngine("ray", { ask: async () => undefined, status, detail: "embedded", isRunning });
  await vi.advanceTimersByTimeAsync(ms);
  leave();
  return said;
}

it("says how long an engine has been starting, once that is long", async () => {
  expect(await saidAfter(29_000, { isRunning: () => true })).toMatchObject({ detail: "is starting" });
  expect(await saidAfter(45_000, { isRunning: () => true })).toEqual({
    status: "starting",
    detail: "is still starting after 40 s; the machine may be busy",
  });
});

it("says nothing of its own of an engine whose program does not run", async () => {
  expect(await saidAfter(45_000, { isRunning: () => false })).toMatchObject({ detail: "is starting" });
});

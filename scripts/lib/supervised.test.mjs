import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { isAlive } from "./process-table.mjs";
import { pauseAfter, remembered, supervised } from "./supervised.mjs";

it("waits longer after each quick death, up to a limit", () => {
  expect([0, 1, 2, 20].map(pauseAfter)).toEqual([500, 1000, 2000, 30_000]);
});

it("forgets a quick death for every ten seconds that a program held", () => {
  expect(remembered(3, 9_000)).toBe(3);
  expect(remembered(3, 21_000)).toBe(1);
  expect(remembered(3, 60_000)).toBe(0);
  expect(pauseAfter(remembered(100, 0))).toBe(30_000);
  expect(remembered(100, 60_000)).toBe(0);
});

it("starts a killed program again and ends it with its group", async () => {
  const logs = mkdtempSync(path.join(os.tmpdir(), "supervised-"));
  const launch = (log) => spawn(process.execPath, ["-e", "console.log('up'); setInterval(() => {}, 1000)"], { detached: true, stdio: ["ignore", log, log] });
  const program = supervised({ name: "sleeper", logs, launch });
  await program.start();
  const firstPid = program.pid;
  process.kill(firstPid, "SIGKILL");
  await expect.poll(() => program.pid !== firstPid && program.isRunning(), { timeout: 5000 }).toBe(true);
  const secondPid = program.pid;
  await expect.poll(() => readFileSync(path.join(logs, "sleeper.log"), "utf8"), { timeout: 5000 }).toMatch(/^up/);
  await program.stop(2000);
  expect(isAlive(secondPid)).toBe(false);
  rmSync(logs, { recursive: true });
});

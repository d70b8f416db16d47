import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { lockHolder, tryLock } from "./file-lock.mjs";
import { startMark } from "./process-table.mjs";

let folder;
let file;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "lock-"));
  file = path.join(folder, "lock");
});
afterEach(() => rmSync(folder, { recursive: true }));

it("is held by one process at a time", () => {
  const lock = tryLock(file);
  expect(lockHolder(file)?.pid).toBe(process.pid);
  expect(tryLock(file)).toBeUndefined();
  lock.release();
  expect(tryLock(file)).toBeDefined();
});

it("is taken over from a process that was killed", () => {
  writeFileSync(file, JSON.stringify({ pid: 2 ** 22 + 1, started: "1" }));
  expect(tryLock(file)).toBeDefined();
});

it("does not take a reused process id for the holder", () => {
  writeFileSync(file, JSON.stringify({ pid: process.pid, started: `${startMark(process.pid)}0` }));
  expect(lockHolder(file)).toBeUndefined();
});

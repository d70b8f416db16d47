import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { filesNaming } from "./run-live-contracts.mjs";

it("finds the contracts that name a variable of a live engine", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "contracts-"));
  try {
    mkdirSync(path.join(folder, "engines"));
    writeFileSync(path.join(folder, "engines/a.contract.ts"), "process.env.SOME_URL");
    writeFileSync(path.join(folder, "engines/b.contract.ts"), "process.env.OTHER_URL");
    writeFileSync(path.join(folder, "engines/a.ts"), "process.env.SOME_URL");
    expect(filesNaming(["SOME_URL"], folder, /\.contract\.ts$/)).toEqual([path.join("engines", "a.contract.ts")]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

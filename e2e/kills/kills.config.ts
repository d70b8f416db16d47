import { defineConfig } from "vitest/config";

/** The kill seeds and the storm: they need a running instance of their own (scripts/test.mjs starts one). */
export default defineConfig({
  test: {
    dir: import.meta.dirname,
    include: ["**/*.kill.ts"],
    testTimeout: 6 * 60_000,
    hookTimeout: 6 * 60_000,
    maxWorkers: 1,
  },
});

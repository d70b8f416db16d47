import path from "node:path";
import { defineConfig } from "vitest/config";

const floors = "{app,components,domain,server,bench}/**";

export default defineConfig({
  resolve: { alias: { "@": path.resolve(import.meta.dirname) } },
  test: {
    exclude: ["**/node_modules/**", "server/db/generated/**", "domain/ports/*.contract.ts"],
    testTimeout: 40_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: 2,
    projects: [
      // They hold no engine, so one process reads the modules once for all of them.
      { extends: true, test: { name: "units", include: [`${floors}/*.test.{ts,tsx}`], isolate: false } },
      { extends: true, test: { name: "engines", include: [`${floors}/*.contract.{ts,tsx}`, "scripts/**/*.test.mjs"] } },
    ],
  },
});

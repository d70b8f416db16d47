import path from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": path.resolve(import.meta.dirname) } },
  test: {
    include: ["{app,components,domain,server,bench}/**/*.{test,contract}.{ts,tsx}", "scripts/**/*.test.mjs"],
    exclude: ["**/node_modules/**", "server/db/generated/**", "domain/ports/*.contract.ts"],
    testTimeout: 40_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});

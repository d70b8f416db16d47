import { existsSync } from "node:fs";
import { defineConfig, devices } from "@playwright/test";

const chromium =
  process.env.CHROMIUM_PATH ??
  ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((file) => existsSync(file));

const args = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
if (process.getuid?.() === 0) args.push("--no-sandbox");

export default defineConfig({
  testDir: "./e2e",
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // Files run beside each other; the tests of a file in their order.
  workers: 2,
  forbidOnly: true,
  reporter: [["line"], ...(process.env.E2E_REPORT ? ([["json", { outputFile: process.env.E2E_REPORT }]] as const) : [])],
  use: {
    ...devices["Desktop Chrome"],
    ...(process.env.BASE_URL ? { baseURL: process.env.BASE_URL } : {}),
    launchOptions: { ...(chromium ? { executablePath: chromium } : {}), args },
    trace: "retain-on-failure",
  },
  projects: [
    { name: "first visit", testMatch: /.*\.setup\.ts/ },
    { name: "pages", dependencies: ["first visit"] },
  ],
});

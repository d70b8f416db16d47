import { existsSync } from "node:fs";
import { defineConfig, devices } from "@playwright/test";

const chromium =
  process.env.CHROMIUM_PATH ??
  ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((file) => existsSync(file));

const args = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
if (process.getuid?.() === 0) args.push("--no-sandbox");

export default defineConfig({
  testDir: "./e2e",
  // Limits are for a machine that is busy with other things; what is measured stands in bench/.
  timeout: 180_000,
  expect: { timeout: 45_000 },
  // Files run beside each other; the tests of a file in their order.
  workers: 2,
  forbidOnly: true,
  reporter: [["line"], ...(process.env.E2E_REPORT ? ([["json", { outputFile: process.env.E2E_REPORT }]] as const) : [])],
  use: {
    ...devices["Desktop Chrome"],
    ...(process.env.BASE_URL ? { baseURL: process.env.BASE_URL } : {}),
    launchOptions: { ...(chromium ? { executablePath: chromium } : {}), args },
    // What moves by itself is drawn again and again, by the processor.
    contextOptions: { reducedMotion: "reduce" },
    screenshot: "only-on-failure",
    // A trace takes a picture at each act, and more of the processor than the page does: E2E_TRACE=1 asks for it.
    trace: process.env.E2E_TRACE ? "retain-on-failure" : "off",
  },
  projects: [
    { name: "first visit", testMatch: /.*\.setup\.ts/ },
    { name: "pages", dependencies: ["first visit"] },
  ],
});

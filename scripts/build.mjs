// Builds the web pages and the programs beside them, if their sources changed since the last time.
import { buildOnce } from "./lib/build.mjs";
import { report } from "./lib/problem.mjs";
import { step } from "./lib/steps.mjs";

try {
  await step("Build", async () => ((await buildOnce()) ? "built" : "up to date"));
} catch (error) {
  process.exitCode = report(error);
}

// Format, types, dependency directions, dead code, secrets and Python lint: `npm run check`.
import { installPackages } from "./lib/packages.mjs";
import { report } from "./lib/problem.mjs";

try {
  await installPackages();
  const { printOutcome, runChecks } = await import("./lib/checks.mjs");
  const { failures } = await runChecks(printOutcome);
  process.exitCode = failures.length === 0 ? 0 : 1;
} catch (error) {
  process.exitCode = report(error);
}

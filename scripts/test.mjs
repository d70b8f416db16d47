// Everything that must hold: checks, unit and contract tests against real engines, Python tests, browser tests, kill seeds.
// `--live` adds the contracts with engines that are fetched for them (scripts/lib/live/engines.mjs), `--full` also every seed.
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { installPackages } from "./lib/packages.mjs";
import { report } from "./lib/problem.mjs";
import { step } from "./lib/steps.mjs";

const isFull = process.argv.includes("--full");
const isLive = isFull || process.argv.includes("--live");
/** How often parts of the instance are killed in the middle of a run. */
const KILLS = isFull ? 20 : isLive ? 5 : 3;
/** Runs of the full tier that go on while parts of the instance are killed every few seconds. */
const STORM_RUNS = 100;
const total = { passed: 0, failures: [] };
const add = ({ passed, failures }) => {
  total.passed += passed;
  total.failures.push(...failures);
};

async function runAll(folder, onInstance) {
  await step("Packages", async () => ((await installPackages()) ? "installed by npm ci" : "up to date"));
  const { buildOnce } = await import("./lib/build.mjs");
  const { findPython, installPython, pythonEnvironment } = await import("./lib/python.mjs");
  const { printOutcome, runChecks } = await import("./lib/checks.mjs");
  const { startTestInstance } = await import("./lib/test-instance.mjs");
  const { runKillSeeds, runPytest, runStorm, runVitest } = await import("./lib/suites.mjs");

  const python = await findPython();
  const hasPython = python.missing === undefined;
  if (!hasPython) console.log(python.missing);
  const log = path.join(folder, "python.log");
  for (const project of hasPython ? ["lake", "jobs"] : []) {
    const withTests = project === "lake";
    await step(`Python packages (${project})`, async () => ((await installPython(python, { log, name: project, withTests })) ? "installed" : "up to date"));
  }
  await step("Build", async () => ((await buildOnce()) ? "built" : "up to date"));
  let instance;
  // What one of them waits for, the others use.
  await together([
    async () => add(await runChecks(printOutcome)),
    async () => hasPython && add(await runPytest(folder, pythonEnvironment(python).python)),
    () =>
      step("Instance", async () => {
        instance = await startTestInstance();
        onInstance(instance);
      }),
  ]);
  const env = { ...instance.contracts, ...(isFull ? { BENCHWRIGHT_FULL_TESTS: "1" } : {}) };
  await together([
    async () => hasPython && add(await runPytest(folder, pythonEnvironment(python, "lake").python, "lake", env)),
    async () => add(await runVitest(folder, env)),
  ]);
  await runBrowserTests(folder, instance, env);
  if (instance.contracts.CONTRACT_RAY_ADDRESS === undefined) console.log("The kill seeds are left out: there is no Ray head.");
  else add(await runKillSeeds(folder, instance, { count: KILLS, chosen: isLive }));
  if (!isLive) return;
  const hasRay = instance.contracts.CONTRACT_RAY_ADDRESS !== undefined;
  if (isFull && hasRay) add(await runStorm(folder, instance, { runs: STORM_RUNS }));
  const { runLiveContracts } = await import("./lib/live/run-live-contracts.mjs");
  const lakePython = hasPython ? pythonEnvironment(python, "lake").python : undefined;
  add(await runLiveContracts(folder, { env, lakePython }));
  if (!isFull || !hasRay) return;
  await instance.stop();
  const { freePort } = await import("./lib/ports.mjs");
  const temporal = `127.0.0.1:${await freePort()}`;
  await step("Instance on Temporal", async () => {
    instance = await startTestInstance({ TEMPORAL_ADDRESS: temporal });
    onInstance(instance);
  });
  add(await runStorm(folder, instance, { runs: STORM_RUNS, temporal }));
}

/** Waits for all of them, also where one fails. */
async function together(works) {
  const outcomes = await Promise.allSettled(works.map((work) => work()));
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
}

async function runBrowserTests(folder, instance, env) {
  const { findChromium } = await import("./lib/find-chromium.mjs");
  const { runPlaywright } = await import("./lib/suites.mjs");
  const chromium = await findChromium();
  if (chromium.path === undefined) {
    add({ passed: 0, failures: [`e2e: ${chromium.missing}`] });
  } else add(await runPlaywright(folder, { ...env, BASE_URL: instance.baseUrl, OIDC_ISSUER: instance.issuer, BENCHWRIGHT_DATA: instance.data, CHROMIUM_PATH: chromium.path }));
}

const folder = mkdtempSync(path.join(os.tmpdir(), "benchwright-reports-"));
let running;
async function cleanUp() {
  await running?.stop();
  rmSync(folder, { recursive: true, force: true });
}
async function giveUp() {
  const { stopSuites } = await import("./lib/suites.mjs");
  await stopSuites();
  await cleanUp();
}
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => giveUp().finally(() => process.exit(1)));
try {
  await runAll(folder, (instance) => {
    running = instance;
  });
} catch (error) {
  report(error);
  add({ passed: 0, failures: [String(error.message)] });
} finally {
  await cleanUp();
}
// What failed is said once more at the end, where one looks first.
for (const failure of total.failures) console.log(`\nFAILED ${failure}`);
console.log(`${total.passed} passed, ${total.failures.length} failed`);
process.exit(total.failures.length === 0 && total.passed > 0 ? 0 : 1);

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./folders.mjs";
import { readJson } from "./ports.mjs";

function runShown(command, args, options) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: "inherit", ...options });
    child.once("error", () => resolve(1));
    child.once("close", (code) => resolve(code ?? 1));
  });
}

/** A suite that ended badly without naming a failed test counts as one failure. */
export function settle(status, { passed, failed }) {
  return { passed, failed: status !== 0 && failed === 0 ? 1 : failed };
}

const bin = (name) => path.join(root, "node_modules/.bin", name);

/** The suites of a vitest configuration, or only `files` of them. */
export async function runVitest(folder, env, { config = "vitest.config.ts", files = [], name = "vitest" } = {}) {
  const report = path.join(folder, `${name}.json`);
  const args = ["run", ...files, "--config", config, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const status = await runShown(bin("vitest"), args, { env: { ...process.env, ...env } });
  const counted = readJson(report);
  return settle(status, { passed: counted?.numPassedTests ?? 0, failed: counted?.numFailedTests ?? 0 });
}

const KILLS_CONFIG = "e2e/kills/kills.config.ts";

/** Kills parts of the instance at seeded moments, `count` times, and judges every recovery. It must be nobody else's. */
export function runKillSeeds(folder, instance, count) {
  const env = { ...instance.contracts, BENCHWRIGHT_URL: instance.baseUrl, BENCHWRIGHT_DATA: instance.data, BENCHWRIGHT_KILLS: String(count) };
  return runVitest(folder, env, { config: KILLS_CONFIG, files: ["kill-seeds.kill"], name: "kills" });
}

/**
 * Kills a part of the instance every few seconds while `runs` runs go on, and judges what they left. With `temporal`, the
 * address that the instance was started with, a Temporal is started there and killed too. It must be nobody else's.
 */
export function runStorm(folder, instance, { runs, temporal }) {
  const carrier = temporal === undefined ? {} : { BENCHWRIGHT_STORM_TEMPORAL: temporal };
  const env = { ...instance.contracts, ...carrier, BENCHWRIGHT_URL: instance.baseUrl, BENCHWRIGHT_DATA: instance.data, BENCHWRIGHT_STORM_RUNS: String(runs) };
  return runVitest(folder, env, { config: KILLS_CONFIG, files: ["storm.kill"], name: temporal === undefined ? "storm" : "storm-temporal" });
}

/** Sums the counts of a JUnit report. */
export function countJunit(xml) {
  const sum = (name) => [...xml.matchAll(new RegExp(`<testsuite\\b[^>]*\\b${name}="(\\d+)"`, "g"))].reduce((total, match) => total + Number(match[1]), 0);
  const failed = sum("failures") + sum("errors");
  return { passed: sum("tests") - failed - sum("skipped"), failed };
}

/** The lake's tests mostly wait for processes of their own; those of the jobs are few. */
const PARALLEL = { lake: ["-n", "2"], jobs: [] };

/** The tests of a Python project, `jobs` or `lake`, or only `files` of it, by the interpreter of its environment; `variables` name the engines. */
export async function runPytest(folder, python, project = "jobs", variables = {}, { files = [], name = project } = {}) {
  const report = path.join(folder, `pytest-${name}.xml`);
  const cwd = path.join(root, project);
  const env = { ...process.env, ...variables, PYTHONDONTWRITEBYTECODE: "1" };
  const status = await runShown(python, ["-m", "pytest", "-q", "-p", "no:cacheprovider", `--junitxml=${report}`, ...PARALLEL[project], ...files], { cwd, env });
  let counted = { passed: 0, failed: 0 };
  try {
    counted = countJunit(readFileSync(report, "utf8"));
  } catch {
    // A run that broke off leaves no report; its status says so.
  }
  return settle(status, counted);
}

export async function runPlaywright(folder, env) {
  const report = path.join(folder, "e2e.json");
  const status = await runShown(bin("playwright"), ["test"], { env: { ...process.env, ...env, E2E_REPORT: report } });
  const stats = readJson(report)?.stats;
  return settle(status, { passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0), failed: stats?.unexpected ?? 0 });
}

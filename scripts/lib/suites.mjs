import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root } from "./folders.mjs";
import { readJson } from "./ports.mjs";
import { stopProcesses } from "./process-table.mjs";

const running = new Set();

function runShown(command, args, options) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: "inherit", ...options });
    running.add(child.pid);
    const ended = (code) => {
      running.delete(child.pid);
      resolve(code ?? 1);
    };
    child.once("error", () => ended(1));
    child.once("close", ended);
  });
}

/** Ends the suites that run, for one who was told to stop: outside a terminal nobody else tells them. */
export const stopSuites = () => stopProcesses([...running], { graceMs: 5000 });

/**
 * The outcome of a suite from its exit status, how many tests passed and what is said of those that failed. A suite that
 * ended badly without naming a failed test counts as one failure.
 */
export function settle(suite, status, { passed, failures }) {
  const unnamed = status !== 0 && failures.length === 0 ? [`ended with status ${status} and named no test`] : [];
  return { passed, failures: [...failures, ...unnamed].map((failure) => `${suite}: ${failure}`) };
}

/** The first `LINES` lines of what a failed test said, without colours. */
const firstLines = (text = "") => stripVTControlCharacters(text).trim().split("\n").slice(0, LINES).join("\n    ");
const LINES = 12;
const told = (name, message) => `${name}\n    ${firstLines(message)}`;

const bin = (name) => path.join(root, "node_modules/.bin", name);

/** The suites of a vitest configuration, or only `files` of them, with `timeoutMs` in place of its limit for one test. */
export async function runVitest(folder, env, { config = "vitest.config.ts", files = [], name = "vitest", timeoutMs } = {}) {
  const report = path.join(folder, `${name}.json`);
  const args = ["run", ...files, "--config", config, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  if (timeoutMs !== undefined) args.push(`--testTimeout=${timeoutMs}`);
  const status = await runShown(bin("vitest"), args, { env: { ...process.env, ...env } });
  return settle(name, status, readVitest(readJson(report)));
}

/** What a JSON report of vitest says: tests that failed, and files that failed before their tests. */
export function readVitest(report) {
  const files = report?.testResults ?? [];
  const failures = files.flatMap((file) => {
    const tests = file.assertionResults.filter((test) => test.status === "failed");
    if (tests.length > 0) return tests.map((test) => told(`${path.relative(root, file.name)} > ${test.fullName}`, test.failureMessages[0]));
    return file.status === "failed" ? [told(path.relative(root, file.name), file.message)] : [];
  });
  return { passed: report?.numPassedTests ?? 0, failures };
}

const KILLS_CONFIG = "e2e/kills/kills.config.ts";

/**
 * Kills parts of the instance at seeded moments, `count` times, and judges every recovery; with `chosen`, also at the moments
 * that no seed meets. It must be nobody else's.
 */
export function runKillSeeds(folder, instance, { count, chosen }) {
  const env = { ...instance.contracts, BENCHWRIGHT_URL: instance.baseUrl, BENCHWRIGHT_DATA: instance.data, BENCHWRIGHT_KILLS: String(count) };
  return runVitest(folder, env, { config: KILLS_CONFIG, files: chosen ? ["kill-seeds.kill", "begins-once.kill"] : ["kill-seeds.kill"], name: "kills" });
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

/** What a JUnit report says. */
export function readJunit(xml) {
  const sum = (name) => [...xml.matchAll(new RegExp(`<testsuite\\b[^>]*\\b${name}="(\\d+)"`, "g"))].reduce((total, match) => total + Number(match[1]), 0);
  const cases = xml.split("<testcase ").slice(1);
  const failures = cases.flatMap((text) => {
    const failure = /<(?:failure|error)\b[^>]*\bmessage="([^"]*)"/.exec(text);
    const [, file, name] = /classname="([^"]*)" name="([^"]*)"/.exec(text) ?? [];
    return failure === null ? [] : [told(unescapeXml(`${file}::${name}`), unescapeXml(failure[1]))];
  });
  return { passed: sum("tests") - failures.length - sum("skipped"), failures };
}

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", "#10": "\n" };
const unescapeXml = (text) => text.replace(/&([a-z]+|#10);/g, (entity, name) => ENTITIES[name] ?? entity);

/** The lake's tests mostly wait for processes of their own; those of the jobs are few. */
const PARALLEL = { lake: ["-n", "2"], jobs: [] };

/** The tests of a Python project, `jobs` or `lake`, or only `files` of it, by the interpreter of its environment; `variables` name the engines. */
export async function runPytest(folder, python, project = "jobs", variables = {}, { files = [], name = project } = {}) {
  const report = path.join(folder, `pytest-${name}.xml`);
  const cwd = path.join(root, project);
  const env = { ...process.env, ...variables, PYTHONDONTWRITEBYTECODE: "1" };
  const status = await runShown(python, ["-m", "pytest", "-q", "-p", "no:cacheprovider", `--junitxml=${report}`, ...PARALLEL[project], ...files], { cwd, env });
  // A run that broke off leaves no report; its status says so.
  return settle(name, status, readJunit(existsSync(report) ? readFileSync(report, "utf8") : ""));
}

export async function runPlaywright(folder, env) {
  const report = path.join(folder, "e2e.json");
  const status = await runShown(bin("playwright"), ["test"], { env: { ...process.env, ...env, E2E_REPORT: report } });
  return settle("e2e", status, readPlaywright(readJson(report)));
}

/** What a JSON report of Playwright says: tests that failed, and errors outside a test. */
export function readPlaywright(report) {
  const suites = (report?.suites ?? []).flatMap(withNested);
  const unexpected = suites.flatMap((suite) => suite.specs ?? []).flatMap((spec) => spec.tests.filter((test) => test.status === "unexpected").map((test) => ({ spec, test })));
  const failures = unexpected.map(({ spec, test }) => told(`${spec.file}:${spec.line} > ${spec.title}`, test.results.findLast((result) => result.error)?.error.message));
  const outside = (report?.errors ?? []).map((error) => firstLines(error.message));
  return { passed: (report?.stats?.expected ?? 0) + (report?.stats?.flaky ?? 0), failures: [...failures, ...outside] };
}

const withNested = (suite) => [suite, ...(suite.suites ?? []).flatMap(withNested)];

import { existsSync } from "node:fs";
import path from "node:path";
import { generateClient } from "./build.mjs";
import { findSecrets } from "./find-secrets.mjs";
import { root } from "./folders.mjs";
import { Problem } from "./problem.mjs";
import { findPython, pythonEnvironment } from "./python.mjs";
import { runCommand } from "./run-command.mjs";

const bin = (name) => path.join(root, "node_modules/.bin", name);
const WITHOUT_IGNORED = ["--vcs-enabled=true", "--vcs-client-kind=git", "--vcs-use-ignore-file=true"];
const floors = ["app", "components", "domain", "server"];

async function ruff() {
  const python = await findPython();
  const program = python.missing === undefined ? path.join(pythonEnvironment(python).bin, "ruff") : "";
  if (!existsSync(program)) return "left out: no Python environment";
  await runCommand(program, ["check", "jobs", "lake", "samples"], { cwd: root, what: "ruff" });
}

function secrets() {
  const found = findSecrets(root);
  if (found.length > 0) throw new Problem(`These look like secrets: ${found.join(", ")}`);
}

const CHECKS = {
  Format: () => runCommand(bin("biome"), ["check", ...WITHOUT_IGNORED, "--error-on-warnings", "."], { cwd: root, what: "biome" }),
  Types: () => runCommand(bin("tsc"), ["--noEmit", "-p", "."], { cwd: root, what: "tsc" }),
  Directions: () => runCommand(bin("depcruise"), ["--config", ".dependency-cruiser.cjs", ...floors], { cwd: root, what: "dependency-cruiser" }),
  "Dead code": () => runCommand(bin("knip"), [], { cwd: root, what: "knip" }),
  "Job schemas": () => runCommand(process.execPath, ["--import", "tsx", "scripts/job-schemas.ts", "--check"], { cwd: root, what: "job-schemas" }),
  Secrets: async () => secrets(),
  Python: ruff,
};

/** Runs every check, two at a time, and calls back with each outcome. Returns how many passed, and what failed. */
export async function runChecks(onOutcome) {
  await generateClient();
  const waiting = Object.entries(CHECKS);
  const outcomes = { passed: 0, failures: [] };
  async function lane() {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [name, check] = next;
      const started = performance.now();
      const outcome = await check().then(
        (detail) => ({ ok: true, detail: name === "Python" ? detail : undefined }),
        (error) => ({ ok: false, detail: error.message }),
      );
      if (outcome.ok) outcomes.passed++;
      else outcomes.failures.push(`check: ${name}`);
      onOutcome({ name, ...outcome, seconds: (performance.now() - started) / 1000 });
    }
  }
  await Promise.all([lane(), lane()]);
  return outcomes;
}

export function printOutcome({ name, ok, detail, seconds }) {
  console.log(`${name.padEnd(12)} ${ok ? "passed" : "FAILED"} ${`${seconds.toFixed(1)} s`.padStart(8)}${detail ? `  ${detail}` : ""}`);
}

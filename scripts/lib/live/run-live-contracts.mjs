import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../folders.mjs";
import { report } from "../problem.mjs";
import { step } from "../steps.mjs";
import { runPytest, runVitest } from "../suites.mjs";
import { liveEngines } from "./engines.mjs";

/** A first statement of Trino takes its Java virtual machine long where the machine is busy. */
const TIMEOUT_MS = 180_000;

/** Files under `folder` that match and name one of the variables, as paths from `folder`. */
export function filesNaming(variables, folder, pattern) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => pattern.test(file) && !/node_modules|__pycache__/.test(file));
  return files.filter((file) => {
    const text = readFileSync(path.join(folder, file), "utf8");
    return variables.some((variable) => text.includes(variable));
  });
}

/**
 * Starts the live engines and runs the contracts that name one of their variables. An engine that does not start counts
 * as one failure, and its contracts are skipped.
 */
export async function runLiveContracts(folder, { env, lakePython }) {
  const started = [];
  const outcomes = { passed: 0, failures: [] };
  const add = ({ passed, failures }) => {
    outcomes.passed += passed;
    outcomes.failures.push(...failures);
  };
  try {
    for (const engine of liveEngines) {
      const own = path.join(folder, engine.name);
      mkdirSync(own, { recursive: true });
      try {
        await step(engine.name, async () => void started.push(await engine.start({ folder: own })));
      } catch (error) {
        report(error);
        add({ passed: 0, failures: [`${engine.name} did not start`] });
      }
    }
    const variables = liveEngines.flatMap((engine) => engine.variables);
    const contracts = Object.assign({}, env, ...started.map((each) => each.contracts));
    const files = ["domain", "server", "scripts"].flatMap((floor) =>
      filesNaming(variables, path.join(root, floor), /\.(contract|test)\.(ts|mjs)$/).map((file) => path.join(floor, file)),
    );
    if (files.length > 0) add(await runVitest(folder, contracts, { files, name: "live", timeoutMs: TIMEOUT_MS }));
    const pythonFiles = lakePython === undefined ? [] : filesNaming(variables, path.join(root, "lake/tests"), /test_.*\.py$/);
    if (pythonFiles.length > 0) {
      add(await runPytest(folder, lakePython, "lake", contracts, { files: pythonFiles.map((file) => path.join("tests", file)), name: "lake-live" }));
    }
    if (files.length + pythonFiles.length === 0) console.log(`No contract names ${variables.join(", ")} yet.`);
    return outcomes;
  } finally {
    await Promise.all(started.map((engine) => engine.stop()));
  }
}

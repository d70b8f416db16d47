import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { enginesUp } from "./instance.mjs";

/** The newest environment that the supervisor keeps in its cache; `BENCH_PYTHON` names another interpreter. */
function findPython() {
  if (process.env.BENCH_PYTHON) return process.env.BENCH_PYTHON;
  const cache = process.env.BENCHWRIGHT_CACHE || join(homedir(), ".cache", "benchwright");
  const found = readdirSync(cache, { recursive: false })
    .map((name) => join(cache, name, "bin", "python"))
    .filter((path) => existsSync(path) && existsSync(join(dirname(path), "ray")));
  if (found.length === 0) throw new Error(`no Python environment with Ray in ${cache}`);
  return found.at(-1);
}

/**
 * The embedded cluster of `app`, once it is up: its dashboard and tracker URLs, the address that drivers connect to, and
 * the interpreter of the jobs with Ray's own command line beside it.
 */
export async function rayOf(app) {
  await enginesUp(app, ["ray", "mlflow"]);
  const ports = JSON.parse(readFileSync(join(app.data, "run", "ports.json"), "utf8"));
  const python = findPython();
  return {
    dashboard: `http://127.0.0.1:${ports.rayDashboard}`,
    tracker: `http://127.0.0.1:${ports.mlflow}`,
    drivers: `127.0.0.1:${ports.ray}`,
    python,
    command: join(dirname(python), "ray"),
  };
}

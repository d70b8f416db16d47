import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findPython, pythonEnvironment } from "../../scripts/lib/python.mjs";
import { enginesUp } from "./instance.mjs";

/**
 * The embedded cluster of `app`, once it is up: its dashboard and tracker URLs, the address that drivers connect to, and
 * the interpreter of the jobs with Ray's own command line beside it, and the folder of the sample's files.
 */
export async function rayOf(app) {
  await enginesUp(app, ["ray", "mlflow"]);
  const ports = JSON.parse(readFileSync(join(app.data, "run", "ports.json"), "utf8"));
  const { python, bin, sampleFolder } = pythonEnvironment(await findPython());
  return {
    dashboard: `http://127.0.0.1:${ports.rayDashboard}`,
    tracker: `http://127.0.0.1:${ports.mlflow}`,
    drivers: `127.0.0.1:${ports.ray}`,
    python,
    command: join(bin, "ray"),
    sampleFolder,
  };
}

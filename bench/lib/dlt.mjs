import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder } from "../../scripts/lib/folders.mjs";
import { packageIndexSettings, uvProgram } from "../../scripts/lib/python.mjs";
import { runProcess } from "./processes.mjs";

const packages = [
  "dlt[filesystem,parquet,sql-database]==1.31.0",
  "connectorx==0.4.6",
  "psycopg2-binary==2.9.13",
];
const limitMs = 10 * 60_000;

/** The Python that has dlt with connectorx, in a folder of its own in the cache; installed where it is not there. */
export async function dltPython(python) {
  const folder = join(cacheFolder(), `bench-dlt-1.31.0-python${python.version}`);
  const complete = join(folder, "complete");
  const program = join(folder, "bin", "python");
  if (existsSync(complete)) return program;
  const env = await packageIndexSettings(python);
  const uv = uvProgram(python);
  await runProcess(uv, ["venv", "--clear", "--python", python.executable, folder], {
    env,
    timeoutMs: limitMs,
  });
  await runProcess(uv, ["pip", "install", "--python", program, ...packages], { env, timeoutMs: limitMs });
  await writeFile(complete, "");
  return program;
}

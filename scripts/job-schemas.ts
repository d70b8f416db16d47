// Writes jobs/schemas/*.json from the zod schemas of the job specifications; with --check, fails where a file differs.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { PythonScriptSpec } from "../domain/pipelines/python-script-spec";
import { RayTrainSpec } from "../domain/pipelines/ray-train-spec";

const SPECS: Record<string, { title: string; schema: z.ZodType }> = {
  python_script: { title: "Specification of one python_script job", schema: PythonScriptSpec },
  ray_train: { title: "Specification of one ray_train job", schema: RayTrainSpec },
};
const folder = path.join(import.meta.dirname, "../jobs/schemas");

const contentOf = (file: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
};

const stale = Object.entries(SPECS).filter(([name, { title, schema }]) => {
  const { $schema, ...rest } = z.toJSONSchema(schema);
  const file = path.join(folder, `${name}.json`);
  const wanted = `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
  if (contentOf(file) === wanted) return false;
  if (!process.argv.includes("--check")) writeFileSync(file, wanted);
  return true;
});
const names = stale.map(([name]) => `jobs/schemas/${name}.json`).join(", ");
if (process.argv.includes("--check") && stale.length > 0) {
  console.error(`${names} is not what its zod schema says; run node --import tsx scripts/job-schemas.ts.`);
  process.exitCode = 1;
} else console.log(names === "" ? "up to date" : `written: ${names}`);

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Measured, mergeResults, type Results, reportMarkdown } from "./report";

/** Writes bench/results.json and docs/benchmarks.md under `root`. */
export async function writeReport(root: string, taken: Measured[], order: string[]): Promise<void> {
  const path = join(root, "bench", "results.json");
  const previous: Results | null = await readFile(path, "utf8").then(JSON.parse, () => null);
  const results = mergeResults(previous, taken, order);
  await mkdir(join(root, "docs"), { recursive: true });
  await writeFile(path, `${JSON.stringify(results, null, 2)}\n`);
  await writeFile(join(root, "docs", "benchmarks.md"), reportMarkdown(results));
}

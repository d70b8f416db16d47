import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { findPython, installPython, pythonEnvironment } from "../../scripts/lib/python.mjs";
import { dltPython } from "../lib/dlt.mjs";
import { root } from "../lib/instance.mjs";
import { startPostgres } from "../lib/postgres.mjs";
import { runProcess } from "../lib/processes.mjs";
import { alternating, median, rounded } from "../lib/statistics.ts";
import { temporaryFolder } from "../lib/temporary-folder.mjs";

const script = join(root, "bench", "postgres_to_lake.py");
const limitMs = 15 * 60_000;
const rows = Number(process.env.BENCH_ROWS ?? 10_000_000);
const megabytes = (bytes) => Math.round(bytes / 1024 ** 2);

async function programs() {
  const python = await findPython();
  if (python.missing !== undefined) throw new Error(python.missing);
  await installPython(python, { name: "lake" });
  return { lake: pythonEnvironment(python, "lake").python, dlt: await dltPython(python) };
}

/** One side in a process of its own, in an empty folder that is removed afterwards. */
async function sample(program, side, url, base) {
  const folder = join(base, side);
  await mkdir(folder);
  try {
    const env = { PYTHONDONTWRITEBYTECODE: "1" };
    const { lines } = await runProcess(program, [script, side, url, String(rows), folder], {
      env,
      timeoutMs: limitMs,
    });
    return JSON.parse(lines.findLast((line) => line.startsWith("{")));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export const postgresToLake = {
  name: "postgres-to-lake",
  title: `PostgreSQL table of ${rows.toLocaleString("en")} rows × 10 columns to a committed lake table ÷ dlt with connectorx to Parquet`,
  goal: 0.5,
  unit: "ratio",
  repeats: 3,
  async measure({ repeats, say }) {
    const { lake, dlt } = await programs();
    const postgres = await startPostgres();
    const folder = await temporaryFolder();
    const url = await postgres.database("measured");
    await sample(lake, "make", url, folder.path);
    const python = { copy: lake, lake, dlt };
    const samples = { lakeS: [], dltS: [], copyS: [], lakeRowsPerS: [], lakePeakMB: [], dltPeakMB: [] };
    const take = async (side) => {
      const { seconds, peakBytes } = await sample(python[side], side, url, folder.path);
      samples[`${side}S`].push(rounded(seconds, 2));
      samples[`${side}PeakMB`]?.push(megabytes(peakBytes));
      samples[`${side}RowsPerS`]?.push(Math.round(rows / seconds));
      say(
        `${side} ${seconds.toFixed(2)} s, ${Math.round(rows / seconds)} rows/s, ${megabytes(peakBytes)} MB`,
      );
    };
    for (const { side } of alternating(repeats, ["dlt", "lake"])) {
      await take(side);
      if (side === "lake") await take("copy");
    }
    await postgres.stop();
    await folder.remove();
    return {
      value: median(samples.lakeS) / median(samples.dltS),
      samples,
      note: `Goals beside the ratio: a million rows a second, and at most 1,024 MB of memory. Full refresh by source-postgres until its one commit is visible, the lake's writer in the same process (its memory counts), on an embedded PostgreSQL with default settings; dlt 1.31.0 loads the same table with connectorx as Arrow into Parquet files; \`copyS\` is a bare binary COPY of it to a file. Each in a process of its own, imports not counted; medians. BENCH_ROWS sets another size.`,
    };
  },
};

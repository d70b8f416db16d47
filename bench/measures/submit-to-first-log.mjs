import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { startProcess } from "../lib/processes.mjs";
import { rayOf } from "../lib/ray.mjs";
import { alternating, median, rounded } from "../lib/statistics.ts";
import { temporaryFolder } from "../lib/temporary-folder.mjs";

const marker = "first line of the job";
const entrypoint = "python -u main.py";
const limitMs = 60_000;

/** Every sample's code differs, so that both sides upload a package that the cluster has not seen. */
const code = () => `# ${randomUUID()}\nprint("${marker}")\n`;

async function throughAdapter(runner) {
  const job = {
    id: `bench-${randomUUID()}`,
    entrypoint,
    package: zipSync({ "main.py": strToU8(code()) }),
    env: {},
    metadata: {},
  };
  const from = performance.now();
  await runner.submit(job);
  let text = "";
  for await (const chunk of runner.tailLogs(job.id, AbortSignal.timeout(limitMs))) {
    text += chunk;
    if (text.includes(marker)) return { ms: performance.now() - from };
  }
  throw new Error(`the job's log ended without its line: ${text.slice(-300)}`);
}

async function throughCommandLine(ray, folder) {
  const package_ = join(folder, randomUUID());
  await mkdir(package_);
  await writeFile(join(package_, "main.py"), code());
  const args = [
    "job",
    "submit",
    "--address",
    ray.dashboard,
    "--working-dir",
    package_,
    "--",
    ...entrypoint.split(" "),
  ];
  const command = startProcess(ray.command, args, { env: { RAY_ADDRESS: "", PYTHONUNBUFFERED: "1" } });
  try {
    const connected = await command.line(/Job submission server address/, limitMs);
    const first = await command.line(new RegExp(marker), limitMs);
    return { ms: first.atMs, ownStartMs: connected.atMs };
  } finally {
    await command.stop(10_000);
  }
}

export const submitToFirstLog = {
  name: "submit-to-first-log",
  title: "Submit to the first log line ÷ Ray's own command line",
  goal: 1.1,
  unit: "ratio",
  repeats: 5,
  async measure({ app, repeats, say }) {
    const ray = await rayOf(await app());
    const { rayJobRunner } = await import("../../server/engines/ray/ray-job-runner.ts");
    const runner = rayJobRunner({ address: ray.dashboard });
    const folder = await temporaryFolder();
    const samples = { adapterMs: [], commandLineMs: [], commandLineOwnStartMs: [] };
    await throughAdapter(runner);
    for (const { side } of alternating(repeats, ["commandLine", "adapter"])) {
      const { ms, ownStartMs } = await (side === "adapter"
        ? throughAdapter(runner)
        : throughCommandLine(ray, folder.path));
      samples[`${side}Ms`].push(rounded(ms, 0));
      if (ownStartMs !== undefined) samples.commandLineOwnStartMs.push(rounded(ownStartMs, 0));
      say(`${side} ${ms.toFixed(0)} ms`);
    }
    await folder.remove();
    const own = median(samples.commandLineOwnStartMs);
    const withoutStart = median(samples.adapterMs) / (median(samples.commandLineMs) - own);
    return {
      value: median(samples.adapterMs) / median(samples.commandLineMs),
      samples,
      note: `A new package and a one-line job each time, one warm-up before; medians. The command line starts a Python of its own; without the ${own} ms until it is connected the ratio is ${withoutStart.toFixed(2)}.`,
    };
  },
};

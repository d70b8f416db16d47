import { execFile } from "node:child_process";
import { cp, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { root, startApp } from "../lib/instance.mjs";
import { median, rounded } from "../lib/statistics.ts";
import { temporaryFolder } from "../lib/temporary-folder.mjs";

const seconds = (ms) => rounded(ms / 1000, 2);

/** Starts and stops once and returns the seconds of both. */
async function startOnce(options) {
  const app = await startApp(options);
  return { readyS: seconds(app.readyMs), stopS: seconds(await app.stop()) };
}

/** Builds what is missing, so that no sample pays for it. */
async function rehearse() {
  const folder = await temporaryFolder();
  await startOnce({ data: folder.path, timeoutMs: 600_000 });
  return folder;
}

async function samplesOf(repeats, say, once) {
  const samples = { readyS: [], stopS: [] };
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const { readyS, stopS } = await once();
    samples.readyS.push(readyS);
    samples.stopS.push(stopS);
    say(`usable after ${readyS} s, stopped in ${stopS} s`);
  }
  return samples;
}

export const warmStart = {
  name: "warm-start",
  title: "Warm start to a usable page",
  goal: 5,
  unit: "s",
  repeats: 3,
  async measure({ repeats, say }) {
    const folder = await rehearse();
    const samples = await samplesOf(repeats, say, () => startOnce({ data: folder.path }));
    await folder.remove();
    return {
      value: median(samples.readyS),
      samples,
      note: "From the start of the supervisor on data used before until the first page answers; median. `stopS` is Ctrl-C to the end of the last process.",
    };
  },
};

export const firstStart = {
  name: "first-start",
  title: "Start on an empty data folder, app already built",
  goal: null,
  unit: "s",
  repeats: 3,
  async measure({ repeats, say }) {
    await (await rehearse()).remove();
    const samples = await samplesOf(repeats, say, async () => {
      const folder = await temporaryFolder();
      const took = await startOnce({ data: folder.path });
      await folder.remove();
      return took;
    });
    return {
      value: median(samples.readyS),
      samples,
      note: "As the warm start, with a new PostgreSQL, its migrations and new secrets each time; the build and the Python environment are kept. Median.",
    };
  },
};

/** Copies what a clone would hold: the files that git tracks or would track. */
async function copyRepository(target) {
  const { stdout } = await promisify(execFile)("git", ["ls-files", "-co", "--exclude-standard", "-z"], {
    cwd: root,
    maxBuffer: 64 * 1024 ** 2,
  });
  for (const file of stdout.split("\0").filter((name) => name !== "")) {
    await mkdir(dirname(join(target, file)), { recursive: true });
    await cp(join(root, file), join(target, file)).catch((error) => {
      if (error.code !== "ENOENT") throw error;
    });
  }
}

export const coldStart = {
  name: "cold-start",
  title: "Cold start: fresh clone, nothing installed or built",
  goal: 240,
  unit: "s",
  repeats: 1,
  onRequest: true,
  async measure({ repeats, say }) {
    const samples = await samplesOf(repeats, say, async () => {
      const folder = await temporaryFolder();
      const clone = join(folder.path, "clone");
      await copyRepository(clone);
      const env = { BENCHWRIGHT_CACHE: join(folder.path, "cache") };
      const took = await startOnce({ cwd: clone, data: join(folder.path, "data"), env, timeoutMs: 900_000 });
      await folder.remove();
      return took;
    });
    return {
      value: median(samples.readyS),
      samples,
      note: "The repository's files copied to an empty folder, with an empty cache: `npm ci`, the Python environment and the build included. Downloads count too, though the goal leaves them out.",
    };
  },
};

import { readdirSync, readFileSync } from "node:fs";
import { makeToken } from "../lib/instance.mjs";
import { sleep } from "../lib/processes.mjs";
import { dropTable, makeTable, quietApp, runQuery } from "../lib/shop.mjs";
import { rounded } from "../lib/statistics.ts";

const readers = 20;
const rows = 5_000_000;
const table = "lake.bench.wide";
const select = `SELECT range AS id, hash(range) % 1000 AS bucket, range / 7.0 AS score, 'label ' || (range % 5000) AS label FROM range(${rows})`;

/** The process that serves `port`: the one whose command starts Next on it. */
function webProcess(port) {
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0");
      const environment = readFileSync(`/proc/${name}/environ`, "utf8");
      if (command[0]?.includes("next-server") && environment.includes(`\0PORT=${port}\0`)) return name;
    } catch {
      // It ended, or is somebody else's.
    }
  }
  throw new Error("the web process was not found");
}

const residentMb = (pid) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;

async function readWhole(url, token, id) {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${url}/api/v1/queries/${id}/result?format=arrow`, { headers });
  let bytes = 0;
  for await (const chunk of response.body) bytes += chunk.length;
  return bytes;
}

export const webMemory = {
  name: "web-memory",
  title: "Growth of the web process while 20 results of 5M rows are run and read at once",
  goal: null,
  unit: "ratio",
  repeats: 1,
  async measure({ say, app: start }) {
    const world = await quietApp(start);
    const { url } = world.app;
    await makeTable(world, table, select);
    const token = await makeToken(world.app);
    const pid = webProcess(new URL(url).port);
    const sql = `SELECT * FROM ${table}`;
    // Once, so that what is loaded on first use is not counted.
    const first = await runQuery(world.call, { sql });
    await readWhole(url, token, first.id);
    const before = residentMb(pid);
    const seen = [];
    let isOver = false;
    const watching = (async () => {
      while (!isOver) {
        seen.push(residentMb(pid));
        await sleep(100);
      }
    })();
    const sizes = await Promise.all(
      Array.from({ length: readers }, async () => {
        const { id } = await runQuery(world.call, { sql });
        return readWhole(url, token, id);
      }),
    );
    isOver = true;
    await watching;
    await dropTable(world, table);
    const gigabytes = rounded(sizes.reduce((sum, bytes) => sum + bytes, 0) / 1e9, 1);
    const peak = Math.max(...seen);
    say(`${rounded(before, 0)} MB before, at most ${rounded(peak, 0)} MB while ${gigabytes} GB went through`);
    return {
      value: peak / before,
      samples: {
        beforeMb: [rounded(before, 0)],
        peakMb: [rounded(peak, 0)],
        afterMb: [rounded(seen.at(-1), 0)],
      },
      note: `Resident memory of the web process, looked at ten times a second while ${readers} statements of ${rows.toLocaleString("en-US")} rows run and each is read whole by a reader of its own (${gigabytes} GB in all), divided by what it was after one such result.`,
    };
  },
};

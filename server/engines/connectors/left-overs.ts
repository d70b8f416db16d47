import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const LOOK_MS = 20;
const LONGEST_MS = 10_000;

/**
 * Remembers, in a file, which process feeds a table, so that a worker that takes up the work of a killed one can see to
 * it that its process is gone before another begins.
 */
export type LeftOvers = {
  /** Ends the process that an earlier worker left for this table and waits until it is gone. */
  clear(table: string): Promise<void>;
  remember(table: string, pid: number): Promise<void>;
  forget(table: string): Promise<void>;
};

export function leftOvers(folder: string): LeftOvers {
  const place = (table: string) =>
    join(folder, `${createHash("sha256").update(table).digest("hex").slice(0, 32)}.json`);
  return {
    async clear(table) {
      const path = place(table);
      const [pid, startedAt] = await readFile(path, "utf8").then(
        (text) => JSON.parse(text) as [number, string],
        () => [0, ""] as const,
      );
      const giveUpAt = performance.now() + LONGEST_MS;
      // A number that another process has by now began at another time.
      while (
        pid > 0 &&
        startedAt !== "" &&
        (await startOf(pid)) === startedAt &&
        performance.now() < giveUpAt
      ) {
        kill(pid);
        await sleep(LOOK_MS);
      }
      await rm(path, { force: true });
    },
    async remember(table, pid) {
      await mkdir(folder, { recursive: true });
      await writeFile(place(table), JSON.stringify([pid, await startOf(pid)]));
    },
    forget: (table) => rm(place(table), { force: true }),
  };
}

/** When a process began, in the kernel's own count; empty where there is none, or where the system does not tell. */
async function startOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // The name of the program stands in brackets and may hold anything. A zombie has ended.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" ? "" : (fields[19] ?? "");
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended meanwhile.
  }
}

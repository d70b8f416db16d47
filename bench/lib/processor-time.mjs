import { readdir, readFile } from "node:fs/promises";

/** Of Linux, where `CLK_TCK` is 100 on every machine that runs this. */
const TICK_MS = 10;

/** Milliseconds of processor time that a process, its children and those of them that ended have taken so far. Linux only. */
export async function processorMs(pid) {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(ids.map(ticksOf));
  return found
    .filter((each) => each !== null && (each.pid === pid || each.parent === pid))
    .reduce((sum, { own, ended }) => sum + (own + ended) * TICK_MS, 0);
}

async function ticksOf(pid) {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (text === null) return null;
  // The name of the program, in parentheses, may hold spaces.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const number = (place) => Number(fields[place]);
  return { pid, parent: number(1), own: number(11) + number(12), ended: number(13) + number(14) };
}

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { dataFolders, root } from "../../scripts/lib/folders.mjs";
import { findProcesses } from "../../scripts/lib/process-table.mjs";
import type { Victim } from "./kill-plan";

/** What the supervisor calls each part in its states; it says nothing of the web server. */
const PARTS: Record<Victim, string | null> = {
  worker: "worker",
  web: null,
  database: "postgres",
  lake: "lake",
  "ray head": "ray",
  "ray raylet": "ray",
  "ray gcs": "ray",
};
/** Programs that the worker and the web server start. */
const OF_THE_APP = /duckdb-process|workbench_(query|sync|connectors)/;

type EngineState = { status: string; detail: string };
type Process = { pid: number; command: string };
/** `probes` are addresses that must answer. */
type Recovery = { probes: string[]; victim?: Victim; killed?: number[] };

/** The running instance that the kills are aimed at. */
export type Instance = ReturnType<typeof runningInstance>;

/** `data` is its data folder. Needs a system that shows the processes of this user. */
export function runningInstance(data: string) {
  const folders = dataFolders(data);
  const json = (file: string) => JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  const supervisor = () => Number(json(join(data, "run", "supervisor.lock")).pid);
  const child = (pattern: RegExp) => {
    const found = childrenOf(supervisor()).find(({ command }) => pattern.test(command));
    return found === undefined ? [] : [found.pid];
  };
  const engine = (name: string, command: string) =>
    findProcesses({ mark: `BENCHWRIGHT_ENGINE=${name}-${folders.id}`, command });
  const ray = () => engine("ray", folders.ray);
  const finders: Record<Victim, () => number[]> = {
    worker: () => child(/worker\.mjs/),
    web: () => child(/next/),
    database: () => child(/bin\/postgres/),
    lake: () => engine("lake", `instance=${folders.id}`),
    "ray head": ray,
    "ray raylet": () => ray().filter((pid) => /\/raylet\b/.test(commandOf(pid))),
    "ray gcs": () => ray().filter((pid) => /gcs_server/.test(commandOf(pid))),
  };

  /** Sends SIGKILL to every process of the victim and returns their ids. */
  const kill = (victim: Victim): number[] => {
    const pids = finders[victim]();
    for (const pid of pids) {
      try {
        process.kill(pid, "SIGKILL");
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
      }
    }
    return pids;
  };

  /** Its processes where it is there and says that it is up; nothing while it is away or on its way. */
  const standing = (victim: Victim): number[] => {
    const states = json(folders.status) as Record<string, EngineState>;
    const part = PARTS[victim];
    return part === null || states[part]?.status === "up" ? finders[victim]() : [];
  };

  /** Resolves when others run in the place of those that were killed and every part answers. */
  const recovered = (whole: Recovery, limitMs: number) =>
    until("the instance to be whole again", limitMs, async () => {
      if (!isReplaced(whole)) return undefined;
      const states = Object.entries(json(folders.status) as Record<string, EngineState>);
      const away = states.filter(([, { status }]) => status !== "up").map(([name]) => name);
      if (away.length > 0) throw new Error(`${away.join(", ")} not up`);
      await Promise.all(whole.probes.map(expectAnswer));
      return true;
    });

  const isReplaced = ({ victim, killed = [] }: Recovery): boolean => {
    const now = victim === undefined ? [] : finders[victim]();
    return victim === undefined || (now.length > 0 && !now.some((pid) => killed.includes(pid)));
  };

  /** An API token of the sample workspace, by the command that a person would use. */
  const token = (role: string): string => {
    const args = ["scripts/token.mjs", "--workspace", "sample", "--role", role, "--name", "kill seeds"];
    // biome-ignore lint/style/noProcessEnv: the command runs in this environment.
    const env = { ...process.env, BENCHWRIGHT_DATA: data };
    const printed = execFileSync(process.execPath, args, { cwd: root, env, encoding: "utf8" });
    const found = printed.split("\n").findLast((line) => /^\S{20,}$/.test(line.trim()));
    if (found === undefined) throw new Error("The token command printed no token.");
    return found.trim();
  };

  /** Processes of jobs, and those that outlived the part of the instance that had started them, by their command lines. */
  const leftOver = (): string[] => {
    const own = processes().filter(
      ({ parent, command }) => parent === 1 && (command.includes(data) || OF_THE_APP.test(command)),
    );
    const jobs = ray().map((pid) => ({ pid, command: commandOf(pid) }));
    const left = [
      ...own.filter(({ pid, command }) => command.includes(data) || isHere(pid)),
      ...jobs.filter(({ command }) => command.includes("workbench_jobs")),
    ];
    return left.map(({ pid, command }) => `${pid} ${command.slice(0, 200)}`);
  };

  return { kill, standing, recovered, token, leftOver };
}

async function expectAnswer(address: string): Promise<void> {
  const { status } = await fetch(address, { signal: AbortSignal.timeout(5_000) });
  if (status >= 500) throw new Error(`${address} answers ${status}`);
}

/** Calls `probe` until it returns something; its failures count as "not yet". */
export async function until<T>(
  what: string,
  limitMs: number,
  probe: () => Promise<T | undefined>,
): Promise<T> {
  const deadline = performance.now() + limitMs;
  let last = "";
  for (;;) {
    try {
      const found = await probe();
      if (found !== undefined) return found;
    } catch (error) {
      last = `: ${(error as Error).message}`;
    }
    if (performance.now() > deadline) throw new Error(`Waited ${limitMs / 1000} s for ${what}${last}`);
    await pause(100);
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return processes().find((each) => each.pid === pid)?.command ?? "";
  }
}

function childrenOf(parent: number): Process[] {
  if (!existsSync("/proc/self/stat")) return processes().filter((each) => each.parent === parent);
  const pids = readdirSync("/proc").map(Number).filter(Number.isInteger);
  return pids.filter((pid) => parentOf(pid) === parent).map((pid) => ({ pid, command: commandOf(pid) }));
}

/** Whether the process works in this folder; true where the system does not tell. */
function isHere(pid: number): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === root;
  } catch {
    return !existsSync("/proc/self/cwd");
  }
}

function parentOf(pid: number): number | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(text.slice(text.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined;
  }
}

function processes(): (Process & { parent: number })[] {
  const lines = execFileSync("ps", ["-axwwo", "pid=,ppid=,command="], { encoding: "utf8" }).split("\n");
  return lines.flatMap((line) => {
    const [, pid, parent, command = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
}

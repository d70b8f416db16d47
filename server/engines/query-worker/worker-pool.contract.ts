import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type WorkerPool, workerPool } from "./worker-pool";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const { CONTRACT_LAKE_PYTHON: python = "" } = process.env;
const packageDir = fileURLToPath(new URL("../../../lake", import.meta.url));
const FOREVER =
  "SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE hash(a.range + b.range) = 1";
const HUNGRY = "SELECT list(range::VARCHAR || 'some text that takes room') FROM range(500000000)";

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

if (python === "") {
  describe("workerPool", () => {
    it.skip("needs CONTRACT_LAKE_PYTHON, the interpreter of the lake's packages", () => {});
  });
} else {
  describe("workerPool", () => {
    let root: string;
    let pool: WorkerPool;
    const settings = () => ({
      limits: {
        memoryLimitBytes: 128 * 1024 ** 2,
        threads: 1,
        tempDir: join(root, "tmp"),
        tempLimitBytes: 1024 ** 2,
      },
      extensions: { dir: null, cacheDir: join(root, "cache") },
      s3: null,
    });
    let count = 0;
    const statement = (sql: string) => ({
      sql,
      tables: [],
      databases: [],
      folder: join(root, `result-${++count}`),
      settings: settings(),
    });
    const poolOf = (processes: number, longestQueue = 10): WorkerPool => {
      pool = workerPool({ python, packageDir, role: "run", processes, requestsPerProcess: 1, longestQueue });
      return pool;
    };

    beforeAll(async () => {
      root = await mkdtemp(join(tmpdir(), "pool-"));
    });
    afterEach(async () => {
      await pool?.close();
      expect(pool?.pids().filter(isAlive) ?? []).toEqual([]);
    });
    afterAll(() => rm(root, { recursive: true, force: true }));

    it("keeps a process for the next request, and gives it none of our environment", async () => {
      const made = poolOf(1);
      await made.request("health", {});
      const [pid = 0] = made.pids();
      await made.request("health", {});
      expect(made.pids()).toEqual([pid]);
      const variables = (await readFile(`/proc/${pid}/environ`, "utf8"))
        .split("\0")
        .map((it) => it.split("=")[0]);
      expect(variables.filter((it) => it !== "" && it !== "__CF_USER_TEXT_ENCODING").sort()).toEqual([
        "HOME",
        "LANG",
        "MALLOC_ARENA_MAX",
        "NODE_ENV",
        "PATH",
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONPATH",
        "PYTHONUNBUFFERED",
        "TZ",
      ]);
    });

    it("fails what was in flight when a process is killed or crashes, and starts another", async () => {
      const made = poolOf(1);
      for (const [signal, code] of [
        ["SIGKILL", "resource_exhausted"],
        ["SIGSEGV", "engine_unavailable"],
      ] as const) {
        await made.request("health", {});
        const [pid = 0] = made.pids();
        const running = made.request("run", statement(FOREVER));
        const settled = expect(running).rejects.toMatchObject({ name: "Failure", code, retryable: true });
        process.kill(pid, signal);
        await settled;
        expect(await made.request("health", {})).toHaveProperty("version");
        expect(made.pids()).not.toContain(pid);
      }
    });

    it("lets one statement run out of memory and the others go on", async () => {
      const made = poolOf(2);
      const hungry = expect(made.request("run", statement(HUNGRY))).rejects.toMatchObject({
        code: "resource_exhausted",
      });
      expect(await made.request("run", statement("SELECT 1"))).toMatchObject({ rows: 1 });
      await hungry;
      expect(await made.request("run", statement("SELECT 1"))).toMatchObject({ rows: 1 });
    });

    it("has requests wait for a place, in their order, and refuses more than may wait", async () => {
      const made = poolOf(1, 2);
      const stop = new AbortController();
      const ends: string[] = [];
      const first = made
        .request("run", statement(FOREVER), { signal: stop.signal })
        .catch(() => ends.push("first"));
      const leaving = new AbortController();
      const second = made
        .request("health", {}, { signal: leaving.signal })
        .catch((failure: { code: string }) => ends.push(`second ${failure.code}`));
      const third = made.request("health", {}, { onStart: () => ends.push("third") });
      await expect(made.request("health", {})).rejects.toMatchObject({ code: "rate_limited" });
      leaving.abort();
      await second;
      await expect(made.request("health", {}, { timeoutMs: 50 })).rejects.toMatchObject({
        code: "timed_out",
      });
      expect(ends).toEqual(["second cancelled"]);
      stop.abort();
      await Promise.all([first, third]);
      expect(ends.toSorted()).toEqual(["first", "second cancelled", "third"]);
    });

    it("ends a process that does not hear that it is to stop", async () => {
      const made = poolOf(1);
      await made.request("health", {});
      const [pid = 0] = made.pids();
      const stop = new AbortController();
      const running = made.request("run", statement(FOREVER), { signal: stop.signal });
      const settled = expect(running).rejects.toMatchObject({ code: "cancelled" });
      process.kill(pid, "SIGSTOP");
      stop.abort();
      await settled;
      await expect.poll(() => isAlive(pid)).toBe(false);
      expect(await made.request("health", {})).toHaveProperty("version");
    });

    it("leaves no process behind when the one that started it is killed", async () => {
      const owner = spawn(
        process.execPath,
        [
          ...["--import", "tsx", fileURLToPath(new URL("./pool-owner.ts", import.meta.url))],
          ...[python, packageDir, join(root, "orphan"), JSON.stringify(settings())],
        ],
        { stdio: ["ignore", "pipe", "inherit"], env: { PATH: "/usr/bin:/bin", NODE_ENV: "test" } },
      );
      const [line] = (await once(createInterface({ input: owner.stdout }), "line")) as [string];
      const pids = JSON.parse(line) as number[];
      expect(pids).toHaveLength(2);
      expect(pids.every(isAlive)).toBe(true);
      owner.kill("SIGKILL");
      await expect.poll(() => pids.filter(isAlive), { timeout: 10_000 }).toEqual([]);
    });

    it("says what to do where the interpreter is not there", async () => {
      pool = workerPool({
        ...{ python: "/nowhere/python", packageDir, role: "run" },
        ...{ processes: 1, requestsPerProcess: 1 },
      });
      await expect(pool.request("health", {})).rejects.toMatchObject({ code: "engine_unavailable" });
    });
  });
}

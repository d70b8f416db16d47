import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { leftOvers } from "./left-overs";
import { runSyncProcess } from "./sync-process";

/** A program in JavaScript that stands in for Python; `request` and `say` are there for it. */
const program = (script: string, env: Record<string, string> = {}) => ({
  command: process.execPath,
  args: [
    "-e",
    `const say = (message) => console.log(JSON.stringify(message));
     process.stdin.once("data", (data) => { const request = JSON.parse(String(data)); ${script} });
     process.stdin.on("end", () => process.exit(1));`,
    "--",
  ],
  env,
});
const run = (
  script: string,
  request: unknown = {},
  signal = new AbortController().signal,
  seen: unknown[] = [],
) =>
  runSyncProcess(
    program(script, { ONLY: "this" }),
    "sync",
    request,
    signal,
    (message) => void seen.push(message),
  );

describe("the process of one verb", () => {
  it("is told its request by stdin alone, sees nothing of our environment, and gives its result", async () => {
    const seen: unknown[] = [];
    const script = `say({ event: "log", level: "info", text: "hello" });
      say({ event: "result", request, argv: process.argv.join(" "), env: Object.keys(process.env), verb: process.argv.at(-1) });`;
    // The end of what it was asked does not end the program; the end of its input does.
    const result = await run(
      `${script} process.exit(0);`,
      { config: { password: "canary" } },
      undefined,
      seen,
    );
    expect(result).toMatchObject({ verb: "sync", request: { config: { password: "canary" } } });
    expect(JSON.stringify(result.argv)).not.toContain("canary");
    expect(result.env).toEqual(expect.arrayContaining(["ONLY"]));
    expect(result.env).not.toContain("PATH");
    expect(seen).toMatchObject([{ event: "log", text: "hello" }, { event: "result" }]);
  });

  it("fails with the failure that it tells", async () => {
    const script = `say({ event: "failure", code: "unauthenticated", message: "No.", retryable: false }); process.exit(1);`;
    await expect(run(script)).rejects.toMatchObject({
      code: "unauthenticated",
      message: "No.",
      retryable: false,
    });
  });

  it("may be tried again where it ended without a word, whatever it printed", async () => {
    const script = `console.log("garbage {"); console.error("Traceback"); process.exit(3);`;
    await expect(run(script)).rejects.toMatchObject({ code: "engine_failed", retryable: true });
    await expect(run(`process.kill(process.pid, "SIGKILL");`)).rejects.toMatchObject({
      code: "resource_exhausted",
      retryable: true,
    });
  });

  it("is a failure in words where there is no such program", async () => {
    const missing = { command: "/nowhere/python", args: [], env: {} };
    await expect(
      runSyncProcess(missing, "spec", {}, new AbortController().signal, () => undefined),
    ).rejects.toMatchObject({ code: "engine_unavailable" });
  });

  it("ends when it is cancelled", async () => {
    const controller = new AbortController();
    const running = runSyncProcess(
      program(`say({ event: "log", level: "info", text: "working" }); setInterval(() => {}, 1000);`),
      "sync",
      {},
      controller.signal,
      () => controller.abort(),
    );
    await expect(running).rejects.toMatchObject({ code: "cancelled" });
  });
});

describe("a process that an earlier worker left", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "left-overs-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.skipIf(process.platform !== "linux")("is gone before another begins for its table", async () => {
    const signal = new AbortController().signal;
    const left = leftOvers(folder);
    let cleared = false;
    const running = runSyncProcess(
      { ...program("setInterval(() => {}, 1000);"), onStart: (pid) => left.remember("w lake.a.b", pid) },
      "sync",
      {},
      signal,
      () => undefined,
    ).catch((error: unknown) => {
      expect(cleared).toBe(false);
      throw error;
    });
    const failed = expect(running).rejects.toMatchObject({ code: "resource_exhausted" });
    await left.clear("w lake.a.other");
    while (!(await isRemembered(folder))) await new Promise((resolve) => setImmediate(resolve));
    await leftOvers(folder).clear("w lake.a.b");
    await failed;
    cleared = true;
    await leftOvers(folder).clear("w lake.a.b");
  });

  it("is left alone where its number is another's by now", async () => {
    const left = leftOvers(folder);
    await left.remember("t", process.pid);
    await left.forget("t");
    await left.clear("t");
    expect(process.pid).toBeGreaterThan(0);
  });
});

async function isRemembered(folder: string): Promise<boolean> {
  const { readdir } = await import("node:fs/promises");
  return (await readdir(folder)).length > 0;
}

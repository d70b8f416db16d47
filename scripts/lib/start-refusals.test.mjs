import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { externalDatabases } from "./databases.mjs";
import { root } from "./folders.mjs";
import { freePort } from "./ports.mjs";
import { Problem } from "./problem.mjs";
import { runCommand } from "./run-command.mjs";

let folder;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "refusals-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a start says that must not get far. */
function start(variables) {
  const env = { ...process.env, DATABASE_URL: "", RAY_ADDRESS: "", MLFLOW_TRACKING_URI: "", BENCHWRIGHT_DATA: path.join(folder, "data"), ...variables };
  const child = spawn(process.execPath, ["scripts/start.mjs"], { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
  return new Promise((resolve) => child.once("close", (status) => resolve({ status, said: said.trim() })));
}

it("says in one sentence that the port is taken", async () => {
  const taken = createServer();
  const port = await new Promise((resolve) => taken.listen(0, "127.0.0.1", () => resolve(taken.address().port)));
  const { status, said } = await start({ PORT: String(port) });
  taken.close();
  expect({ status, said }).toEqual({ status: 1, said: `Cannot go on: Port ${port} is taken by another program; set PORT to a free one.` });
});

it("says in one sentence that a setting is wrong", async () => {
  expect(await start({ PORT: "abc" })).toEqual({ status: 1, said: 'Cannot go on: PORT is "abc", which is no port number.' });
  expect((await start({ RAY_ADDRESS: "auto" })).said).toMatch(/^Cannot go on: RAY_ADDRESS is "auto", .*\.$/);
});

it("says in one sentence that the data folder cannot be made", async () => {
  const file = path.join(folder, "file");
  writeFileSync(file, "");
  expect((await start({ BENCHWRIGHT_DATA: file })).said).toMatch(/^Cannot go on: The data folder .* cannot be written \(\w+\); set BENCHWRIGHT_DATA .*\.$/);
});

it("says what is wrong with DATABASE_URL, and never its password", async () => {
  const failure = (url) => externalDatabases({ DATABASE_URL: url }).catch((error) => error);
  const nobody = await freePort();
  const answers = await Promise.all(["nonsense", "mysql://a/b", `postgresql://me:hidden@127.0.0.1:${nobody}/x`].map(failure));
  expect(answers.every((answer) => answer instanceof Problem)).toBe(true);
  expect(answers.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^DATABASE_URL is no address; /),
    "DATABASE_URL must begin with postgresql://, not mysql://.",
    `DATABASE_URL does not work: no PostgreSQL listens at 127.0.0.1:${nobody}.`,
  ]);
});

it("says that the disk is full when a program says so", async () => {
  const script = "console.error('FATAL: could not write to file: No space left on device'); process.exit(1)";
  await expect(runCommand(process.execPath, ["-e", script], { what: "initdb" })).rejects.toThrow(/^The disk is full: initdb could not write its files; /);
});

import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { withLock } from "../file-lock.mjs";
import { cacheFolder } from "../folders.mjs";
import { Problem } from "../problem.mjs";
import { runCommand } from "../run-command.mjs";

const VERSION = "1.5.1";

/** Temporal's command line, which holds a server for development; built into the cache on first use, which takes minutes. */
export async function fetchTemporal({ log }) {
  const given = process.env.TEMPORAL_CLI;
  if (given) {
    if (existsSync(given)) return given;
    throw new Problem(`TEMPORAL_CLI names ${given}, which is not there.`);
  }
  const folder = path.join(cacheFolder(), `temporal-${VERSION}`);
  const program = path.join(folder, "temporal");
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  await withLock(`${folder}.lock`, async () => {
    if (!existsSync(program)) await build(folder, program, log);
  });
  return program;
}

async function build(folder, program, log) {
  await runCommand("go", ["version"]).catch(() => {
    throw new Problem("Temporal is built with Go, which is not installed. Install Go, or set TEMPORAL_CLI to a temporal program.");
  });
  const draft = path.join(folder, `draft-${process.pid}`);
  try {
    const env = { ...process.env, GOBIN: draft };
    await runCommand("go", ["install", "-ldflags", "-s -w", `github.com/temporalio/cli/cmd/temporal@v${VERSION}`], { env, log, what: "go install" });
    renameSync(path.join(draft, "temporal"), program);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

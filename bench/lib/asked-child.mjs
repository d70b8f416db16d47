import { fileURLToPath } from "node:url";
import { startProcess } from "./processes.mjs";

/** What `bench/<name>` sends its parent, once. It runs in a process of its own, and is ended after its answer. */
export async function askedChild(name, args, timeoutMs = 60_000) {
  const child = fileURLToPath(new URL(`../${name}`, import.meta.url));
  const started = startProcess(process.execPath, ["--import", "tsx", child, ...args.map(String)], {
    ipc: true,
  });
  const answer = new Promise((resolve, reject) => {
    started.child.once("message", resolve);
    started.exited.then(() => reject(new Error(`${name} ${args[0]} gave no figure:\n${started.tail()}`)));
    setTimeout(
      () => reject(new Error(`${name} ${args[0]} took more than ${timeoutMs / 1_000} s:\n${started.tail()}`)),
      timeoutMs,
    ).unref();
  });
  try {
    return await answer;
  } finally {
    await started.stop(3_000);
  }
}

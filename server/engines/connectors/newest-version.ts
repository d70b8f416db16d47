import { execFile } from "node:child_process";
import { Failure } from "../../../domain/shared/failure";

const TIMEOUT_MS = 120_000;

/**
 * The newest version of a package, as the index that connectors are installed from tells it.
 * Failures: `not_found`, `engine_unavailable` (retryable).
 */
export function newestVersion(
  { python, uv, env }: { python: string; uv: string; env: Readonly<Record<string, string>> },
  name: string,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      python,
      ["-m", "workbench_sync.newest_version", uv, name],
      { env: { NODE_ENV: "production", ...env }, signal, timeout: TIMEOUT_MS },
      (error, stdout, stderr) => {
        const version = stdout.trim();
        if (error === null && version !== "") return resolve(version);
        if (signal.aborted) return reject(signal.reason as Error);
        if (/not found|no versions|no solution/i.test(stderr)) {
          return reject(
            new Failure("not_found", `The package index has no ${name}.`, {
              hint: "Check the connector's name, or give its version.",
              cause: stderr,
            }),
          );
        }
        reject(
          new Failure(
            "engine_unavailable",
            "The package index did not tell the newest version of the connector.",
            {
              hint: "Check the network of the machine that runs the worker, or give the version.",
              retryable: true,
              cause: error ?? stderr,
            },
          ),
        );
      },
    );
  });
}

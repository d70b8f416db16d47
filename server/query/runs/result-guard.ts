import { statfs } from "node:fs/promises";
import { formatBytes } from "../../../domain/query/place";
import { Failure } from "../../../domain/shared/failure";
import type { QueryLimits } from "../query-limits";

const LOOK_BYTES = 64 * 1024 ** 2;

/** Watches what a result takes; its signal is aborted with the failure where it takes too much. */
export function resultGuard({ resultBytes, workspaceBytes, freeBytes }: QueryLimits, folder: string) {
  const most = Math.min(resultBytes, workspaceBytes);
  const abort = new AbortController();
  let lookAt = 0;
  const lookAtDisk = async () => {
    const free = await freeSpace(folder).catch(() => Number.POSITIVE_INFINITY);
    if (free >= freeBytes) return;
    abort.abort(
      new Failure(
        "resource_exhausted",
        `The disk has ${formatBytes(free)} left, too little for this result.`,
        {
          hint: "Forget results that are not needed any longer, or write the rows to a table.",
        },
      ),
    );
  };
  return {
    signal: abort.signal,
    lookAtDisk,
    look: (bytes: number) => {
      if (bytes > most)
        abort.abort(
          new Failure(
            "resource_exhausted",
            `The result is larger than ${formatBytes(most)}, the limit for ${most < resultBytes ? "all of a workspace" : "one"}.`,
            {
              hint: "Write the rows to a table by CREATE TABLE … AS, or ask for fewer.",
            },
          ),
        );
      if (bytes < lookAt) return;
      lookAt = bytes + LOOK_BYTES;
      void lookAtDisk();
    },
  };
}

async function freeSpace(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

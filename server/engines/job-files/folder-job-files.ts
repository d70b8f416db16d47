import { mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { JobFiles } from "../../../domain/ports/job-files";

/** Files of a folder that the cluster sees under the same path: a cluster on this machine, or a shared file system. */
export function folderJobFiles(folder: string): JobFiles {
  return {
    resultUri: ({ runId, taskId, attempt }) => join(folder, runId, `${taskId}-${attempt}`, "result.json"),
    forReading: async (uri) => uri,
    async forWriting(uri) {
      await mkdir(dirname(pathOf(uri)), { recursive: true });
      return uri;
    },
    read: (uri) => readFile(pathOf(uri), "utf8").catch(() => null),
  };
}

const pathOf = (uri: string): string => (uri.startsWith("file:") ? fileURLToPath(uri) : uri);

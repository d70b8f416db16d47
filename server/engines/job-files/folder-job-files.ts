import { mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { JobAttemptKey, JobFiles } from "../../../domain/ports/job-files";

/** Files of a folder that the cluster sees under the same path: a cluster on this machine, or a shared file system. */
export function folderJobFiles(folder: string): JobFiles {
  const inFolder = ({ runId, taskId, attempt }: JobAttemptKey, name: string) =>
    join(folder, runId, `${taskId}-${attempt}`, name);
  const forWriting = async (uri: string) => {
    await mkdir(dirname(pathOf(uri)), { recursive: true });
    return uri;
  };
  return {
    resultUri: (key) => inFolder(key, "result.json"),
    forReading: async (uri) => uri,
    forWriting,
    forBeginning: (key) => forWriting(inFolder(key, "begun")),
    read: (uri) => readFile(pathOf(uri), "utf8").catch(() => null),
  };
}

const pathOf = (uri: string): string => (uri.startsWith("file:") ? fileURLToPath(uri) : uri);

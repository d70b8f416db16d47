import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { describeJobFilesContract } from "../../../domain/ports/job-files.contract";
import { folderJobFiles } from "./folder-job-files";

const made: string[] = [];
afterAll(() => Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true }))));

describeJobFilesContract("a folder", async () => {
  const folder = await mkdtemp(join(tmpdir(), "job-files-"));
  made.push(folder);
  return {
    files: folderJobFiles(folder),
    uri: (name) => join(folder, "tables", name),
    write: (target, text) => writeFile(target, text),
    create: (target) =>
      writeFile(target, "", { flag: "wx" }).then(
        () => true,
        () => false,
      ),
    read: (source) => readFile(source, "utf8"),
  };
});

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { describeTableCatalogContract } from "../../../domain/ports/table-catalog.contract";
import { localTableCatalog } from "./local-table-catalog";
import { memoryLakeVersionStore } from "./memory-lake-version-store";

const folders: string[] = [];

afterAll(async () => {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

describeTableCatalogContract("local folder", async () => {
  const root = await mkdtemp(join(tmpdir(), "lake-"));
  folders.push(root);
  return {
    catalog: localTableCatalog({ root, store: memoryLakeVersionStore() }),
    write: (path) => writeFile(path, "PAR1"),
  };
});

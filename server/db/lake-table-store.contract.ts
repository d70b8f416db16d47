import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { describeTableCatalogContract } from "../../domain/ports/table-catalog.contract";
import { localTableCatalog } from "../engines/local-lake/local-table-catalog";
import { lakeTableStore } from "./lake-table-store";
import { scratchDatabase } from "./scratch-database";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const serverUrl = process.env.CONTRACT_DATABASE_URL ?? "";

if (serverUrl === "") {
  describe("TableCatalog: local folder with PostgreSQL", () => {
    it.skip("needs CONTRACT_DATABASE_URL, a PostgreSQL server to make a database on", () => {});
  });
} else {
  let scratch: Awaited<ReturnType<typeof scratchDatabase>>;
  let folder: string;

  beforeAll(async () => {
    scratch = await scratchDatabase(serverUrl);
    folder = await mkdtemp(join(tmpdir(), "lake-"));
  });
  afterAll(async () => {
    await scratch?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  describeTableCatalogContract("local folder with PostgreSQL", async () => {
    await scratch.db.lakeTableVersion.deleteMany();
    const root = await mkdtemp(join(folder, "root-"));
    const catalog = localTableCatalog({ root, store: lakeTableStore(scratch.db) });
    return { catalog, write: (path) => writeFile(path, "PAR1") };
  });
}

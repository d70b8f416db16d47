import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { localTableCatalog } from "./local-table-catalog";
import { memoryLakeVersionStore } from "./memory-lake-version-store";

describe("localTableCatalog", () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "lake-"));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const catalog = () => localTableCatalog({ root, store: memoryLakeVersionStore() });

  it("lays files out by workspace, catalog, schema and table", async () => {
    const path = await catalog().stage("ws-1", "lake.sample.products", "sample 1.0");
    expect(dirname(path)).toBe(join(root, "ws-1", "lake", "sample", "products"));
    expect(path).toMatch(/[0-9a-f]{32}\.parquet$/);
  });

  it.each(["", "..", "../other", "a/b", ".hidden"])("refuses the workspace id %j", async (id) => {
    await expect(catalog().stage(id, "a.b.c", "k")).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("refuses a folder that a link leads out of the lake", async () => {
    const outside = await mkdtemp(join(tmpdir(), "outside-"));
    await mkdir(join(root, "ws-1"));
    await symlink(outside, join(root, "ws-1", "lake"));
    await expect(catalog().stage("ws-1", "lake.b.c", "k")).rejects.toMatchObject({ code: "invalid_input" });
    await rm(outside, { recursive: true });
  });

  it("takes the size from the file, not from the caller", async () => {
    const lake = catalog();
    await writeFile(await lake.stage("ws-1", "a.b.c", "k"), "12345");
    const commit = {
      name: "a.b.c",
      rowCount: 1,
      bytes: 1,
      columns: [],
      writtenBy: "test",
      idempotencyKey: "k",
    };
    expect((await lake.commit("ws-1", commit)).bytes).toBe(5);
  });
});

import { mkdir, mkdtemp, readdir, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folderOf, locatedTables, placeOf } from "./places";
import { tempFolders } from "./temp-folders";

const REFUSED = { name: "Failure", code: "invalid_input" };

describe("places that statements may use", () => {
  let root: string;
  let lake: string;
  beforeAll(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), "places-")));
    lake = join(root, "lake");
    await mkdir(join(lake, "table", "metadata"), { recursive: true });
    await mkdir(join(root, "outside", "metadata"), { recursive: true });
    await symlink(join(root, "outside"), join(lake, "link"));
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  it("are files of the allowed folders, links resolved", async () => {
    expect(await placeOf(join(lake, "a.parquet"), [lake])).toBe(join(lake, "a.parquet"));
    await expect(placeOf(join(root, "outside", "a.parquet"), [lake])).rejects.toMatchObject(REFUSED);
    await expect(placeOf(join(lake, "link", "a.parquet"), [lake])).rejects.toMatchObject(REFUSED);
    await expect(placeOf(join(lake, "..", "a.parquet"), [lake])).rejects.toMatchObject(REFUSED);
    await expect(placeOf("a.parquet", [lake])).rejects.toMatchObject(REFUSED);
    await expect(placeOf(`${lake}-beside/a.parquet`, [lake])).rejects.toMatchObject(REFUSED);
  });

  it("are objects below the allowed prefix", async () => {
    const allowed = ["s3://bucket/inside"];
    expect(await placeOf("s3://bucket/inside/a", allowed)).toBe("s3://bucket/inside/a");
    await expect(placeOf("s3://bucket/inside-not/a", allowed)).rejects.toMatchObject(REFUSED);
    await expect(placeOf("s3://other/inside/a", allowed)).rejects.toMatchObject(REFUSED);
  });

  it("are folders that need not be there yet", async () => {
    expect(await folderOf(join(lake, "new", "deep", "result"), [lake])).toBe(
      join(lake, "new", "deep", "result"),
    );
    const later = join(root, "later");
    expect(await folderOf(join(later, "w", "result"), [lake, later])).toBe(join(later, "w", "result"));
    await expect(folderOf(later, [later])).rejects.toMatchObject(REFUSED);
    await expect(folderOf(join(lake, "link", "new"), [lake])).rejects.toMatchObject(REFUSED);
    await expect(folderOf(join(lake, "new", "..", "..", "outside", "x"), [lake])).rejects.toMatchObject(
      REFUSED,
    );
  });

  it("hold the metadata of tables, as written", async () => {
    const name = "lake.a.b";
    const inside = join(lake, "table", "metadata", "v1.metadata.json");
    expect(await locatedTables([{ name, metadataLocation: `file://${inside}` }], [lake])).toEqual([
      { name, metadataLocation: inside, snapshotId: null },
    ]);
    const linked = join(lake, "link", "metadata", "v1.metadata.json");
    await expect(locatedTables([{ name, metadataLocation: linked }], [lake])).rejects.toMatchObject(REFUSED);
    await expect(
      locatedTables([{ name, uris: [join(root, "outside", "x.parquet")] }], [lake]),
    ).rejects.toMatchObject(REFUSED);
  });

  it("are cleared of what a killed process left, and of nothing that another one uses", async () => {
    const temp = join(root, "temp");
    const id = "00000000-0000-4000-8000-000000000000";
    // No process has such a number; the first process of the machine is always there.
    const [dead, alive] = [`99999999-${id}`, `1-${id}`];
    await mkdir(join(temp, dead), { recursive: true });
    await mkdir(join(temp, alive));
    const folder = await tempFolders(temp).make();
    expect((await readdir(temp)).sort()).toEqual([alive, folder.path.slice(temp.length + 1)].sort());
    await folder.remove();
    expect(await readdir(temp)).toEqual([alive]);
  });
});

import { mkdir, mkdtemp, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path, { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allowedPlaces } from "./allowed-places";

const places = allowedPlaces({ ...path, realpath });
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
    expect(await places.file(join(lake, "a.parquet"), [lake])).toBe(join(lake, "a.parquet"));
    await expect(places.file(join(root, "outside", "a.parquet"), [lake])).rejects.toMatchObject(REFUSED);
    await expect(places.file(join(lake, "link", "a.parquet"), [lake])).rejects.toMatchObject(REFUSED);
    await expect(places.file(join(lake, "..", "a.parquet"), [lake])).rejects.toMatchObject(REFUSED);
    await expect(places.file("a.parquet", [lake])).rejects.toMatchObject(REFUSED);
    await expect(places.file(`${lake}-beside/a.parquet`, [lake])).rejects.toMatchObject(REFUSED);
  });

  it("are objects below the allowed prefix", async () => {
    const allowed = ["s3://bucket/inside"];
    expect(await places.file("s3://bucket/inside/a", allowed)).toBe("s3://bucket/inside/a");
    await expect(places.file("s3://bucket/inside-not/a", allowed)).rejects.toMatchObject(REFUSED);
    await expect(places.file("s3://other/inside/a", allowed)).rejects.toMatchObject(REFUSED);
  });

  it("are folders that need not be there yet", async () => {
    expect(await places.folder(join(lake, "new", "deep", "result"), [lake])).toBe(
      join(lake, "new", "deep", "result"),
    );
    const later = join(root, "later");
    expect(await places.folder(join(later, "w", "result"), [lake, later])).toBe(join(later, "w", "result"));
    await expect(places.folder(later, [later])).rejects.toMatchObject(REFUSED);
    await expect(places.folder(join(lake, "link", "new"), [lake])).rejects.toMatchObject(REFUSED);
    await expect(places.folder(join(lake, "new", "..", "..", "outside", "x"), [lake])).rejects.toMatchObject(
      REFUSED,
    );
  });

  it("hold the metadata of tables, as written", async () => {
    const name = "lake.a.b";
    const inside = join(lake, "table", "metadata", "v1.metadata.json");
    expect(await places.tables([{ name, metadataLocation: `file://${inside}` }], [lake])).toEqual([
      { name, metadataLocation: inside, snapshotId: null },
    ]);
    const linked = join(lake, "link", "metadata", "v1.metadata.json");
    await expect(places.tables([{ name, metadataLocation: linked }], [lake])).rejects.toMatchObject(REFUSED);
    await expect(
      places.tables([{ name, uris: [join(root, "outside", "x.parquet")] }], [lake]),
    ).rejects.toMatchObject(REFUSED);
  });
});

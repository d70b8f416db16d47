import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tempFolders } from "./temp-folders";

describe("folders of intermediate data", () => {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "temp-folders-"));
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

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

import { describe, expect, it } from "vitest";
import type { TableCatalog, TableCommit } from "./table-catalog";

export type TableCatalogSubject = {
  catalog: TableCatalog;
  /** Puts a file at a staged path, as a query engine would. */
  write(path: string): Promise<void>;
};

const NAME = "analytics.derived.demand_features";

const commitOf = (idempotencyKey: string, changes: Partial<TableCommit> = {}): TableCommit => ({
  name: NAME,
  rowCount: 3,
  bytes: 4,
  columns: [{ name: "category", type: "VARCHAR" }],
  writtenBy: `run ${idempotencyKey}`,
  idempotencyKey,
  ...changes,
});

/** What every TableCatalog keeps. `make` gives an empty catalog. */
export function describeTableCatalogContract(name: string, make: () => Promise<TableCatalogSubject>): void {
  const put = async ({ catalog, write }: TableCatalogSubject, workspace: string, commit: TableCommit) => {
    await write(await catalog.stage(workspace, commit.name, commit.idempotencyKey));
    return catalog.commit(workspace, commit);
  };

  describe(`TableCatalog: ${name}`, () => {
    it("shows nothing of a staged file before its commit", async () => {
      const subject = await make();
      await subject.write(await subject.catalog.stage("ws-1", NAME, "k1"));
      expect(await subject.catalog.find("ws-1", NAME)).toBeNull();
      expect(await subject.catalog.list("ws-1")).toEqual([]);
    });

    it("stages the same path for the same key, and other paths for other keys", async () => {
      const { catalog } = await make();
      const path = await catalog.stage("ws-1", NAME, "k1");
      expect(await catalog.stage("ws-1", NAME, "k1")).toBe(path);
      expect(await catalog.stage("ws-1", NAME, "k2")).not.toBe(path);
      expect(await catalog.stage("ws-2", NAME, "k1")).not.toBe(path);
    });

    it("makes the committed file the current version", async () => {
      const subject = await make();
      const path = await subject.catalog.stage("ws-1", NAME, "k1");
      const committed = await put(subject, "ws-1", commitOf("k1"));
      expect(committed).toMatchObject({
        name: NAME,
        uris: [path],
        rowCount: 3,
        version: 1,
        writtenBy: "run k1",
      });
      expect(committed.columns).toEqual([{ name: "category", type: "VARCHAR" }]);
      expect(committed.committedAt).toBeInstanceOf(Date);
      expect(await subject.catalog.find("ws-1", NAME)).toEqual(committed);
    });

    it("counts versions and keeps the latest current", async () => {
      const subject = await make();
      await put(subject, "ws-1", commitOf("k1"));
      await put(subject, "ws-1", commitOf("k2", { rowCount: 9 }));
      expect(await subject.catalog.find("ws-1", NAME)).toMatchObject({ version: 2, rowCount: 9 });
      expect(await subject.catalog.list("ws-1")).toHaveLength(1);
    });

    it("commits equal keys once: the repeated step gets the first commit's table", async () => {
      const subject = await make();
      const first = await put(subject, "ws-1", commitOf("k1"));
      await put(subject, "ws-1", commitOf("k2"));
      expect(await put(subject, "ws-1", commitOf("k1", { rowCount: 99 }))).toEqual(first);
      expect(await subject.catalog.find("ws-1", NAME)).toMatchObject({ version: 2, writtenBy: "run k2" });
    });

    it("commits concurrent writers one after another, and none is lost", async () => {
      const subject = await make();
      const keys = ["a", "b", "c", "d"];
      const versions = await Promise.all(keys.map((key) => put(subject, "ws-1", commitOf(key))));
      expect(versions.map((table) => table.version).sort()).toEqual([1, 2, 3, 4]);
    });

    it("keeps workspaces apart", async () => {
      const subject = await make();
      await put(subject, "ws-1", commitOf("k1"));
      expect(await subject.catalog.find("ws-2", NAME)).toBeNull();
      expect(await subject.catalog.list("ws-2")).toEqual([]);
    });

    it("recovers from a crash between stage and commit: the repeated step commits once", async () => {
      const subject = await make();
      const before = await subject.catalog.stage("ws-1", NAME, "k1");
      await subject.write(before);
      const after = await put(subject, "ws-1", commitOf("k1"));
      expect(after).toMatchObject({ version: 1, uris: [before] });
    });

    it("refuses to commit what was never written", async () => {
      const { catalog } = await make();
      await catalog.stage("ws-1", NAME, "k1");
      await expect(catalog.commit("ws-1", commitOf("k1"))).rejects.toMatchObject({ code: "not_found" });
      expect(await catalog.find("ws-1", NAME)).toBeNull();
    });

    it.each(["demand", "derived.demand", "a.b.c.d", "../../etc.passwd.x", "a.b.c/d", "a.b.", 'a.b."c"'])(
      "refuses %j as a name",
      async (wrong) => {
        const { catalog } = await make();
        await expect(catalog.stage("ws-1", wrong, "k1")).rejects.toMatchObject({ code: "invalid_input" });
      },
    );
  });
}

import { describe, expect, it } from "vitest";
import type { TableCatalog, TableCommit } from "./table-catalog";

export type TableCatalogSubject = {
  catalog: TableCatalog;
  /** Puts a Parquet file with so many rows (a column `category` of text) at a staged path, as a query engine would. */
  write(path: string, rows: number): Promise<void>;
  /** Ids of two workspaces that nobody else uses. */
  workspaces: [string, string];
};

const NAME = "analytics.derived.demand_features";

const commitOf = (idempotencyKey: string, changes: Partial<TableCommit> = {}): TableCommit => ({
  name: NAME,
  writtenBy: `run ${idempotencyKey}`,
  kind: "run",
  idempotencyKey,
  ...changes,
});

/** What every TableCatalog keeps. `make` gives a catalog whose workspaces are empty. */
export function describeTableCatalogContract(name: string, make: () => Promise<TableCatalogSubject>): void {
  const put = async (
    { catalog, write }: TableCatalogSubject,
    workspace: string,
    commit: TableCommit,
    rows = 3,
  ) => {
    await write(await catalog.stage(workspace, commit.name, commit.idempotencyKey), rows);
    return catalog.commit(workspace, commit);
  };

  describe(`TableCatalog: ${name}`, () => {
    it("shows nothing of a staged file before its commit", async () => {
      const subject = await make();
      const [one] = subject.workspaces;
      await subject.write(await subject.catalog.stage(one, NAME, "k1"), 3);
      expect(await subject.catalog.find(one, NAME)).toBeNull();
      expect(await subject.catalog.list(one)).toEqual([]);
    });

    it("stages the same path for the same key, and other paths for other keys", async () => {
      const { catalog, workspaces } = await make();
      const [one, two] = workspaces;
      const path = await catalog.stage(one, NAME, "k1");
      expect(await catalog.stage(one, NAME, "k1")).toBe(path);
      expect(await catalog.stage(one, NAME, "k2")).not.toBe(path);
      expect(await catalog.stage(two, NAME, "k1")).not.toBe(path);
    });

    it("makes the committed rows the table's", async () => {
      const subject = await make();
      const [one] = subject.workspaces;
      const committed = await put(subject, one, commitOf("k1"));
      expect(committed).toMatchObject({ name: NAME, rowCount: 3, fileCount: 1, writtenBy: "run k1" });
      expect(committed.columns).toMatchObject([{ name: "category", type: "varchar" }]);
      expect(committed.committedAt).toBeInstanceOf(Date);
      expect(committed.snapshotId).toMatch(/^\d+$/);
      expect(await subject.catalog.find(one, NAME)).toEqual(committed);
      expect(await subject.catalog.currentFiles(one, NAME)).toHaveLength(1);
    });

    it("counts versions and keeps the latest current", async () => {
      const subject = await make();
      const [one] = subject.workspaces;
      const first = await put(subject, one, commitOf("k1"));
      const second = await put(subject, one, commitOf("k2"), 9);
      expect(second.version).toBeGreaterThan(first.version);
      expect(second.tableId).toBe(first.tableId);
      expect(await subject.catalog.find(one, NAME)).toMatchObject({ rowCount: 9, version: second.version });
      expect(await subject.catalog.list(one)).toHaveLength(1);
    });

    it("adds rows to those that are there where it is asked to", async () => {
      const subject = await make();
      const [one] = subject.workspaces;
      await put(subject, one, commitOf("k1"));
      const table = await put(subject, one, commitOf("k2", { mode: "append" }), 2);
      expect(table).toMatchObject({ rowCount: 5, fileCount: 2 });
    });

    it("commits equal keys once: the repeated step gets the first commit's state", async () => {
      const subject = await make();
      const [one] = subject.workspaces;
      const first = await put(subject, one, commitOf("k1"));
      const second = await put(subject, one, commitOf("k2"), 5);
      const again = await put(subject, one, commitOf("k1"), 99);
      const { snapshotId, rowCount, version, writtenBy } = first;
      expect(again).toMatchObject({ snapshotId, rowCount, version, writtenBy });
      expect(await subject.catalog.find(one, NAME)).toMatchObject({
        rowCount: 5,
        snapshotId: second.snapshotId,
      });
    });

    it("commits concurrent writers one after another, and none is lost", async () => {
      const subject = await make();
      const [one] = subject.workspaces;
      await put(subject, one, commitOf("first"), 1);
      const keys = ["a", "b", "c", "d"];
      const states = await Promise.all(
        keys.map((key) => put(subject, one, commitOf(key, { mode: "append" }), 1)),
      );
      expect(new Set(states.map((table) => table.version)).size).toBe(4);
      expect(await subject.catalog.find(one, NAME)).toMatchObject({ rowCount: 5 });
    });

    it("commits one key once, however many bring it at one time", async () => {
      const subject = await make();
      const [one] = subject.workspaces;
      await subject.write(await subject.catalog.stage(one, NAME, "same"), 3);
      const commits = [1, 2, 3].map(() => subject.catalog.commit(one, commitOf("same", { mode: "append" })));
      const states = await Promise.all(commits);
      expect(new Set(states.map((table) => table.snapshotId)).size).toBe(1);
      expect(await subject.catalog.find(one, NAME)).toMatchObject({ rowCount: 3 });
    });

    it("keeps workspaces apart", async () => {
      const subject = await make();
      const [one, two] = subject.workspaces;
      await put(subject, one, commitOf("k1"));
      expect(await subject.catalog.find(two, NAME)).toBeNull();
      expect(await subject.catalog.list(two)).toEqual([]);
    });

    it("recovers from a crash between stage and commit: the repeated step commits once", async () => {
      const subject = await make();
      const [one] = subject.workspaces;
      await subject.write(await subject.catalog.stage(one, NAME, "k1"), 7);
      expect(await put(subject, one, commitOf("k1"))).toMatchObject({ rowCount: 3 });
    });

    it("refuses to commit what was never written", async () => {
      const { catalog, workspaces } = await make();
      const [one] = workspaces;
      await catalog.stage(one, NAME, "k1");
      await expect(catalog.commit(one, commitOf("k1"))).rejects.toMatchObject({ code: "not_found" });
      expect(await catalog.find(one, NAME)).toBeNull();
    });

    it("leaves main as it was where a commit lands on a branch", async () => {
      const subject = await make();
      const [one] = subject.workspaces;
      const main = await put(subject, one, commitOf("k1"));
      const audit = await put(subject, one, commitOf("k2", { branch: "audit" }), 8);
      expect(audit).toMatchObject({ rowCount: 8 });
      expect(audit.snapshotId).not.toBe(main.snapshotId);
      expect(await subject.catalog.find(one, NAME)).toMatchObject({
        rowCount: 3,
        snapshotId: main.snapshotId,
      });
    });

    it("takes names of any script, and of any letters in quotes", async () => {
      const subject = await make();
      const [one] = subject.workspaces;
      for (const name of ["lake.obchod.zákazníci", 'lake.shop."order details"', 'lake.shop."a.b"']) {
        await put(subject, one, commitOf("k1", { name }));
        expect(await subject.catalog.find(one, name)).toMatchObject({ name, rowCount: 3 });
      }
      expect(await subject.catalog.list(one)).toHaveLength(3);
    });

    it.each(["demand", "derived.demand", "a.b.c.d", "../../etc.passwd.x", "a.b.c/d", "a.b.", 'a.b.c"'])(
      "refuses %j as a name",
      async (wrong) => {
        const { catalog, workspaces } = await make();
        await expect(catalog.stage(workspaces[0], wrong, "k1")).rejects.toMatchObject({
          code: "invalid_input",
        });
      },
    );
  });
}

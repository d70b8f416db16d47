import { describe, expect, it } from "vitest";
import type { LakeAdmin } from "./lake-admin";
import type { CatalogTable, TableCommit } from "./table-catalog";
import type { TableCatalogSubject } from "./table-catalog.contract";

export type LakeAdminSubject = TableCatalogSubject & { admin: LakeAdmin };

const NAME = "lake.shop.orders";
const BY = "tester";

/** What every LakeAdmin keeps, over the TableCatalog of the same lake. */
export function describeLakeAdminContract(name: string, make: () => Promise<LakeAdminSubject>): void {
  /** A table with commits of so many rows each, appended one after another. */
  const tableOf = async (rows: number[], branch?: string) => {
    const subject = await make();
    const [workspace] = subject.workspaces;
    const states: CatalogTable[] = [];
    const put = async (key: string, count: number, more: Partial<TableCommit> = {}) => {
      const path = await subject.catalog.stage(workspace, NAME, key);
      await subject.write(path, count);
      const commit = { name: NAME, writtenBy: `run ${key}`, kind: "run", idempotencyKey: key } as const;
      return subject.catalog.commit(workspace, { ...commit, mode: "append", ...more });
    };
    for (const [index, count] of rows.entries()) states.push(await put(`k${index}`, count));
    if (branch !== undefined) states.push(await put("branch", 1, { branch }));
    return { ...subject, workspace, states, put, ids: states.map((state) => state.snapshotId ?? "") };
  };
  const all = { limit: 100 };

  describe(`LakeAdmin: ${name}`, () => {
    it("tells of snapshots, newest first, what each changed and what points at it", async () => {
      const { admin, workspace, ids } = await tableOf([3, 2]);
      const { items, nextCursor } = await admin.snapshots(workspace, NAME, all);
      expect(nextCursor).toBeNull();
      expect(items.map((item) => item.snapshotId)).toEqual([ids[1], ids[0]]);
      expect(items[0]).toMatchObject({
        parentId: ids[0],
        operation: "append",
        writtenBy: "run k1",
        kind: "run",
        addedRows: 2,
        deletedRows: 0,
        totalRows: 5,
        addedFiles: 1,
        removedFiles: 0,
        refs: ["main"],
      });
      expect(items[0]?.committedAt).toBeInstanceOf(Date);
      expect(items[1]).toMatchObject({ parentId: null, totalRows: 3, refs: [] });
    });

    it("gives snapshots by pages", async () => {
      const { admin, workspace, ids } = await tableOf([1, 1, 1]);
      const first = await admin.snapshots(workspace, NAME, { limit: 2 });
      expect(first.items.map((item) => item.snapshotId)).toEqual([ids[2], ids[1]]);
      const second = await admin.snapshots(workspace, NAME, {
        limit: 2,
        cursor: first.nextCursor ?? undefined,
      });
      expect(second).toMatchObject({ items: [{ snapshotId: ids[0] }], nextCursor: null });
    });

    it("describes the table with its shape and its refs", async () => {
      const { admin, workspace, ids, states } = await tableOf([3]);
      const detail = await admin.describe(workspace, NAME);
      expect(detail).toMatchObject({
        name: NAME,
        tableId: states[0]?.tableId,
        rowCount: 3,
        key: [],
        partitionSpec: [],
      });
      expect(detail.refs).toEqual([{ name: "main", type: "branch", snapshotId: ids[0] }]);
      expect(detail.schemas.at(-1)?.columns).toMatchObject([{ name: "category", type: "varchar" }]);
    });

    it("lists the files of a snapshot", async () => {
      const { admin, workspace, ids } = await tableOf([3, 2]);
      const then = await admin.files(workspace, NAME, { ...all, snapshotId: ids[0] });
      expect(then).toMatchObject({ items: [{ rows: 3 }], deleteFiles: 0, nextCursor: null });
      expect((await admin.files(workspace, NAME, all)).items).toHaveLength(2);
      expect(await admin.partitions(workspace, NAME, {})).toMatchObject([{ rows: 5, files: 2 }]);
    });

    it("rolls back as a new entry of the history, and forward again: nothing is lost", async () => {
      const { admin, catalog, workspace, ids } = await tableOf([3, 2]);
      const [first = "", second = ""] = ids;
      await admin.rollback(workspace, NAME, { snapshotId: first, writtenBy: BY });
      expect(await catalog.find(workspace, NAME)).toMatchObject({ rowCount: 3 });
      await admin.rollback(workspace, NAME, { snapshotId: second, writtenBy: BY });
      expect(await catalog.find(workspace, NAME)).toMatchObject({ rowCount: 5 });
      const history = await admin.history(workspace, NAME);
      expect(history).toHaveLength(4);
      expect(history.slice(0, 2).map((entry) => entry.snapshotId)).toEqual([first, second]);
      const { items } = await admin.snapshots(workspace, NAME, { limit: 10, ref: "main" });
      expect(items.map(({ kind, rollbackTo }) => [kind === "rollback", rollbackTo])).toEqual([
        [true, second],
        [true, first],
        [false, null],
        [false, null],
      ]);
    });

    it("moves main to a branch when the branch is published", async () => {
      const { admin, catalog, workspace, ids } = await tableOf([3], "audit");
      expect(await catalog.find(workspace, NAME)).toMatchObject({ rowCount: 3 });
      await admin.publish(workspace, NAME, { name: "audit", writtenBy: BY });
      expect(await catalog.find(workspace, NAME)).toMatchObject({ rowCount: 4, snapshotId: ids[1] });
    });

    it("does not publish a branch once main has gone another way", async () => {
      const { admin, catalog, put, workspace } = await tableOf([3], "audit");
      await put("elsewhere", 10);
      const publishing = admin.publish(workspace, NAME, { name: "audit", writtenBy: BY });
      await expect(publishing).rejects.toMatchObject({ code: "conflict" });
      expect(await catalog.find(workspace, NAME)).toMatchObject({ rowCount: 13 });
    });

    it("does not publish a branch that has moved since it was looked at", async () => {
      const { admin, catalog, put, workspace, ids } = await tableOf([3], "audit");
      await put("late", 10, { branch: "audit" });
      const publishing = admin.publish(workspace, NAME, {
        name: "audit",
        writtenBy: BY,
        expectedSnapshotId: ids[1] ?? "",
      });
      await expect(publishing).rejects.toMatchObject({ code: "conflict" });
      expect(await catalog.find(workspace, NAME)).toMatchObject({ rowCount: 3 });
    });

    it("makes and drops branches and tags", async () => {
      const { admin, workspace, ids } = await tableOf([3, 2]);
      const [first = "", second = ""] = ids;
      const tag = { type: "tag", name: "golden", snapshotId: first } as const;
      expect(await admin.createRef(workspace, NAME, { ...tag, writtenBy: BY })).toEqual(tag);
      const branch = await admin.createRef(workspace, NAME, { type: "branch", name: "try", writtenBy: BY });
      expect(branch.snapshotId).toBe(second);
      const names = async () => (await admin.describe(workspace, NAME)).refs.map((ref) => ref.name).sort();
      expect(await names()).toEqual(["golden", "main", "try"]);
      expect((await admin.files(workspace, NAME, { ...all, ref: "golden" })).items).toHaveLength(1);
      await admin.dropRef(workspace, NAME, { type: "tag", name: "golden" });
      await admin.dropRef(workspace, NAME, { type: "branch", name: "try" });
      expect(await names()).toEqual(["main"]);
    });

    it("refuses a ref that is there already, one that is not, and to drop main", async () => {
      const { admin, workspace, ids } = await tableOf([3, 2]);
      const ref = { type: "branch", name: "main", writtenBy: BY } as const;
      const taken = admin.createRef(workspace, NAME, { ...ref, snapshotId: ids[0] ?? "" });
      await expect(taken).rejects.toMatchObject({ code: "conflict" });
      await expect(admin.dropRef(workspace, NAME, ref)).rejects.toMatchObject({ code: "conflict" });
      const missing = { type: "branch", name: "nowhere" } as const;
      await expect(admin.dropRef(workspace, NAME, missing)).rejects.toMatchObject({ code: "not_found" });
      const published = admin.publish(workspace, NAME, { name: "nowhere", writtenBy: BY });
      await expect(published).rejects.toMatchObject({ code: "not_found" });
    });

    it("refuses snapshots and tables that are not there", async () => {
      const { admin, workspace } = await tableOf([3]);
      const notFound = { code: "not_found" };
      const to = { snapshotId: "1", writtenBy: BY };
      await expect(admin.rollback(workspace, NAME, to)).rejects.toMatchObject(notFound);
      await expect(admin.files(workspace, NAME, { ...all, snapshotId: "1" })).rejects.toMatchObject(notFound);
      await expect(admin.describe(workspace, "lake.shop.nothing")).rejects.toMatchObject(notFound);
      await expect(admin.snapshots(workspace, "lake.shop.nothing", all)).rejects.toMatchObject(notFound);
    });

    it("plans a compaction, carries it out, and changes no row", async () => {
      const { admin, catalog, workspace, ids } = await tableOf([3, 2, 1]);
      const plan = await admin.plan(workspace, NAME, { action: "compact" });
      expect(plan).toMatchObject({ action: "compact", basedOnSnapshotId: ids[2], filesIn: 3, filesOut: 1 });
      expect(await catalog.find(workspace, NAME)).toMatchObject({ fileCount: 3 });
      const done = await admin.execute(workspace, NAME, {
        action: "compact",
        planId: plan.planId,
        writtenBy: BY,
      });
      expect(done.snapshotId).toMatch(/^\d+$/);
      expect(await catalog.find(workspace, NAME)).toMatchObject({
        rowCount: 6,
        fileCount: 1,
        snapshotId: done.snapshotId,
      });
      const { items } = await admin.snapshots(workspace, NAME, { limit: 1 });
      expect(items[0]).toMatchObject({ operation: "replace", kind: "compaction" });
    });

    it("drops a table", async () => {
      const { admin, catalog, workspace } = await tableOf([3]);
      await admin.drop(workspace, NAME);
      expect(await catalog.find(workspace, NAME)).toBeNull();
      await expect(admin.drop(workspace, NAME)).rejects.toMatchObject({ code: "not_found" });
    });
  });
}

import type { LakeRef, LakeSnapshot, TableDetail } from "../../../domain/ports/lake-admin";
import type { CatalogTable } from "../../../domain/ports/table-catalog";
import { Failure } from "../../../domain/shared/failure";
import { passCheck, publishBranch, rollBackTable } from "../../lakehouse/index";
import type { DataSetScope } from "../data-set-scope";
import { originsOf } from "../origins";
import type { KnownDataSet, PublishedKind } from "./published-kind";

const MOST_VERSIONS = 100;

/**
 * Tables: others see what main holds, which a branch's version gets to by a fast-forward. A rollback is a snapshot of
 * its own and no version of its own: it holds again the version that it leads to.
 */
export function tableKind(scope: DataSetScope): PublishedKind {
  const { lakeAdmin, tableCatalog, workspace, origins } = scope;

  const find = async (name: string): Promise<TableDetail | null> => {
    try {
      return await lakeAdmin.describe(workspace.id, name);
    } catch (error) {
      if (error instanceof Failure && ["not_found", "invalid_input"].includes(error.code)) return null;
      throw error;
    }
  };
  const known = async (tables: CatalogTable[]): Promise<KnownDataSet[]> => {
    const made = await originsOf(
      origins,
      workspace.id,
      tables.map(({ writtenBy }) => writtenBy),
    );
    return tables.map(({ name, snapshotId, committedAt, writtenBy }) => {
      const origin = made.get(writtenBy);
      return {
        name,
        title: name,
        currentVersion: snapshotId,
        publishedVersion: snapshotId,
        updatedAt: committedAt,
        updatedBy: origin?.label ?? writtenBy,
        inputs: origin === undefined ? [] : [origin],
      };
    });
  };
  const branchesOf = ({ refs }: TableDetail): LakeRef[] =>
    refs.filter(({ name, type }) => type === "branch" && name !== "main");
  const snapshotsOf = async (name: string): Promise<LakeSnapshot[]> =>
    (await lakeAdmin.snapshots(workspace.id, name, { limit: MOST_VERSIONS })).items;
  const withHeld = async <T extends CatalogTable>(table: T): Promise<T> => ({
    ...table,
    snapshotId: versionHeld(table.snapshotId, await snapshotsOf(table.name)),
  });
  /** A version that readers saw before, where nothing was written since it was undone: going there is no fast-forward. */
  const isReturn = async (table: TableDetail, version: string): Promise<boolean> => {
    const snapshots = await snapshotsOf(table.name);
    const head = snapshots.find(({ snapshotId }) => snapshotId === table.snapshotId);
    if (head === undefined || head.rollbackTo === null) return false;
    const history = await lakeAdmin.history(workspace.id, table.name);
    return history.some(({ snapshotId }) => snapshotId === version);
  };

  return {
    async list() {
      const [tables, publications] = await Promise.all([
        tableCatalog.list(workspace.id),
        scope.store.latestPublications(workspace.id),
      ]);
      const undone = new Set(
        publications.filter(({ kind, act }) => kind === "table" && act === "undo").map(({ name }) => name),
      );
      return known(
        await Promise.all(tables.map((table) => (undone.has(table.name) ? withHeld(table) : table))),
      );
    },

    async describe(name) {
      const found = await find(name);
      if (found === null) return null;
      const snapshots = await snapshotsOf(found.name);
      const table = { ...found, snapshotId: versionHeld(found.snapshotId, snapshots) };
      const versions = snapshots.filter(({ rollbackTo }) => rollbackTo === null);
      const holding = versions.find(({ snapshotId }) => snapshotId === table.snapshotId);
      const writtenBy = holding?.writtenBy ?? table.writtenBy;
      const [[record], made] = await Promise.all([
        known([{ ...table, writtenBy }]),
        originsOf(
          origins,
          workspace.id,
          versions.map((each) => each.writtenBy),
        ),
      ]);
      return {
        ...(record as KnownDataSet),
        versions: versions.map((snapshot) => ({
          version: snapshot.snapshotId,
          at: snapshot.committedAt,
          by: made.get(snapshot.writtenBy)?.label ?? snapshot.writtenBy,
          detail: `${snapshot.kind}, ${snapshot.totalRows.toLocaleString("en-US")} rows`,
        })),
        branches: branchesOf(table).map(({ name: branch, snapshotId }) => ({
          name: branch,
          version: snapshotId,
          isPublished: snapshotId === table.snapshotId,
        })),
      };
    },

    async choose(name, { version, branch, check }) {
      const table = await withHeld(await lakeAdmin.describe(workspace.id, name));
      const named = branchesOf(table).find((ref) =>
        branch === undefined ? ref.snapshotId === version : ref.name === branch,
      );
      if (named === undefined && branch !== undefined)
        throw new Failure("not_found", `${table.name} has no branch ${branch}.`);
      if (named === undefined && version !== undefined && version === table.snapshotId)
        return { version, branch: null };
      if (named === undefined)
        throw new Failure("conflict", `No branch of ${table.name} is at version ${version}.`, {
          hint: "A table is published from a branch. To go back to an earlier version, undo or roll back.",
        });
      if (version !== undefined && named.snapshotId !== version)
        throw new Failure("conflict", `The branch ${named.name} has moved on.`, { retryable: true });
      if (check === undefined) return { version: named.snapshotId, branch: named.name };
      const checked = await passCheck(scope, { name: table.name, branch: named.name, check });
      return { version: checked.snapshotId, branch: named.name };
    },

    async move(name, { act, version, previousVersion, branch }) {
      if (version === null)
        throw new Failure("conflict", "A table cannot go back to before its first version.");
      const table = await lakeAdmin.describe(workspace.id, name);
      if (act === "publish" && !(await isReturn(table, version))) {
        await publishBranch(scope, { name, branch: branch ?? "", snapshotId: version });
        return;
      }
      if ((await withHeld(table)).snapshotId !== previousVersion)
        throw new Failure("conflict", `${name} is no longer as it was published.`, {
          hint: "An undo would hide what was written since. Roll the table back in the lakehouse if that is meant.",
        });
      await rollBackTable(scope, { name, snapshotId: version });
    },

    async hasMoved(name, { version, at }) {
      const table = await find(name);
      if (table === null) return false;
      const [snapshots, history] = await Promise.all([
        snapshotsOf(name),
        lakeAdmin.history(workspace.id, name),
      ]);
      const isHeld = (snapshotId: string | null) => versionHeld(snapshotId, snapshots) === version;
      return isHeld(table.snapshotId) || history.some((entry) => entry.at >= at && isHeld(entry.snapshotId));
    },
  };
}

/** The version that a snapshot holds: a rollback's is that of the snapshot it leads to. */
function versionHeld(snapshotId: string | null, snapshots: LakeSnapshot[]): string | null {
  const leads = new Map(snapshots.map((each) => [each.snapshotId, each.rollbackTo]));
  let held = snapshotId;
  for (let steps = 0; held !== null && steps < snapshots.length; steps += 1) {
    const next: string | null = leads.get(held) ?? null;
    if (next === null) break;
    held = next;
  }
  return held;
}

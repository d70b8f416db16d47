import type { LakeRef, TableDetail } from "../../../domain/ports/lake-admin";
import type { CatalogTable } from "../../../domain/ports/table-catalog";
import { Failure } from "../../../domain/shared/failure";
import { passCheck, publishBranch, rollBackTable } from "../../lakehouse/index";
import type { DataSetScope } from "../data-set-scope";
import { originsOf } from "../origins";
import type { KnownDataSet, PublishedKind } from "./published-kind";

const MOST_VERSIONS = 100;

/** Tables: others see what main holds, which a branch's version gets to by a fast-forward. */
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

  return {
    list: async () => known(await tableCatalog.list(workspace.id)),

    async describe(name) {
      const table = await find(name);
      if (table === null) return null;
      const [[record], { items }] = await Promise.all([
        known([table]),
        lakeAdmin.snapshots(workspace.id, table.name, { limit: MOST_VERSIONS }),
      ]);
      const made = await originsOf(
        origins,
        workspace.id,
        items.map(({ writtenBy }) => writtenBy),
      );
      return {
        ...(record as KnownDataSet),
        versions: items.map((snapshot) => ({
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
      const table = await lakeAdmin.describe(workspace.id, name);
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
      if (act === "publish") {
        await publishBranch(scope, { name, branch: branch ?? "", snapshotId: version });
        return;
      }
      const { snapshotId } = await lakeAdmin.describe(workspace.id, name);
      if (snapshotId !== previousVersion)
        throw new Failure("conflict", `${name} is no longer as it was published.`, {
          hint: "An undo would hide what was written since. Roll the table back in the lakehouse if that is meant.",
        });
      await rollBackTable(scope, { name, snapshotId: version });
    },

    async hasMoved(name, { version, at }) {
      const table = await find(name);
      if (table === null) return false;
      if (table.snapshotId === version) return true;
      const history = await lakeAdmin.history(workspace.id, name);
      return history.some((entry) => entry.snapshotId === version && entry.at >= at);
    },
  };
}

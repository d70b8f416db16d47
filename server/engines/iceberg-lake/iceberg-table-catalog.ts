import { stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { CatalogTable, TableCatalog, TableCommit } from "../../../domain/ports/table-catalog";
import { Failure } from "../../../domain/shared/failure";
import { isBucketObject } from "../../../domain/shared/is-bucket-object";
import { type LakeSettings, lakeCall } from "./lake-call";
import { addressed, CommitWire, FilesWire, TableWire } from "./wire";

const PAGE = 1000;
const FILE = "rows.parquet";

/** The tables of the workspaces' Iceberg catalogs, through the one service that writes them. */
export function icebergTableCatalog(settings: LakeSettings): TableCatalog {
  const call = lakeCall(settings);
  const tables = (workspaceId: string) => `${encodeURIComponent(workspaceId)}/tables`;
  const tablePath = (workspaceId: string, name: string) => `${tables(workspaceId)}/${addressed(name)}`;

  const find = async (workspaceId: string, name: string): Promise<CatalogTable | null> => {
    const path = tablePath(workspaceId, name);
    try {
      return TableWire.parse(await call("GET", path));
    } catch (error) {
      if (codeOf(error) === "not_found") return null;
      throw error;
    }
  };

  const stagedFile = async (workspaceId: string, name: string, idempotencyKey: string): Promise<string> => {
    const path = `${tablePath(workspaceId, name)}/stage`;
    const { folder } = StageWire.parse(await call("POST", path, { idempotency_key: idempotencyKey }));
    return isBucketObject(folder)
      ? `${folder.replace(/\/$/, "")}/${FILE}`
      : join(folder.replace(/^file:\/\//, ""), FILE);
  };

  /** Repeated after its answer was lost, it finds no staged file any more and gets the first answer again. */
  const send = async (workspaceId: string, commit: TableCommit): Promise<unknown> => {
    const { name, idempotencyKey, mode = "overwrite", key, branch, writtenBy, kind } = commit;
    const file = await stagedFile(workspaceId, name, idempotencyKey);
    const path = tablePath(workspaceId, name);
    const body = {
      idempotency_key: idempotencyKey,
      mode,
      files: [{ path: file }],
      written_by: writtenBy,
      kind,
      branch,
      ...(key === undefined ? {} : { key }),
    };
    try {
      if (branch !== undefined) await ensureBranch(workspaceId, name, branch, writtenBy);
      return await call("POST", `${path}/commits`, body);
    } catch (error) {
      if (codeOf(error) === "invalid_input" && !(await mayExist(file))) throw nothingWritten(name);
      throw error;
    }
  };

  /** A table's first commit makes its branch itself. */
  const ensureBranch = async (workspaceId: string, name: string, branch: string, writtenBy: string) => {
    const table = await find(workspaceId, name);
    if (table === null) return;
    const path = `${tablePath(workspaceId, name)}/branches`;
    try {
      await call("POST", path, { name: branch, written_by: writtenBy });
    } catch (error) {
      // There is such a branch, at another snapshot than main.
      if (codeOf(error) !== "conflict") throw error;
    }
  };

  return {
    async list(workspaceId) {
      const listed = z.array(TableWire).parse(await call("GET", tables(workspaceId)));
      return listed.sort((a, b) => (a.name < b.name ? -1 : 1));
    },

    find,

    async currentFiles(workspaceId, name) {
      const paths: string[] = [];
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const path = `${tablePath(workspaceId, name)}/files`;
        const page = FilesWire.parse(await call("GET", path, { limit: PAGE, cursor }));
        if (page.deleteFiles > 0) throw rowsDeletedBeside(name);
        paths.push(...page.items.map((file) => file.path.replace(/^file:\/\//, "")));
        cursor = page.nextCursor;
      }
      return paths;
    },

    stage: stagedFile,

    async commit(workspaceId, commit) {
      const { name, writtenBy } = commit;
      const committed = CommitWire.parse(await send(workspaceId, commit));
      const table = await find(workspaceId, name);
      if (table === null) throw new Failure("not_found", `The table ${name} was dropped meanwhile.`);
      if (table.snapshotId === committed.snapshot_id) return table;
      // Another branch, or a commit that others have followed.
      const { snapshot_id: snapshotId, sequence: version, row_count: rowCount } = committed;
      return { ...table, snapshotId, version, rowCount, writtenBy };
    },
  };
}

const codeOf = (error: unknown): string | null => (error instanceof Failure ? error.code : null);

const mayExist = async (file: string): Promise<boolean> =>
  isBucketObject(file) || (await stat(file).catch(() => null)) !== null;

const StageWire = z.object({ folder: z.string().min(1) });

const nothingWritten = (name: string): Failure =>
  new Failure("not_found", `Nothing was written for ${name}.`, {
    hint: "Write the staged file before its commit.",
  });

const rowsDeletedBeside = (name: string): Failure =>
  new Failure("conflict", `Rows of ${name} are deleted in files beside its data.`, {
    hint: "Compact the table first, so that its data files alone hold its rows.",
  });

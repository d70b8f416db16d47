import type { LakeAdmin, LakeRef, LakeSnapshot, MaintenancePlan } from "../../../domain/ports/lake-admin";
import type { TableCatalog, TableCommit } from "../../../domain/ports/table-catalog";
import { parseTableName, spellTableName } from "../../../domain/ports/table-name";
import { Failure } from "../../../domain/shared/failure";
import {
  ancestry,
  BYTES_PER_ROW,
  COLUMNS,
  cut,
  type File,
  refOf,
  rowsOf,
  type Snapshot,
  shownTable,
  snapshotAt,
  snapshotOf,
  type Table,
} from "./lake-table";

export type MemoryLake = TableCatalog &
  LakeAdmin & {
    /** Stands in for the writing of a staged file with so many rows. */
    write(path: string, rows?: number): void;
  };

const REF_NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,99}$/u;

/** A lake in this process. Where `checksFiles` is false, `commit` does not ask whether a file was written. */
export function memoryLake({ checksFiles = false } = {}): MemoryLake {
  const tables = new Map<string, Table>();
  const written = new Map<string, number>();
  const plans = new Map<string, MaintenancePlan>();
  let lastId = 1000;
  let clock = Date.UTC(2024, 0, 1);

  const tick = () => {
    clock += 1000;
    return new Date(clock);
  };
  const nextId = () => {
    lastId += 1;
    return String(lastId);
  };
  const keyOf = (workspaceId: string, name: string) =>
    `${workspaceId}/${spellTableName(parseTableName(name))}`;
  const pathOf = (workspaceId: string, name: string, key: string) =>
    `/memory/${keyOf(workspaceId, name)}/${encodeURIComponent(key)}.parquet`;

  const tableOf = (workspaceId: string, name: string): Table => {
    const table = tables.get(keyOf(workspaceId, name));
    if (table === undefined) throw new Failure("not_found", `There is no table ${name}.`);
    return table;
  };
  const newTable = (name: string): Table => ({
    tableId: nextId(),
    name: spellTableName(parseTableName(name)),
    snapshots: [],
    refs: new Map(),
    history: [],
    states: 0,
  });
  const headOf = (table: Table, branch: string): Snapshot | null =>
    snapshotAt(table, table.refs.has(branch) ? { ref: branch } : {});
  const append = (
    table: Table,
    branch: string,
    made: {
      key: string;
      files: File[];
      kind: string;
      writtenBy: string;
      operation: LakeSnapshot["operation"];
      rollbackTo?: string;
    },
  ): Snapshot => {
    const parent = headOf(table, branch);
    const before = parent?.files ?? [];
    const added = made.files.filter((file) => !before.includes(file));
    const removed = before.filter((file) => !made.files.includes(file));
    const snapshot: Snapshot = {
      snapshotId: nextId(),
      parentId: parent?.snapshotId ?? null,
      version: Math.max(0, ...table.snapshots.map(({ version }) => version)) + 1,
      committedAt: tick(),
      operation: made.operation,
      writtenBy: made.writtenBy,
      kind: made.kind,
      addedRows: rowsOf(added),
      deletedRows: rowsOf(removed),
      totalRows: rowsOf(made.files),
      addedFiles: added.length,
      removedFiles: removed.length,
      bytes: rowsOf(made.files) * BYTES_PER_ROW,
      schemaId: 0,
      refs: [],
      rollbackTo: made.rollbackTo ?? null,
      files: made.files,
      key: made.key,
    };
    table.snapshots.push(snapshot);
    move(table, branch, snapshot.snapshotId);
    return snapshot;
  };
  const move = (table: Table, branch: string, snapshotId: string) => {
    table.refs.set(branch, { name: branch, type: "branch", snapshotId });
    table.states += 1;
    if (branch === "main") table.history.push({ snapshotId, at: new Date(clock) });
  };

  return {
    write: (path, rows = 1) => void written.set(path, rows),

    async list(workspaceId) {
      const own = [...tables].filter(([key]) => key.startsWith(`${workspaceId}/`));
      return own.map(([, table]) => shownTable(table)).sort((a, b) => (a.name < b.name ? -1 : 1));
    },

    async find(workspaceId, name) {
      const table = tables.get(keyOf(workspaceId, name));
      return table === undefined ? null : shownTable(table);
    },

    async currentFiles(workspaceId, name) {
      return (snapshotAt(tableOf(workspaceId, name), {})?.files ?? []).map(({ path }) => path);
    },

    async files(workspaceId, name, page) {
      const files = snapshotAt(tableOf(workspaceId, name), page)?.files ?? [];
      const more = { partition: {}, bounds: [] };
      const items = files.map((file) => ({ ...file, bytes: file.rows * BYTES_PER_ROW, ...more }));
      return { ...cut(items, page), deleteFiles: 0 };
    },

    async stage(workspaceId, name, idempotencyKey) {
      return pathOf(workspaceId, name, idempotencyKey);
    },

    async commit(workspaceId, commit: TableCommit) {
      const { idempotencyKey: key, branch = "main", mode = "overwrite", kind, writtenBy } = commit;
      const id = keyOf(workspaceId, commit.name);
      const existing = tables.get(id);
      const same = existing?.snapshots.find((snapshot) => snapshot.key === key);
      if (existing !== undefined && same !== undefined)
        return shownTable(existing, { snapshotId: same.snapshotId });
      const path = pathOf(workspaceId, commit.name, key);
      if (checksFiles && !written.has(path))
        throw new Failure("not_found", `Nothing was written for ${commit.name}.`);
      const table = existing ?? newTable(commit.name);
      tables.set(id, table);
      const file = { path, rows: written.get(path) ?? 1 };
      const current = headOf(table, branch);
      // Its rows have no keys: a merge only adds them.
      const files = mode === "overwrite" ? [file] : [...(current?.files ?? []), file];
      const operation = mode === "append" || current === null ? "append" : "overwrite";
      return shownTable(table, {
        snapshotId: append(table, branch, { key, files, kind, writtenBy, operation }).snapshotId,
      });
    },

    async describe(workspaceId, name) {
      const table = tableOf(workspaceId, name);
      const schemas = [{ schemaId: 0, at: null, changes: [], columns: COLUMNS }];
      const refs = [...table.refs.values()];
      return {
        ...shownTable(table),
        properties: {},
        partitionSpec: [],
        sortOrder: [],
        refs,
        schemas,
        key: [],
      };
    },

    async snapshots(workspaceId, name, page) {
      const table = tableOf(workspaceId, name);
      const from = page.ref === undefined ? null : refOf(table, page.ref).snapshotId;
      const line = page.ref === undefined ? [...table.snapshots].reverse() : ancestry(table, from);
      const items = line.map(({ files: _files, key: _key, ...snapshot }) => ({
        ...snapshot,
        refs: [...table.refs.values()]
          .filter((ref) => ref.snapshotId === snapshot.snapshotId)
          .map((ref) => ref.name),
      }));
      return cut(items, page);
    },

    async history(workspaceId, name) {
      return [...tableOf(workspaceId, name).history];
    },

    async partitions(workspaceId, name, at) {
      const files = snapshotAt(tableOf(workspaceId, name), at)?.files ?? [];
      const rows = rowsOf(files);
      return files.length === 0
        ? []
        : [{ partition: {}, rows, bytes: rows * BYTES_PER_ROW, files: files.length }];
    },

    async rollback(workspaceId, name, { snapshotId: rollbackTo, writtenBy }) {
      const table = tableOf(workspaceId, name);
      const { files } = snapshotOf(table, rollbackTo);
      const how = { kind: "rollback", operation: "overwrite", writtenBy, rollbackTo } as const;
      const { snapshotId } = append(table, "main", { key: nextId(), files, ...how });
      return { name: "main", snapshotId };
    },

    async createRef(workspaceId, name, { type, name: refName, snapshotId }) {
      const table = tableOf(workspaceId, name);
      if (!REF_NAME.test(refName))
        throw new Failure("invalid_input", `"${refName}" cannot name a branch or a tag.`);
      const snapshot = snapshotAt(table, snapshotId === undefined ? {} : { snapshotId });
      if (snapshot === null) throw new Failure("conflict", `${name} has no snapshot yet.`);
      const taken = table.refs.get(refName);
      if (taken !== undefined && (taken.type !== type || taken.snapshotId !== snapshot.snapshotId))
        throw new Failure("conflict", `The name ${refName} is taken.`);
      const ref: LakeRef = { name: refName, type, snapshotId: snapshot.snapshotId };
      table.refs.set(refName, ref);
      return ref;
    },

    async dropRef(workspaceId, name, { type, name: refName }) {
      const table = tableOf(workspaceId, name);
      const ref = refOf(table, refName);
      if (ref.type !== type) throw new Failure("not_found", `${refName} is no ${type}.`);
      if (refName === "main") throw new Failure("conflict", "The branch main cannot be dropped.");
      table.refs.delete(refName);
    },

    async publish(workspaceId, name, { name: branch, expectedSnapshotId }) {
      const table = tableOf(workspaceId, name);
      const { snapshotId } = refOf(table, branch);
      if (expectedSnapshotId !== undefined && expectedSnapshotId !== snapshotId)
        throw new Failure("conflict", `The branch ${branch} has moved on.`, { retryable: true });
      const main = table.refs.get("main")?.snapshotId ?? null;
      if (main !== null && !ancestry(table, snapshotId).some((each) => each.snapshotId === main))
        throw new Failure("conflict", `main has moved on since ${branch} was made.`);
      if (main !== snapshotId) {
        tick();
        move(table, "main", snapshotId);
      }
      return { name: "main", snapshotId };
    },

    async plan(workspaceId, name, { action }) {
      const table = tableOf(workspaceId, name);
      const current = snapshotAt(table, {});
      const kept = new Set([...table.refs.values()].map((ref) => ref.snapshotId));
      const going = table.snapshots.map((each) => each.snapshotId).filter((id) => !kept.has(id));
      const empty = { filesIn: 0, bytesIn: 0, filesOut: 0, bytesOut: 0, scanSavingShare: null };
      const plan: MaintenancePlan = {
        planId: nextId(),
        action,
        basedOnSnapshotId: current?.snapshotId ?? null,
        files: [],
        snapshotIds: action === "expire" ? going : [],
        ...(action === "compact" && current !== null ? compaction(current) : empty),
      };
      plans.set(plan.planId, plan);
      return plan;
    },

    async execute(workspaceId, name, { action, planId, writtenBy }) {
      const table = tableOf(workspaceId, name);
      const plan = planId === undefined ? await this.plan(workspaceId, name, { action }) : plans.get(planId);
      if (plan === undefined) throw new Failure("not_found", "There is no such plan.");
      if (action === "expire")
        table.snapshots = table.snapshots.filter((each) => !plan.snapshotIds.includes(each.snapshotId));
      const current = snapshotAt(table, {});
      if (action !== "compact" || current === null || current.files.length < 2)
        return { ...plan, executed: true, snapshotId: null };
      const files = [{ path: `${current.files[0]?.path}.compacted`, rows: current.totalRows }];
      const made = append(table, "main", {
        key: nextId(),
        files,
        kind: "compaction",
        writtenBy,
        operation: "replace",
      });
      return { ...plan, executed: true, snapshotId: made.snapshotId };
    },

    async drop(workspaceId, name) {
      tableOf(workspaceId, name);
      tables.delete(keyOf(workspaceId, name));
    },
  };
}

const compaction = ({ files, bytes }: Snapshot) => ({
  filesIn: files.length,
  bytesIn: bytes,
  filesOut: Math.min(1, files.length),
  bytesOut: bytes,
  scanSavingShare: files.length === 0 ? null : 1 - 1 / files.length,
});

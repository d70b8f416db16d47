import type {
  At,
  LakeAdmin,
  LakeRef,
  LakeSnapshot,
  MaintenancePlan,
  Page,
  PageInput,
} from "../../../domain/ports/lake-admin";
import type { CatalogTable, TableCatalog, TableCommit } from "../../../domain/ports/table-catalog";
import { parseTableName, spellTableName } from "../../../domain/ports/table-name";
import { Failure } from "../../../domain/shared/failure";

type File = { path: string; rows: number };
type Snapshot = LakeSnapshot & { files: File[]; key: string };
type Table = {
  tableId: string;
  name: string;
  snapshots: Snapshot[];
  refs: Map<string, LakeRef>;
  history: { snapshotId: string; at: Date }[];
  states: number;
};

export type MemoryLake = TableCatalog &
  LakeAdmin & {
    /** Stands in for the writing of a staged file with so many rows. */
    write(path: string, rows?: number): void;
  };

const REF_NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,99}$/u;
const BYTES_PER_ROW = 10;
const COLUMNS = [{ id: 1, name: "category", type: "varchar", required: false, doc: null }];

/** A lake in this process. Where `checksFiles` is false, `commit` does not ask whether a file was written. */
export function memoryLake({ checksFiles = false } = {}): MemoryLake {
  const tables = new Map<string, Table>();
  const written = new Map<string, number>();
  const plans = new Map<string, MaintenancePlan>();
  let lastId = 1000;
  let clock = Date.UTC(2024, 0, 1);

  const tick = () => new Date((clock += 1000));
  const nextId = () => String((lastId += 1));
  const keyOf = (workspaceId: string, name: string) =>
    `${workspaceId}/${spellTableName(parseTableName(name))}`;
  const pathOf = (workspaceId: string, name: string, key: string) =>
    `/memory/${keyOf(workspaceId, name)}/${encodeURIComponent(key)}.parquet`;

  const tableOf = (workspaceId: string, name: string): Table => {
    const table = tables.get(keyOf(workspaceId, name));
    if (table === undefined) throw new Failure("not_found", `There is no table ${name}.`);
    return table;
  };
  const snapshotOf = (table: Table, id: string): Snapshot => {
    const found = table.snapshots.find(({ snapshotId }) => snapshotId === id);
    if (found === undefined) throw new Failure("not_found", `${table.name} has no snapshot ${id}.`);
    return found;
  };
  const refOf = (table: Table, name: string): LakeRef => {
    const found = table.refs.get(name);
    if (found === undefined) throw new Failure("not_found", `${table.name} has no branch or tag ${name}.`);
    return found;
  };
  const snapshotAt = (table: Table, { snapshotId, ref }: At): Snapshot | null => {
    if (snapshotId !== undefined) return snapshotOf(table, snapshotId);
    if (ref !== undefined) return snapshotOf(table, refOf(table, ref).snapshotId);
    const main = table.refs.get("main");
    return main === undefined ? null : snapshotOf(table, main.snapshotId);
  };

  const shown = (table: Table, at: At = {}): CatalogTable => {
    const snapshot = snapshotAt(table, at);
    return {
      name: table.name,
      tableId: table.tableId,
      metadataLocation: `/memory/${table.tableId}/metadata/${table.states}.metadata.json`,
      snapshotId: snapshot?.snapshotId ?? null,
      rowCount: snapshot?.totalRows ?? 0,
      bytes: snapshot?.bytes ?? 0,
      fileCount: snapshot?.files.length ?? 0,
      columns: COLUMNS,
      version: snapshot?.version ?? 0,
      committedAt: snapshot?.committedAt ?? new Date(0),
      writtenBy: snapshot?.writtenBy ?? "",
    };
  };

  const append = (
    table: Table,
    branch: string,
    made: {
      key: string;
      files: File[];
      kind: string;
      writtenBy: string;
      operation: LakeSnapshot["operation"];
    },
  ): Snapshot => {
    const parent = table.refs.has(branch) ? snapshotAt(table, { ref: branch }) : snapshotAt(table, {});
    const before = parent?.files ?? [];
    const rows = (files: File[]) => files.reduce((sum, file) => sum + file.rows, 0);
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
      addedRows: rows(added),
      deletedRows: rows(removed),
      totalRows: rows(made.files),
      addedFiles: added.length,
      removedFiles: removed.length,
      bytes: rows(made.files) * BYTES_PER_ROW,
      schemaId: 0,
      refs: [],
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

  const ancestry = (table: Table, from: string | null): Snapshot[] => {
    const line: Snapshot[] = [];
    for (let id = from; id !== null; id = line.at(-1)?.parentId ?? null) line.push(snapshotOf(table, id));
    return line;
  };

  return {
    write: (path, rows = 1) => void written.set(path, rows),

    async list(workspaceId) {
      const own = [...tables].filter(([key]) => key.startsWith(`${workspaceId}/`));
      return own.map(([, table]) => shown(table)).sort((a, b) => (a.name < b.name ? -1 : 1));
    },

    async find(workspaceId, name) {
      const table = tables.get(keyOf(workspaceId, name));
      return table === undefined ? null : shown(table);
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
        return shown(existing, { snapshotId: same.snapshotId });
      const path = pathOf(workspaceId, commit.name, key);
      if (checksFiles && !written.has(path))
        throw new Failure("not_found", `Nothing was written for ${commit.name}.`);
      const table = existing ?? {
        tableId: nextId(),
        name: spellTableName(parseTableName(commit.name)),
        snapshots: [],
        refs: new Map(),
        history: [],
        states: 0,
      };
      tables.set(id, table);
      const file = { path, rows: written.get(path) ?? 1 };
      const current = table.refs.has(branch) ? snapshotAt(table, { ref: branch }) : snapshotAt(table, {});
      const files = mode === "append" ? [...(current?.files ?? []), file] : [file];
      const operation = mode === "append" || current === null ? "append" : "overwrite";
      return shown(table, {
        snapshotId: append(table, branch, { key, files, kind, writtenBy, operation }).snapshotId,
      });
    },

    async describe(workspaceId, name) {
      const table = tableOf(workspaceId, name);
      const schemas = [{ schemaId: 0, at: null, changes: [], columns: COLUMNS }];
      const refs = [...table.refs.values()];
      return {
        ...shown(table),
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
      const rows = files.reduce((sum, file) => sum + file.rows, 0);
      return files.length === 0
        ? []
        : [{ partition: {}, rows, bytes: rows * BYTES_PER_ROW, files: files.length }];
    },

    async rollback(workspaceId, name, { snapshotId }) {
      const table = tableOf(workspaceId, name);
      snapshotOf(table, snapshotId);
      tick();
      move(table, "main", snapshotId);
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
      const files = current?.files.length ?? 0;
      const kept = new Set(
        [...table.refs.values()].flatMap((ref) => ancestry(table, ref.snapshotId)[0]?.snapshotId ?? []),
      );
      const going = table.snapshots.map((each) => each.snapshotId).filter((id) => !kept.has(id));
      const bytes = current?.bytes ?? 0;
      const plan: MaintenancePlan = {
        planId: nextId(),
        action,
        basedOnSnapshotId: current?.snapshotId ?? null,
        filesIn: action === "compact" ? files : 0,
        bytesIn: action === "compact" ? bytes : 0,
        filesOut: action === "compact" ? Math.min(1, files) : 0,
        bytesOut: action === "compact" ? bytes : 0,
        files: [],
        snapshotIds: action === "expire" ? going : [],
        scanSavingShare: action === "compact" && files > 0 ? 1 - 1 / files : null,
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

function cut<T>(items: T[], { limit, cursor }: PageInput): Page<T> {
  const from = Number(cursor ?? 0);
  const next = from + limit;
  return { items: items.slice(from, next), nextCursor: next < items.length ? String(next) : null };
}

import type { ResultColumn } from "@/domain/query/result-column";
import { Failure } from "@/domain/shared/failure";
import { quotedName } from "@/domain/shared/quoted-name";
import { arrowMessages, joinArrow, rowsOfMessage } from "../arrow/arrow-stream";
import { exactType } from "../engine/exact-select";
import { describeStatement, readStatement } from "../engine/read-statement";
import type { Owner, WasmEngine } from "../engine/wasm-engine";
import type { WasmSession } from "../engine/wasm-session";
import { type Draft, openDraft } from "./draft";
import { mayRead, quotedPath, tableNameProblem } from "./table-names";
import type { BrowserTable, StoredTable, TableOrigin, TableStore } from "./table-store";
import { tableWriter } from "./table-writer";

export type NewTable = { path: readonly string[]; origin: TableOrigin; signal: AbortSignal };

/**
 * The tables of this browser: kept as Arrow, loaded into DuckDB when a statement first reads them, and again after its
 * worker had to be replaced.
 */
export type BrowserTables = {
  readonly isLasting: boolean;
  /** The same list until it changes. */
  list: () => readonly BrowserTable[];
  subscribe: (listener: () => void) => () => void;
  /**
   * A new table of the rows that `fill` puts into the draft; a copy of the same lake table is replaced.
   * Failures: `conflict` where the name is taken, `invalid_input`, `resource_exhausted`, `cancelled`, and those of `fill`.
   */
  build: (table: NewTable, fill: (draft: Draft) => Promise<void>) => Promise<BrowserTable>;
  rename: (id: string, name: string) => Promise<void>;
  drop: (id: string) => Promise<void>;
  /** The residents that a statement needs. */
  neededBy: (sql: string) => string[];
};

const key = (id: string): string => `table ${id}`;
const kept = (id: string): string => `memory.kept.${quotedName(id)}`;

export async function openBrowserTables(session: WasmSession, store: TableStore): Promise<BrowserTables> {
  let tables: readonly StoredTable[] = await store.list();
  const listeners = new Set<() => void>();
  const change = (next: readonly StoredTable[]) => {
    tables = next;
    for (const listener of listeners) listener();
  };
  const keep = (table: StoredTable) =>
    session.keep(key(table.id), {
      load: (engine, connection, owner) => load(store, table, engine, connection, owner),
    });
  for (const table of tables) keep(table);

  const find = (id: string): StoredTable => {
    const table = tables.find((each) => each.id === id);
    if (table === undefined) throw new Failure("not_found", "There is no such table in this browser.");
    return table;
  };
  const samePath = (table: StoredTable, path: readonly string[]) =>
    table.path.join(".").toLowerCase() === path.join(".").toLowerCase();
  const remove = async (table: StoredTable) => {
    await session.letGo(key(table.id), [
      `DROP VIEW IF EXISTS ${viewOf(table.path)}`,
      `DROP TABLE IF EXISTS ${kept(table.id)}`,
    ]);
    await store.remove(table.id);
  };

  return {
    isLasting: store.isLasting,
    list: () => tables,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async build({ path, origin, signal }, fill) {
      const before = tables.find((table) => samePath(table, path));
      if (path.length === 1) refuseName(path[0] ?? "", tables);
      const id = crypto.randomUUID();
      const writer = await store.begin(id);
      let table: StoredTable;
      try {
        const stored = await session.work({ signal, once: true }, async (engine, connection, owner) => {
          const draft = openDraft(engine, connection, owner, id, signal);
          try {
            await fill(draft);
            return await writeOut(draft.table, writer, engine, connection, owner, signal);
          } finally {
            draft.close();
          }
        });
        table = { id, path: [...path], origin, createdAt: new Date().toISOString(), ...stored };
        await store.save(table);
      } catch (error) {
        await writer.abandon();
        await store.remove(id).catch(() => {});
        throw error;
      }
      if (before !== undefined) await remove(before);
      keep(table);
      change([...tables.filter((each) => each !== before), table]);
      return table;
    },
    async rename(id, name) {
      const table = find(id);
      if (table.path.length !== 1) {
        throw new Failure("invalid_input", "A copy of a lake table keeps the name of its table.");
      }
      refuseName(
        name,
        tables.filter((each) => each !== table),
      );
      const renamed = { ...table, path: [name] };
      await store.save(renamed);
      await session.letGo(key(id), [
        `DROP VIEW IF EXISTS ${viewOf(table.path)}`,
        `DROP TABLE IF EXISTS ${kept(id)}`,
      ]);
      keep(renamed);
      change(tables.map((each) => (each === table ? renamed : each)));
    },
    async drop(id) {
      const table = find(id);
      change(tables.filter((each) => each !== table));
      await remove(table);
    },
    neededBy: (sql) => tables.filter(({ path }) => mayRead(sql, path)).map(({ id }) => key(id)),
  };
}

const viewOf = (path: readonly string[]): string =>
  path.length === 1 ? `memory.main.${quotedPath(path)}` : quotedPath(path);

function refuseName(name: string, tables: readonly StoredTable[]): void {
  const taken = tables.filter(({ path }) => path.length === 1).map(({ path }) => path[0] ?? "");
  const problem = tableNameProblem(name, taken);
  if (problem === null) return;
  throw new Failure(problem.includes("already") ? "conflict" : "invalid_input", problem, {
    errors: [{ pointer: "/name", message: problem }],
  });
}

async function writeOut(
  draft: string,
  store: Parameters<typeof tableWriter>[0],
  engine: WasmEngine,
  connection: number,
  owner: Owner,
  signal: AbortSignal,
): Promise<Pick<StoredTable, "columns" | "rows" | "bytes" | "schemaBytes" | "groups">> {
  const writer = tableWriter(store);
  const drafted = await describeStatement(engine, owner, connection, `FROM ${draft}`);
  const casts = drafted.map(({ name, type }) =>
    // Arrow's decimals end at 38 digits; a greater number is refused rather than kept as another one.
    type === "HUGEINT"
      ? `CAST(${quotedName(name)} AS DECIMAL(38, 0)) AS ${quotedName(name)}`
      : quotedName(name),
  );
  let rows = 0;
  let columns: ResultColumn[] = [];
  const sql = `SELECT ${casts.join(", ")} FROM ${draft}`;
  await readStatement(engine, owner, connection, sql, signal, {
    onColumns: (selected, schema) => {
      columns = selected.map(({ name, type }) => ({ name, type: exactType(type) ?? type }));
      writer.schema(schema);
    },
    onMessage: (message) => {
      rows += rowsOfMessage(message);
      writer.message(message);
    },
  });
  return { columns, rows, ...(await writer.end()) };
}

/** Puts a table into a worker, group by group, and gives it its name. */
async function load(
  store: TableStore,
  table: StoredTable,
  engine: WasmEngine,
  connection: number,
  owner: Owner,
): Promise<void> {
  const run = (sql: string) => engine.ask(owner, (database) => database.runQuery(connection, sql));
  const schema = await store.read(table.id, 0, table.schemaBytes);
  const groups: [number, number][] = table.groups.length === 0 ? [[table.schemaBytes, 0]] : table.groups;
  for (const [at, [offset, length]] of groups.entries()) {
    const bytes = await store.read(table.id, offset, length);
    const stream = joinArrow(schema, arrowMessages(bytes));
    await engine.ask(owner, (database) =>
      database.insertArrowFromIPCStream(connection, stream, {
        schema: "kept",
        name: table.id,
        create: at === 0,
      }),
    );
  }
  const [catalog, schemaName] = table.path;
  if (table.path.length === 3 && catalog !== undefined && schemaName !== undefined) {
    await run(`ATTACH IF NOT EXISTS ':memory:' AS ${quotedName(catalog)}`);
    await run(`CREATE SCHEMA IF NOT EXISTS ${quotedPath([catalog, schemaName])}`);
  }
  const names = table.columns.map(({ name }) => quotedName(name)).join(", ");
  await run(`CREATE OR REPLACE VIEW ${viewOf(table.path)}(${names}) AS FROM ${kept(table.id)}`);
}

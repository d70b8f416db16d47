import { resolveMoment } from "../../domain/lakehouse/resolve-moment";
import { findTimeTravel, type TimeTravel } from "../../domain/lakehouse/time-travel";
import type { LakeAdmin } from "../../domain/ports/lake-admin";
import type { TableLocation } from "../../domain/ports/query-engine";
import type { CatalogTable, TableCatalog } from "../../domain/ports/table-catalog";
import { parseTableName, spellTableName } from "../../domain/ports/table-name";
import { type Origins, replaceStretches } from "../../domain/query/origins";
import { Failure } from "../../domain/shared/failure";

/** A statement that the query engine takes, and the tables that it may read, each at one snapshot. */
export type PinnedStatement = { sql: string; tables: TableLocation[] };

/** The same, with where each part of the text stems from, the tables as they are now, and those read as of another time. */
export type PinnedText = PinnedStatement & {
  origins: Origins;
  current: CatalogTable[];
  /** `as` is the name in `sql`, `table` the table that it means. */
  travelled: { as: string; table: string; snapshotId: string }[];
};

export type PinSockets = { tableCatalog: TableCatalog; lakeAdmin: LakeAdmin };

export type PinInput = {
  sql: string;
  workspaceId: string;
  now: Date;
  heads?: Record<string, string>;
};

const PREFERRED = ["lake", "analytics"];

/**
 * Pins every table of the workspace to what it holds now, and those with `FOR VERSION AS OF` or `FOR TIMESTAMP AS OF`
 * to what they held then: whatever is committed afterwards, the statement reads one state of each. `heads` reads the
 * named tables from a branch instead of main.
 *
 * Failures: `invalid_input` (a moment that cannot be read), `not_found` (a table, snapshot, branch or tag).
 */
export async function pinStatement(sockets: PinSockets, asked: PinInput): Promise<PinnedStatement> {
  const { sql, tables } = await pinText(sockets, asked);
  return { sql, tables };
}

/** Pins as `pinStatement` does, and tells more of it. */
export async function pinText(
  { tableCatalog, lakeAdmin }: PinSockets,
  { sql, workspaceId, now, heads = {} }: PinInput,
): Promise<PinnedText> {
  const { found, errors } = findTimeTravel(sql, now);
  const [wrong] = errors;
  if (wrong !== undefined) {
    const line = sql.slice(0, wrong.offset).split("\n").length;
    throw new Failure("invalid_input", `Line ${line}: ${wrong.message}`, {
      errors: [{ pointer: `/sql/${wrong.offset}`, message: wrong.message }],
    });
  }
  const current = await tableCatalog.list(workspaceId);
  const tables = current.map(
    (table): TableLocation => ({
      name: table.name,
      metadataLocation: table.metadataLocation,
      snapshotId: heads[table.name] ?? table.snapshotId,
    }),
  );
  const travelled = await Promise.all(
    found.map(async (phrase, index) => {
      const table = tableOf(phrase, current);
      const snapshotId = await snapshotAt(lakeAdmin, workspaceId, table, phrase);
      const { metadataLocation } = table;
      return { as: travelName(table, index), table: table.name, metadataLocation, snapshotId };
    }),
  );
  const { text, origins } = replaceStretches(
    sql,
    found.map(({ start, end }, index) => ({ start, end, by: travelled[index]?.as ?? "" })),
  );
  return {
    sql: text,
    origins,
    tables: [
      ...tables,
      ...travelled.map(({ as, table: _table, ...location }) => ({ name: as, ...location })),
    ],
    current,
    travelled: travelled.map(({ as, table, snapshotId }) => ({ as, table, snapshotId })),
  };
}

/** A catalog of its own, so that the table keeps its last name and its columns can be qualified with it. */
const travelName = (table: CatalogTable, index: number): string =>
  spellTableName({ ...parseTableName(table.name), catalog: "time_travel", schema: `moment_${index}` });

async function snapshotAt(
  lakeAdmin: LakeAdmin,
  workspaceId: string,
  table: CatalogTable,
  { moment }: TimeTravel,
): Promise<string> {
  if (moment.kind === "snapshot") return moment.snapshotId;
  const [{ refs }, history] = await Promise.all([
    lakeAdmin.describe(workspaceId, table.name),
    lakeAdmin.history(workspaceId, table.name),
  ]);
  return resolveMoment(table.name, moment, { refs, history });
}

function tableOf({ name }: TimeTravel, tables: CatalogTable[]): CatalogTable {
  const wanted = name.map((part) => part.toLowerCase());
  const fitting = tables.filter((table) => {
    const parts = Object.values(parseTableName(table.name)).map((part) => part.toLowerCase());
    return wanted.length > 1 && parts.slice(-wanted.length).join("\0") === wanted.join("\0");
  });
  const inOrder = [
    ...PREFERRED.flatMap((catalog) =>
      fitting.filter((table) => parseTableName(table.name).catalog === catalog),
    ),
    ...fitting,
  ];
  const [table] = inOrder;
  if (table !== undefined) return table;
  throw new Failure("not_found", `There is no table "${name.join(".")}" here.`, {
    hint: "Write its three parts, as in lake.sample.transactions.",
  });
}

import { z } from "zod";
import {
  AFTER,
  BEFORE,
  compileDiff,
  compileDiffCounts,
  compileDiffPage,
  compileKeyCheck,
  DIFF_KINDS,
} from "../../domain/lakehouse/compile-diff";
import { type ColumnPair, pairColumns } from "../../domain/lakehouse/pair-columns";
import type { LakeSnapshot, TableDetail } from "../../domain/ports/lake-admin";
import type { TableLocation } from "../../domain/ports/query-engine";
import type { Cell } from "../../domain/ports/rows";
import { Failure } from "../../domain/shared/failure";
import { requireRole } from "../workspaces/index";
import { type QueryScope, TableInput } from "./lakehouse-scope";
import { keepResult, resultId, resultPath } from "./result-files";
import { readMoment, snapshotOf } from "./snapshot-of";
import { CellView } from "./views";

const TIME_LIMIT_MS = 10 * 60_000;
const PAGE = 1000;
const RESULT = "results.diff.rows";

const Moment = z.string().min(1).max(200);

export const DiffTableInput = TableInput.extend({
  /** Each the id of a snapshot, a branch or tag, or a time. */
  from: Moment,
  to: Moment,
  /** Columns that tell the rows apart, with commas between them; the table's own key by default, `-` for none. */
  key: z.string().max(2000).optional(),
  kind: z.enum(DIFF_KINDS).optional(),
  limit: z.int().min(1).max(10_000).default(100),
  cursor: z.string().regex(/^\d+$/).optional(),
});

const SideView = z.object({ snapshotId: z.string(), committedAt: z.date(), totalRows: z.number() });

export const DiffTableResult = z.object({
  from: SideView,
  to: SideView,
  /** Empty: rows were compared as wholes, and none is called changed. */
  key: z.array(z.string()),
  columns: z.array(
    z.object({
      /** Null on the side that lacks the column. */
      before: z.string().nullable(),
      after: z.string().nullable(),
      type: z.string(),
      /** In how many changed rows its value changed. */
      changed: z.int(),
    }),
  ),
  counts: z.object({ added: z.int(), removed: z.int(), changed: z.int() }),
  items: z.array(
    z.object({
      kind: z.enum(DIFF_KINDS),
      /** Positions in `columns` of the values that changed. */
      changed: z.array(z.int()),
      before: z.array(CellView).nullable(),
      after: z.array(CellView).nullable(),
    }),
  ),
  nextCursor: z.string().nullable(),
  /** Data files that were read; the others are the same on both sides. */
  filesRead: z.int(),
});

type Side = {
  snapshot: LakeSnapshot;
  location: TableLocation;
  files: number;
  columns: TableDetail["columns"];
};

/** The rows that differ between two states of a table. Reads only the files that the two do not share. */
export async function diffTable(
  scope: QueryScope,
  input: z.infer<typeof DiffTableInput>,
): Promise<z.infer<typeof DiffTableResult>> {
  requireRole(scope, "viewer");
  const table = await scope.lakeAdmin.describe(scope.workspace.id, input.name);
  const [before, after] = await sidesOf(scope, table, input);
  const pairs = pairColumns(before.columns, after.columns);
  const key = keyOf(table, pairs, input.key);
  const path = await resultOf(scope, { table, before, after, pairs, key });
  const result = { tables: [{ name: RESULT, uris: [path] }], timeoutMs: TIME_LIMIT_MS };
  const offset = Number(input.cursor ?? 0);
  const page = { kind: input.kind ?? null, limit: input.limit + 1, offset };
  const counted = await scope.queryEngine.rows(compileDiffCounts(RESULT, pairs), { ...result, limit: 1 });
  const { rows, truncated } = await scope.queryEngine.rows(compileDiffPage(RESULT, pairs, page), {
    ...result,
    limit: input.limit,
  });
  const [added = 0, removed = 0, changed = 0, ...byColumn] = (counted.rows[0] ?? []).map(Number);
  return {
    from: shownSide(before),
    to: shownSide(after),
    key: key.map((id) => nameOf(pairs, id)),
    columns: pairs.map((pair, index) => ({
      before: pair.before?.name ?? null,
      after: pair.after?.name ?? null,
      type: (pair.after ?? pair.before)?.type ?? "",
      changed: byColumn[index] ?? 0,
    })),
    counts: { added, removed, changed },
    items: rows.map((row) => toItem(row, pairs.length)),
    nextCursor: truncated ? String(offset + input.limit) : null,
    filesRead: before.files + after.files,
  };
}

const shownSide = ({ snapshot: { snapshotId, committedAt, totalRows } }: Side) => ({
  snapshotId,
  committedAt,
  totalRows,
});

const nameOf = (pairs: ColumnPair[], id: number): string => {
  const pair = pairs.find((each) => each.id === id);
  return (pair?.after ?? pair?.before)?.name ?? "";
};

function toItem([kind, changed, ...cells]: Cell[], width: number) {
  const side = (offset: 0 | 1) =>
    Array.from({ length: width }, (_, index) => cells[2 * index + offset] ?? null);
  const named = DIFF_KINDS.find((each) => each === kind) ?? "changed";
  return {
    kind: named,
    changed: String(changed ?? "") === "" ? [] : String(changed).split(",").map(Number),
    before: named === "added" ? null : side(0),
    after: named === "removed" ? null : side(1),
  };
}

/** Ids of the key's columns. Failures: `invalid_input` for a name that is not a column of both states. */
function keyOf(table: TableDetail, pairs: ColumnPair[], wanted: string | undefined): number[] {
  if (wanted === "-") return [];
  const names = wanted === undefined ? table.key : wanted.split(",").map((name) => name.trim());
  const ids: number[] = [];
  for (const name of names) {
    const pair = pairs.find(({ before, after }) => (after ?? before)?.name === name);
    if (pair?.before && pair.after) ids.push(pair.id);
    else if (wanted !== undefined) throw noSuchKey(name, pairs);
    // A declared key whose columns one state lacks tells no rows apart there.
    else return [];
  }
  return ids;
}

function noSuchKey(name: string, pairs: ColumnPair[]): Failure {
  const both = pairs.flatMap(({ before, after }) => (before && after ? [after.name] : []));
  const message = `"${name}" is not a column of both states.`;
  return new Failure("invalid_input", message, {
    hint: `Columns of both: ${both.join(", ")}.`,
    errors: [{ pointer: "/key", message }],
  });
}

type Wanted = { table: TableDetail; before: Side; after: Side; pairs: ColumnPair[]; key: number[] };

async function resultOf(scope: QueryScope, { table, before, after, pairs, key }: Wanted): Promise<string> {
  const { queryEngine, resultsDir, workspace } = scope;
  const tables = [before.location, after.location];
  const id = resultId([table.tableId, before.snapshot.snapshotId, after.snapshot.snapshotId, key]);
  const path = resultPath(resultsDir, workspace.id, "diffs", id);
  await keepResult(path, async (target) => {
    const isOwnKey = key.every((each, index) => nameOf(pairs, each) === table.key[index]);
    if (key.length > 0 && !isOwnKey) await requireKey(scope, tables, pairs, key);
    await queryEngine.writeParquet(compileDiff(pairs, key), target, { tables, timeoutMs: TIME_LIMIT_MS });
  });
  return path;
}

/** Failures: `invalid_input` where the columns do not tell the rows of each state apart. */
async function requireKey(
  { queryEngine }: QueryScope,
  tables: TableLocation[],
  pairs: ColumnPair[],
  key: number[],
): Promise<void> {
  for (const side of ["before", "after"] as const) {
    const { rows } = await queryEngine.rows(compileKeyCheck(side, pairs, key), {
      tables,
      limit: 1,
      timeoutMs: TIME_LIMIT_MS,
    });
    const duplicates = Number(rows[0]?.[0] ?? 0);
    if (duplicates === 0) continue;
    const names = key.map((id) => nameOf(pairs, id)).join(", ");
    throw new Failure(
      "invalid_input",
      `${names} is no key: ${duplicates} of its values stand in more than one row.`,
      {
        hint: "Name more columns, or compare whole rows with the key -.",
        errors: [{ pointer: "/key", message: "This is no key." }],
      },
    );
  }
}

async function sidesOf(
  scope: QueryScope,
  table: TableDetail,
  { from, to }: { from: string; to: string },
): Promise<[Side, Side]> {
  const ids = [
    await snapshotOf(scope, table, readMoment(from)),
    await snapshotOf(scope, table, readMoment(to)),
  ] as const;
  const [earlier, later, filesBefore, filesAfter] = await Promise.all([
    snapshotById(scope, table, ids[0]),
    snapshotById(scope, table, ids[1]),
    filesOf(scope, table, ids[0]),
    filesOf(scope, table, ids[1]),
  ]);
  const side = (snapshot: LakeSnapshot, name: string, own: Files, other: Files): Side => {
    const isWhole = own.deleteFiles + other.deleteFiles > 0;
    const onlyFiles = own.paths.filter((path) => !other.set.has(path));
    const { snapshotId } = snapshot;
    const location = { name, metadataLocation: table.metadataLocation, snapshotId };
    const schema = table.schemas.find(({ schemaId }) => schemaId === snapshot.schemaId);
    return {
      snapshot,
      location: isWhole ? location : { ...location, onlyFiles },
      files: isWhole ? own.paths.length : onlyFiles.length,
      columns: schema?.columns ?? table.columns,
    };
  };
  return [side(earlier, BEFORE, filesBefore, filesAfter), side(later, AFTER, filesAfter, filesBefore)];
}

type Files = { paths: string[]; set: Set<string>; deleteFiles: number };

async function filesOf(
  { lakeAdmin, workspace }: QueryScope,
  table: TableDetail,
  snapshotId: string,
): Promise<Files> {
  const paths: string[] = [];
  let deleteFiles = 0;
  let cursor: string | undefined;
  do {
    const page = await lakeAdmin.files(workspace.id, table.name, { limit: PAGE, cursor, snapshotId });
    paths.push(...page.items.map(({ path }) => path));
    deleteFiles = page.deleteFiles;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return { paths, set: new Set(paths), deleteFiles };
}

async function snapshotById(
  { lakeAdmin, workspace }: QueryScope,
  table: TableDetail,
  snapshotId: string,
): Promise<LakeSnapshot> {
  let cursor: string | undefined;
  do {
    const page = await lakeAdmin.snapshots(workspace.id, table.name, { limit: PAGE, cursor });
    const found = page.items.find((each) => each.snapshotId === snapshotId);
    if (found !== undefined) return found;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  throw new Failure("not_found", `${table.name} has no snapshot ${snapshotId}.`, {
    hint: "It may have expired.",
  });
}

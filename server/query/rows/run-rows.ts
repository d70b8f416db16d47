import { QueryParameter } from "../../../domain/query/query-parameter";
import { QueryRun } from "../../../domain/query/query-run";
import type { RunChange, RunStore, StoredRun } from "../query-store";
import type { Db, Json, QueryRunRow } from "../store";

const UNFINISHED = ["queued", "running"];

const numberOf = (value: bigint | null): number | null => (value === null ? null : Number(value));

function toRun(row: QueryRunRow): StoredRun {
  const { savedQueryName: name, savedQueryVersion: version, startedAt, endedAt } = row;
  const run = QueryRun.parse({
    ...row,
    parameters: QueryParameter.array().parse(row.parameters),
    placement: { engine: row.engine, ...(row.placement as object) },
    rows: Number(row.rows),
    bytes: Number(row.bytes),
    rowsRead: numberOf(row.rowsRead),
    bytesRead: numberOf(row.bytesRead),
    progressShare: row.status === "succeeded" ? 1 : null,
    elapsedMs: endedAt === null ? 0 : endedAt.getTime() - (startedAt ?? row.createdAt).getTime(),
    savedQuery: name === null || version === null ? null : { name, version },
  });
  return { ...run, workspaceId: row.workspaceId, createdById: row.createdById };
}

const whole = (value: number): bigint => BigInt(Math.round(value));

/** The columns of a change; what is not named, and null where a column holds JSON, stays as it is. */
function toData(change: RunChange) {
  const { placement, savedQuery, rows, bytes, rowsRead, bytesRead, progressShare: _share, ...other } = change;
  const { parameters, columns, reads, writes, error, ...plain } = other;
  const json = Object.entries({ parameters, columns, reads, writes, error }).filter(
    ([, value]) => value != null,
  );
  return {
    ...plain,
    ...(Object.fromEntries(json) as Partial<Record<"columns" | "reads" | "writes" | "error", Json>>),
    ...(placement === undefined
      ? {}
      : { engine: placement.engine, placement: { reason: placement.reason, chosen: placement.chosen } }),
    ...(savedQuery === undefined
      ? {}
      : { savedQueryName: savedQuery?.name ?? null, savedQueryVersion: savedQuery?.version ?? null }),
    ...(rows === undefined ? {} : { rows: whole(rows) }),
    ...(bytes === undefined ? {} : { bytes: whole(bytes) }),
    ...(rowsRead === undefined ? {} : { rowsRead: rowsRead === null ? null : whole(rowsRead) }),
    ...(bytesRead === undefined ? {} : { bytesRead: bytesRead === null ? null : whole(bytesRead) }),
  };
}

const contains = (text: string) => ({
  contains: text.replaceAll(/[\\%_]/g, "\\$&"),
  mode: "insensitive" as const,
});

export const runRows = (db: Db): RunStore => ({
  insertRun: async ({ id, workspaceId, createdById, elapsedMs: _elapsed, ...run }) => {
    const { engine: _engine, placement: _placement, ...data } = { engine: "", placement: {}, ...toData(run) };
    const { sql, dialect, kind, status, createdBy } = run;
    await db.queryRun.create({
      data: {
        ...data,
        id,
        workspaceId,
        createdById,
        createdBy,
        sql,
        dialect,
        kind,
        status,
        engine: run.placement.engine,
        placement: { reason: run.placement.reason, chosen: run.placement.chosen },
      },
    });
  },

  changeRun: async (id, change) => {
    await db.queryRun.updateMany({ where: { id }, data: toData(change) });
  },

  run: async (workspaceId, id) => {
    const row = await db.queryRun.findFirst({ where: { workspaceId, id } });
    return row === null ? null : toRun(row);
  },

  runs: async (workspaceId, { createdById, search, status, engine, limit, before }) => {
    const rows = await db.queryRun.findMany({
      where: {
        workspaceId,
        ...(createdById === undefined ? {} : { createdById }),
        ...(search === undefined || search === "" ? {} : { sql: contains(search) }),
        ...(status === undefined ? {} : { status }),
        ...(engine === undefined ? {} : { engine }),
        ...(before === undefined
          ? {}
          : {
              OR: [
                { createdAt: { lt: before.createdAt } },
                { createdAt: before.createdAt, id: { lt: before.id } },
              ],
            }),
      },
      omit: { columns: true, translated: true },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: limit,
    });
    return rows.map((row) => toRun({ ...row, columns: null, translated: null }));
  },

  unfinishedRuns: async () =>
    (await db.queryRun.findMany({ where: { status: { in: UNFINISHED } } })).map(toRun),

  keptResults: async () => {
    const rows = await db.queryRun.findMany({
      where: { resultKept: true, endedAt: { not: null } },
      select: { id: true, workspaceId: true, bytes: true, endedAt: true },
      orderBy: { endedAt: "asc" },
    });
    return rows.map(({ bytes, endedAt, ...row }) => ({
      ...row,
      bytes: Number(bytes),
      endedAt: endedAt ?? new Date(0),
    }));
  },
});

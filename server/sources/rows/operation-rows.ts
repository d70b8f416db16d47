import { RunStatus } from "../../../domain/shared/run-status";
import { ConnectorOperation, ConnectorSpec } from "../../../domain/sources/connector-view";
import { SyncError, SyncPhase } from "../../../domain/sources/sync-view";
import type { OperationRequest, OperationStore } from "../source-store";
import type { Db, Json } from "../store";

const UNFINISHED = { in: ["queued", "running"] };

export const operationRows = (db: Db): OperationStore => ({
  createOperation: async (operation) => {
    await db.connectorOperation.createMany({
      data: [{ ...operation, request: operation.request as Json, status: "queued" }],
      skipDuplicates: true,
    });
  },

  operation: async (id) => {
    const row = await db.connectorOperation.findUnique({ where: { id } });
    if (row === null) return null;
    return {
      ...row,
      kind: ConnectorOperation.shape.kind.parse(row.kind),
      request: row.request as OperationRequest,
      status: RunStatus.parse(row.status),
      phase: SyncPhase.parse(row.phase),
      error: row.error === null ? null : SyncError.parse(row.error),
    };
  },

  startOperation: async (id, at) => {
    await db.connectorOperation.updateMany({
      where: { id, status: "queued" },
      data: { status: "running", startedAt: at },
    });
  },

  setOperationProgress: async (id, phase, progress) => {
    await db.connectorOperation.updateMany({
      where: { id, status: UNFINISHED },
      data: { phase, progress: progress.slice(0, 500) },
    });
  },

  endOperation: async (id, status, { result, error }, at) => {
    const { count } = await db.connectorOperation.updateMany({
      where: { id, status: UNFINISHED },
      data: {
        status,
        phase: "done",
        progress: "",
        endedAt: at,
        ...(result === undefined ? {} : { result: result as Json }),
        ...(error === undefined ? {} : { error }),
      },
    });
    return count > 0;
  },

  unfinishedOperations: async () => {
    const rows = await db.connectorOperation.findMany({
      where: { status: UNFINISHED },
      select: { id: true },
      orderBy: { createdAt: "asc" },
    });
    return rows.map((row) => row.id);
  },

  spec: async (connector, version) => {
    const row = await db.connectorSpec.findUnique({ where: { connector_version: { connector, version } } });
    return row === null ? null : ConnectorSpec.parse(row.spec);
  },

  putSpec: async (spec) => {
    const { connector, version } = spec;
    await db.connectorSpec.upsert({
      where: { connector_version: { connector, version } },
      create: { connector, version, spec: spec as Json },
      update: { spec: spec as Json, fetchedAt: new Date() },
    });
  },
});

import type {
  ConfiguredCall,
  ConnectorCall,
  ConnectorEvent,
  ConnectorRunner,
  StreamCall,
  StreamResult,
} from "../../../domain/ports/connector-runner";
import { Failure } from "../../../domain/shared/failure";
import type { CheckResult, DiscoveredStream } from "../../../domain/sources/connector-view";

/** What a table of the fake's lake holds. */
export type MemoryTable = { rows: number[]; state: number; commits: MemoryCommit[] };
type MemoryCommit = { snapshotId: string; syncId: string; rows: number };

export type MemorySource = {
  /** Rows of each stream: numbers from 1 to this. */
  rows: Record<string, number>;
  /** Rows of one commit. */
  checkpoint: number;
  check(config: unknown): CheckResult;
  /** Names of what it kept for the config. */
  release?(config: unknown): string[];
  /** Called before each commit; throwing fails the attempt there. */
  beforeCommit(call: StreamCall, rowsRead: number): Promise<void>;
};

const BYTES_PER_ROW = 100;

/**
 * A source of numbers and a lake in this process: what was committed stays and is gone on from, as with the real one.
 * `tables` outlives the runner: give it to the next one, as after a restart.
 */
export function memoryConnectorRunner(
  source: MemorySource,
  tables: Map<string, MemoryTable> = new Map(),
): ConnectorRunner {
  const begin = (call: ConnectorCall) => {
    call.signal.throwIfAborted();
    if (call.connector === "source-unknown") throw new Failure("not_found", "There is no such connector.");
    call.onEvent({ ...NOTHING_READ, phase: "connecting" });
  };

  const streams = (): DiscoveredStream[] =>
    Object.keys(source.rows).map((name) => ({
      name,
      namespace: null,
      syncModes: ["full_refresh", "incremental"],
      sourceDefinedCursor: false,
      defaultCursorField: ["id"],
      primaryKey: [["id"]],
      columns: [{ name: "id", type: "bigint" }],
      jsonSchema: { type: "object", properties: { id: { type: "integer" } } },
    }));

  return {
    async spec(call) {
      begin(call);
      return {
        connector: call.connector,
        version: call.version ?? "9.9.9",
        connectionSpecification: {
          type: "object",
          properties: { word: { type: "string", airbyte_secret: true } },
        },
        documentationUrl: null,
        supportsIncremental: true,
      };
    },
    async check(call: ConfiguredCall) {
      begin(call);
      return source.check(call.config);
    },
    async discover(call: ConfiguredCall) {
      begin(call);
      return streams();
    },
    async release(call: ConfiguredCall) {
      begin(call);
      return source.release?.(call.config) ?? [];
    },
    async syncStream(call) {
      begin(call);
      const available = source.rows[call.stream.name];
      if (available === undefined)
        throw new Failure("not_found", `The source has no stream ${call.stream.name}.`);
      const key = `${call.workspaceId} ${call.table}`;
      const table = tables.get(key) ?? { rows: [], state: 0, commits: [] };
      tables.set(key, table);
      for (const { snapshotId, rows } of table.commits.filter((each) => each.syncId === call.syncId))
        call.onEvent(committed(snapshotId, rows, table.state));
      const whole = call.refresh || call.stream.sync_mode === "full_refresh";
      return whole ? replace(call, table, available, source) : append(call, table, available, source);
    },
  };
}

const NOTHING_READ = {
  type: "progress",
  rows: 0,
  bytes: 0,
  checkpoints: 0,
  estimatedRows: null,
  cursor: null,
} as const;

const committed = (snapshotId: string, rows: number, state: number): ConnectorEvent => ({
  type: "committed",
  snapshotId,
  rows,
  bytes: rows * BYTES_PER_ROW,
  cursor: String(state),
});

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index + 1);

function tell(call: StreamCall, rows: number, available: number, checkpoints: number): void {
  call.onEvent({
    type: "progress",
    phase: "reading",
    rows,
    bytes: rows * BYTES_PER_ROW,
    checkpoints,
    estimatedRows: available,
    cursor: null,
  });
}

/** One step without a gap, as a commit of the lake is. */
function commit(
  call: StreamCall,
  table: MemoryTable,
  next: Pick<MemoryTable, "rows" | "state">,
  rows: number,
): string {
  const snapshotId = `${call.table}@${table.commits.length + 1}`;
  Object.assign(table, next, { commits: [...table.commits, { snapshotId, syncId: call.syncId, rows }] });
  return snapshotId;
}

async function append(
  call: StreamCall,
  table: MemoryTable,
  available: number,
  source: MemorySource,
): Promise<StreamResult> {
  const start = table.state;
  let snapshotId: string | null = null;
  let checkpoints = 0;
  while (table.state < available) {
    const from = table.state;
    const to = Math.min(available, from + source.checkpoint);
    tell(call, to - start, available - start, checkpoints);
    await source.beforeCommit(call, to - start);
    call.signal.throwIfAborted();
    snapshotId = commit(call, table, { rows: [...table.rows, ...numbers(from, to)], state: to }, to - from);
    checkpoints += 1;
    call.onEvent(committed(snapshotId, to - from, to));
  }
  return resultOf(table.state - start, snapshotId, String(table.state));
}

async function replace(
  call: StreamCall,
  table: MemoryTable,
  available: number,
  source: MemorySource,
): Promise<StreamResult> {
  const done = table.commits.find((each) => each.syncId === call.syncId);
  if (done !== undefined) return resultOf(0, done.snapshotId, null);
  tell(call, available, available, 0);
  await source.beforeCommit(call, available);
  call.signal.throwIfAborted();
  const state = call.stream.sync_mode === "incremental" ? available : 0;
  const snapshotId = commit(call, table, { rows: numbers(0, available), state }, available);
  call.onEvent(committed(snapshotId, available, available));
  return resultOf(available, snapshotId, null);
}

const resultOf = (rows: number, snapshotId: string | null, cursor: string | null): StreamResult => ({
  rows,
  bytes: rows * BYTES_PER_ROW,
  rowsCommitted: rows,
  bytesCommitted: rows * BYTES_PER_ROW,
  snapshotId,
  cursor,
});

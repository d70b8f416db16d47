import type {
  ConnectionStream,
  ConnectionTransformation,
  SchemaChangePolicy,
} from "../sources/connection-document";
import type { CheckResult, ConnectorSpec, DiscoveredStream } from "../sources/connector-view";
import type { SchemaChange, SyncPhase } from "../sources/sync-view";

/** What a connector tells while it works. Texts are masked. */
export type ConnectorEvent =
  | { type: "log"; level: "debug" | "info" | "warn" | "error"; text: string }
  | {
      type: "progress";
      phase: SyncPhase;
      /** Read by this call. */
      rows: number;
      bytes: number;
      checkpoints: number;
      /** Rows that this call expects to read in all; null where the source does not say. */
      estimatedRows: number | null;
      /** How far it has read, as text. */
      cursor: string | null;
    }
  | { type: "schema_change"; change: SchemaChange }
  /** Told after the lake has it. A commit may be told twice; its `snapshotId` names it. */
  | { type: "committed"; snapshotId: string; rows: number; bytes: number; cursor: string | null };

export type ConnectorCall = {
  /** `source-faker`. */
  connector: string;
  /** Null: the newest one there is. */
  version: string | null;
  /** Texts that must not appear in anything that comes back. */
  secrets: readonly string[];
  /** Stops the work over there, with whatever the connector started. */
  signal: AbortSignal;
  onEvent(event: ConnectorEvent): void;
};

/** `config` holds opened secrets: it goes no further than the connector, and never into arguments, files or logs. */
export type ConfiguredCall = ConnectorCall & { config: unknown };

export type StreamCall = ConfiguredCall & {
  workspaceId: string;
  syncId: string;
  /** Counts the attempts at the stream in this sync, from 1. A call that is repeated after a crash has the same number. */
  attempt: number;
  stream: Omit<ConnectionStream, "destination">;
  /** Three parts. */
  table: string;
  transformation: ConnectionTransformation;
  onSchemaChange: SchemaChangePolicy;
  /** Forget what was read before, and put what is read now in the place of the table's rows. */
  refresh: boolean;
};

export type StreamResult = {
  /** Read by this call. */
  rows: number;
  bytes: number;
  /** Committed by this call. */
  rowsCommitted: number;
  bytesCommitted: number;
  snapshotId: string | null;
  cursor: string | null;
};

/**
 * Runs connectors, each call in a process of its own, and lets one stream at a time flow into its table.
 *
 * What was committed stays, however a call ends; the next one goes on behind it, so a call may be repeated at any time.
 * Two calls for one table must not overlap.
 *
 * Failures (`retryable` where another try may succeed): `invalid_input` (a config, stream or column that is not right),
 * `unauthenticated` and `forbidden` (the source says so), `not_found` (no such connector, version or stream),
 * `engine_unavailable` (the source or the lake does not answer), `engine_failed` (the connector crashed or broke the
 * protocol), `resource_exhausted` (disk or memory), `rate_limited`, `conflict`, `timed_out` (it went silent),
 * `cancelled` (by `signal`).
 */
export interface ConnectorRunner {
  spec(call: ConnectorCall): Promise<ConnectorSpec>;
  /** Whether the source can be reached with this config; a source that says no is an answer, not a failure. */
  check(call: ConfiguredCall): Promise<CheckResult>;
  discover(call: ConfiguredCall): Promise<DiscoveredStream[]>;
  /**
   * Makes the source let go of what it keeps for this config, such as replication slots; gives their names, none where
   * nothing is kept. A sync of such a stream has to be a refresh after that.
   */
  release(call: ConfiguredCall): Promise<string[]>;
  syncStream(call: StreamCall): Promise<StreamResult>;
}

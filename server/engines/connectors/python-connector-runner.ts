import { z } from "zod";
import type {
  ConfiguredCall,
  ConnectorCall,
  ConnectorRunner,
  StreamCall,
  StreamResult,
} from "../../../domain/ports/connector-runner";
import { Failure } from "../../../domain/shared/failure";
import { connectorPackage, TESTED_CONNECTORS } from "../../../domain/sources/connector-catalog";
import { ConnectorSpec } from "../../../domain/sources/connector-view";
import { type LakeAccess, lakeCommits } from "./lake-commits";
import { leftOvers } from "./left-overs";
import { newestVersion } from "./newest-version";
import { type SyncMessage, toDiscovered, toEvents } from "./sync-messages";
import { runSyncProcess, type SyncProgram } from "./sync-process";

export type PythonConnectorOptions = {
  /** Python of the environment that has `workbench_sync`, and what to put before the verb. */
  python: string;
  uv: string;
  /** Where the environments of connectors are kept. */
  connectorsDir: string;
  /** Where the processes of this worker are remembered. */
  runningDir: string;
  lake: LakeAccess;
  /** The whole environment of the processes. */
  env: Readonly<Record<string, string>>;
  limits?: { memoryBytes: number; idleSeconds: number };
  checkpoint?: { rows: number; bytes: number; seconds: number };
};

const SpecAnswer = z.looseObject({
  spec: z.looseObject({
    connectionSpecification: z.record(z.string(), z.unknown()),
    documentationUrl: z.string().nullish(),
    supportsIncremental: z.boolean().nullish(),
  }),
});
const CheckAnswer = z.looseObject({ status: z.enum(["SUCCEEDED", "FAILED"]), message: z.string().nullish() });
const DiscoverAnswer = z.looseObject({ catalog: z.unknown() });
const ReleaseAnswer = z.looseObject({ released: z.array(z.string()) });
const SyncAnswer = z.looseObject({
  rows: z.number(),
  bytes: z.number(),
  committed_rows: z.number().default(0),
  snapshot_id: z.union([z.string(), z.number()]).nullish(),
  warnings: z.array(z.string()).default([]),
});

const isBuiltIn = (name: string): boolean =>
  TESTED_CONNECTORS.some((each) => each.name === name && each.kind === "built_in");

/** Connectors as processes of `python -m workbench_sync`. */
export function pythonConnectorRunner(options: PythonConnectorOptions): ConnectorRunner {
  const left = leftOvers(options.runningDir);

  const pinned = async (call: ConnectorCall): Promise<string> =>
    call.version ?? (await newestVersion(options, connectorPackage(call.connector), call.signal));

  const requestOf = (call: ConnectorCall, version: string) => ({
    connector: { name: call.connector, package: connectorPackage(call.connector), version },
    secrets: call.secrets,
    connectors_dir: options.connectorsDir,
    uv: options.uv,
    limits:
      options.limits === undefined
        ? {}
        : { memory_bytes: options.limits.memoryBytes, idle_seconds: options.limits.idleSeconds },
  });

  const ask = async (
    verb: string,
    call: ConnectorCall,
    version: string,
    more: Record<string, unknown>,
    { cursorField = null, onStart }: { cursorField?: string | null; onStart?: SyncProgram["onStart"] } = {},
  ) => {
    const program: SyncProgram = {
      command: options.python,
      args: ["-m", "workbench_sync"],
      env: options.env,
      ...(onStart === undefined ? {} : { onStart }),
    };
    const onMessage = (message: SyncMessage) => {
      for (const event of toEvents(message, cursorField)) call.onEvent(event);
    };
    return runSyncProcess(program, verb, { ...requestOf(call, version), ...more }, call.signal, onMessage);
  };

  return {
    async spec(call) {
      const version = await pinned(call);
      const { spec } = readAnswer(SpecAnswer, await ask("spec", call, version, {}));
      return ConnectorSpec.parse({
        connector: call.connector,
        version,
        connectionSpecification: spec.connectionSpecification,
        documentationUrl: spec.documentationUrl ?? null,
        supportsIncremental: spec.supportsIncremental ?? isBuiltIn(call.connector),
      });
    },

    async check(call: ConfiguredCall) {
      const answer = readAnswer(
        CheckAnswer,
        await ask("check", call, await pinned(call), { config: call.config }),
      );
      return { ok: answer.status === "SUCCEEDED", message: answer.message ?? "" };
    },

    async discover(call: ConfiguredCall) {
      const { config } = call;
      return toDiscovered(
        readAnswer(DiscoverAnswer, await ask("discover", call, await pinned(call), { config })).catalog,
      );
    },

    async release(call: ConfiguredCall) {
      if (!isBuiltIn(call.connector)) return [];
      const answer = await ask("release", call, await pinned(call), { config: call.config });
      return readAnswer(ReleaseAnswer, answer).released;
    },

    async syncStream(call: StreamCall): Promise<StreamResult> {
      const { workspaceId, syncId, table, stream } = call;
      const version = await pinned(call);
      const fed = `${workspaceId} ${table}`;
      await left.clear(fed);
      for (const event of await lakeCommits(options.lake, { workspaceId, table, syncId }, call.signal))
        call.onEvent(event);
      const cursorField =
        stream.cursor_field === undefined ? null : ([stream.cursor_field].flat().at(-1) ?? null);
      const totals = { rows: 0, bytes: 0 };
      const counted: StreamCall = {
        ...call,
        onEvent(event) {
          if (event.type === "committed") {
            totals.rows += event.rows;
            totals.bytes += event.bytes;
          }
          call.onEvent(event);
        },
      };
      const answer = await ask("sync", counted, version, streamRequest(call, options), {
        cursorField,
        onStart: (pid) => left.remember(fed, pid),
      });
      await left.forget(fed);
      const { rows, bytes, snapshot_id, warnings } = readAnswer(SyncAnswer, answer);
      for (const text of warnings) call.onEvent({ type: "log", level: "warn", text });
      return {
        rows,
        bytes,
        rowsCommitted: totals.rows,
        bytesCommitted: totals.bytes,
        snapshotId: snapshot_id === null || snapshot_id === undefined ? null : String(snapshot_id),
        cursor: null,
      };
    },
  };
}

function streamRequest(call: StreamCall, { lake, checkpoint }: PythonConnectorOptions) {
  const { name, namespace, sync_mode, cursor_field, primary_key } = call.stream;
  return {
    config: call.config,
    workspace_id: call.workspaceId,
    sync_id: call.syncId,
    attempt: call.attempt,
    written_by: `sync ${call.syncId}`,
    stream: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      sync_mode,
      ...(cursor_field === undefined ? {} : { cursor_field }),
      ...(primary_key === undefined ? {} : { primary_key: [primary_key].flat() }),
      destination: call.table,
    },
    transformation: call.transformation,
    on_schema_change: call.onSchemaChange,
    refresh: call.refresh,
    lake,
    ...(checkpoint === undefined ? {} : { checkpoint }),
  };
}

function readAnswer<T>(schema: z.ZodType<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new Failure("engine_failed", "The connector's answer is not what the protocol asks for.", {
    hint: "Try another version of the connector.",
    cause: parsed.error,
  });
}

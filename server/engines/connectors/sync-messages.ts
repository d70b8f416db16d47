import { z } from "zod";
import type { ConnectorEvent } from "../../../domain/ports/connector-runner";
import { FAILURE_CODES, Failure } from "../../../domain/shared/failure";
import { DiscoveredStream } from "../../../domain/sources/connector-view";
import { SyncPhase } from "../../../domain/sources/sync-view";

/** Iceberg's ids have 63 bits, more than a JSON number keeps on this side. */
const WIDE_ID = /"(snapshot_id|parent_id)":\s*(-?\d+)/g;
const ROOM_FOR_LOG = 8_000;

const SnapshotId = z.union([z.string(), z.number()]).nullish();
const Change = z.looseObject({
  kind: z.string(),
  column: z.string(),
  from: z.string().nullish(),
  to: z.string().nullish(),
  into: z.string().nullish(),
  action: z.string().nullish(),
  rows: z.number().nullish(),
});

const Message = z.discriminatedUnion("event", [
  z.object({ event: z.literal("log"), level: z.enum(["debug", "info", "warn", "error"]), text: z.string() }),
  z.object({
    event: z.literal("progress"),
    phase: SyncPhase.catch("reading"),
    rows: z.number().default(0),
    bytes: z.number().default(0),
    checkpoints: z.number().default(0),
    estimated_rows: z.number().nullish(),
    cursor: z.unknown().optional(),
    rate_limited_until: z.string().nullish(),
  }),
  z.object({ event: z.literal("schema_change"), changes: z.array(Change) }),
  z.object({
    event: z.literal("committed"),
    rows: z.number(),
    bytes: z.number().default(0),
    snapshot_id: SnapshotId,
    state: z.unknown().optional(),
  }),
  z.looseObject({ event: z.literal("result") }),
  z.object({
    event: z.literal("failure"),
    code: z.enum(FAILURE_CODES).catch("engine_failed"),
    message: z.string(),
    hint: z.string().nullish(),
    retryable: z.boolean().default(false),
    internal: z.string().nullish(),
  }),
]);
export type SyncMessage = z.infer<typeof Message>;

/** One line of the program's output; null for a line that is no message. */
export function readMessage(line: string): SyncMessage | null {
  try {
    return Message.parse(JSON.parse(line.replaceAll(WIDE_ID, '"$1":"$2"')));
  } catch {
    return null;
  }
}

/** JSON of the lake with its wide ids as texts. */
export const readWideJson = (text: string): unknown => JSON.parse(text.replaceAll(WIDE_ID, '"$1":"$2"'));

/** The message as the port's events; `cursorField` is looked for in the state of a commit. */
export function toEvents(message: SyncMessage, cursorField: string | null): ConnectorEvent[] {
  switch (message.event) {
    case "log":
      return [{ type: "log", level: message.level, text: message.text }];
    case "progress": {
      const { phase, rows, bytes, checkpoints, estimated_rows, cursor } = message;
      return [
        {
          type: "progress",
          phase,
          rows,
          bytes,
          checkpoints,
          estimatedRows: estimated_rows ?? null,
          cursor: asText(cursor),
        },
      ];
    }
    case "schema_change":
      return message.changes.map((change) => ({ type: "schema_change", change: toChange(change) }));
    case "committed": {
      const { rows, bytes, snapshot_id, state } = message;
      if (snapshot_id === null || snapshot_id === undefined) return [];
      const cursor = cursorField === null ? null : findCursor(messagesOf(state), cursorField);
      return [{ type: "committed", snapshotId: String(snapshot_id), rows, bytes, cursor }];
    }
    case "result":
      return [];
    case "failure":
      // For the log alone: where it is not understood from the message, its words help.
      return (message.internal ?? "") === ""
        ? []
        : [{ type: "log", level: "debug", text: (message.internal ?? "").slice(-ROOM_FOR_LOG) }];
  }
}

const WORDS: Record<string, string> = {
  added: "is new",
  removed: "is gone from the source",
  type_changed: "has another type",
  value_mismatch: "has values of another type",
};
const ACTIONS: Record<string, string> = {
  evolved: "the table follows",
  refused: "the sync is refused",
  row_discarded: "its rows are left out",
  value_discarded: "its values are left out",
  quarantined: "its rows are kept aside, in the table's quarantine",
  kept_null: "the column stays, empty from now on",
};

function toChange(change: z.infer<typeof Change>) {
  const { kind, column, from, to, into, action, rows } = change;
  const types = from && to ? ` (${from} → ${to})` : to ? ` (${to})` : "";
  const place = into ? ` in ${into}` : "";
  const text = `${column} ${WORDS[kind] ?? kind}${types}: ${ACTIONS[action ?? ""] ?? action ?? ""}${place}.`;
  return {
    kind,
    column,
    from: from ?? null,
    to: to ?? null,
    action: action ?? "",
    count: rows ?? null,
    text,
  };
}

/** What the connector said of where it stands; beside it the state names columns with their types. */
const messagesOf = (state: unknown): unknown =>
  typeof state === "object" && state !== null && "messages" in state ? state.messages : state;

/** Value of a field of this name anywhere in the state, the last one. */
function findCursor(state: unknown, field: string): string | null {
  if (typeof state !== "object" || state === null) return null;
  let found: string | null = null;
  for (const [key, value] of Object.entries(state)) {
    const here = key === field || key === "cursor" ? asText(value) : null;
    found = here ?? findCursor(value, field) ?? found;
  }
  return found;
}

const asText = (value: unknown): string | null => {
  if (typeof value === "string") return value === "" ? null : value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : null;
};

/** What the program says of its own failure. */
export const toFailure = (message: Extract<SyncMessage, { event: "failure" }>): Failure =>
  new Failure(message.code, message.message, {
    retryable: message.retryable,
    cause: message.internal ?? undefined,
    ...(message.hint ? { hint: message.hint } : {}),
  });

const Stream = z.looseObject({
  name: z.string(),
  namespace: z.string().nullish(),
  supported_sync_modes: z.array(z.string()).nullish(),
  source_defined_cursor: z.boolean().nullish(),
  default_cursor_field: z.array(z.string()).nullish(),
  source_defined_primary_key: z.array(z.array(z.string())).nullish(),
  columns: z.array(z.looseObject({ name: z.string(), type: z.string() })).nullish(),
  json_schema: z.record(z.string(), z.unknown()).nullish(),
});
const Catalog = z.looseObject({ streams: z.array(Stream) });

/** A catalog of the protocol as the port has it. */
export function toDiscovered(catalog: unknown): DiscoveredStream[] {
  return Catalog.parse(catalog).streams.map((stream) =>
    DiscoveredStream.parse({
      name: stream.name,
      namespace: stream.namespace ?? null,
      syncModes: (stream.supported_sync_modes ?? ["full_refresh"]).filter(
        (mode) => mode === "full_refresh" || mode === "incremental",
      ),
      sourceDefinedCursor: stream.source_defined_cursor ?? false,
      defaultCursorField: stream.default_cursor_field ?? [],
      primaryKey: stream.source_defined_primary_key ?? [],
      columns: (stream.columns ?? []).map(({ name, type }) => ({ name, type })),
      jsonSchema: stream.json_schema ?? {},
    }),
  );
}

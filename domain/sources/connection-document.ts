import { z } from "zod";
import { SyncMode } from "./sync-view";

/** A span of time: `60s`, `5m`, `2h`. */
const Duration = z
  .string()
  .regex(/^\d+(ms|s|m|h|d)$/, "Write a whole number and a unit (ms, s, m, h, d), for example 30s");

const text = z.string().min(1).max(500);
/** Tables that a document names are lower-case identifiers, so that every engine spells them alike. */
const TABLE = /^(lake|analytics)(\.[a-z_][a-z0-9_]{0,99}){2}$/;
const SCHEMA = /^(lake|analytics)\.[a-z_][a-z0-9_]{0,99}$/;

/** One column, a path into nested ones, or several of either, as the protocol has it. */
const ColumnPath = z.union([text, z.array(text).min(1)]);

export const ConnectionStream = z.strictObject({
  name: text,
  namespace: text.optional(),
  sync_mode: SyncMode,
  cursor_field: ColumnPath.optional(),
  primary_key: z.union([text, z.array(ColumnPath).min(1)]).optional(),
  /** The table that the stream lands in, where it is not the usual one. */
  destination: z
    .string()
    .regex(TABLE, "Write lake or analytics, a schema and a table, for example lake.shop.orders")
    .optional(),
});
export type ConnectionStream = z.infer<typeof ConnectionStream>;

const CronSchedule = z.strictObject({
  type: z.literal("cron"),
  expression: z.string().min(1).max(200),
  /** IANA name; UTC where it is absent. */
  time_zone: z.string().min(1).max(100).optional(),
  /** What becomes of fire times that passed while Benchwright was down or a sync was under way. */
  missed: z.enum(["run_once", "skip"]).optional(),
});
const ManualSchedule = z.strictObject({ type: z.literal("manual") });

export const ConnectionSchedule = z.discriminatedUnion("type", [CronSchedule, ManualSchedule]);
export type ConnectionSchedule = z.infer<typeof ConnectionSchedule>;

export const ConnectionTransformation = z.strictObject({
  /** Column of the source to column of the table. */
  schema_mapping: z.record(text, text).optional(),
  deduplication: z
    .strictObject({
      /** Columns, by their names at the source. */
      key: z.array(text).min(1),
      strategy: z.literal("last_write_wins"),
    })
    .optional(),
});
export type ConnectionTransformation = z.infer<typeof ConnectionTransformation>;

export const SchemaChangePolicy = z.enum(["evolve", "freeze", "discard_row", "discard_value", "quarantine"]);
export type SchemaChangePolicy = z.infer<typeof SchemaChangePolicy>;

/** A connection as people write it. Nothing in it is secret: secrets are named as `${NAME}`. */
export const ConnectionDocument = z.strictObject({
  connector: z
    .string()
    .regex(/^source-[a-z0-9]+(-[a-z0-9]+)*$/, "Write the connector's name, for example source-postgres"),
  /** Pinned at the first save where it is absent. */
  version: z
    .string()
    .regex(/^\d+(\.\d+)*([a-z0-9.+-]*)$/i, "Write a version, for example 7.2.1")
    .optional(),
  config: z.record(z.string(), z.unknown()),
  streams: z.array(ConnectionStream).min(1, "Choose at least one stream").max(2_000),
  schedule: ConnectionSchedule.optional(),
  transformation: ConnectionTransformation.optional(),
  /** What to do when the source's columns change; `evolve` where it is absent. */
  on_schema_change: SchemaChangePolicy.optional(),
  /** Streams at the same time; 3 where it is absent. */
  parallel: z.int().min(1).max(16).optional(),
  retries: z
    .strictObject({
      /** The first try counts. */
      max_attempts: z.int().min(1).max(20),
      initial_interval: Duration.optional(),
      backoff_coefficient: z.number().min(1).max(10).optional(),
    })
    .optional(),
  /** The schema that streams land in, where it is not `lake.<connection_with_underscores>`. */
  destination: z
    .string()
    .regex(SCHEMA, "Write lake or analytics and a schema, for example lake.shop")
    .optional(),
  /** A second name under which statements read the database in place, beside the connection's own: `postgresql`. */
  catalog: z
    .string()
    .regex(
      /^[a-z][a-z0-9_]{0,62}$/,
      "Start with a letter; use lower-case letters, digits and _, for example postgresql",
    )
    .optional(),
});
export type ConnectionDocument = z.infer<typeof ConnectionDocument>;

/** The name of a connection, as its address has it. */
export const ConnectionName = z
  .string()
  .regex(
    /^[a-z][a-z0-9_-]{0,62}$/,
    "Start with a letter; use lower-case letters, digits, - and _; at most 63 characters",
  );

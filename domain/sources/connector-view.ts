import { z } from "zod";
import { RunStatus } from "../shared/run-status";
import { SyncError, SyncMode, SyncPhase } from "./sync-view";

export const ConnectorView = z.object({
  /** `source-faker`. */
  name: z.string(),
  title: z.string(),
  description: z.string(),
  /** The version that Benchwright was tested with; null for a connector of PyPI that it was not. */
  testedVersion: z.string().nullable(),
  /** `built_in`: part of Benchwright. `python`: installed from PyPI at first use. */
  kind: z.enum(["built_in", "python"]),
  documentationUrl: z.string().nullable(),
});
export type ConnectorView = z.infer<typeof ConnectorView>;

export const ConnectorSpec = z.object({
  connector: z.string(),
  version: z.string(),
  /** JSON Schema of `config`, with the protocol's own keywords (`airbyte_secret`, `order`). */
  connectionSpecification: z.record(z.string(), z.unknown()),
  documentationUrl: z.string().nullable(),
  supportsIncremental: z.boolean(),
});
export type ConnectorSpec = z.infer<typeof ConnectorSpec>;

export const CheckResult = z.object({
  ok: z.boolean(),
  /** Why not, in the connector's words; secrets are masked. Empty where it is well. */
  message: z.string(),
});
export type CheckResult = z.infer<typeof CheckResult>;

export const DiscoveredStream = z.object({
  name: z.string(),
  namespace: z.string().nullable(),
  syncModes: z.array(SyncMode),
  /** The source keeps its own cursor, so that none is to be named. */
  sourceDefinedCursor: z.boolean(),
  /** Paths: `[["updated_at"]]` lists one top-level field. */
  defaultCursorField: z.array(z.string()),
  primaryKey: z.array(z.array(z.string())),
  /** Top-level columns with a word for the type. */
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  /** As the connector gives it. */
  jsonSchema: z.record(z.string(), z.unknown()),
});
export type DiscoveredStream = z.infer<typeof DiscoveredStream>;

/**
 * Long work with a connector: asked for by `connectors.spec`, `sources.check` or `sources.discover`, which answer at once, or begun by
 * `sources.remove` (`release`).
 * Ask for it again by its id, or follow its changes, until its status is final. Of the last four fields the one that was
 * asked for is filled when it has succeeded.
 */
export const ConnectorOperation = z.object({
  id: z.string(),
  kind: z.enum(["spec", "check", "discover", "release"]),
  status: RunStatus,
  phase: SyncPhase,
  /** One sentence of what it is doing. */
  progress: z.string(),
  error: SyncError.nullable(),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  spec: ConnectorSpec.nullable(),
  /** A connector that says "wrong password" has been checked: the operation succeeded, and `ok` is false. */
  check: CheckResult.nullable(),
  streams: z.array(DiscoveredStream).nullable(),
  /** What the source kept for the connection and no longer keeps: names of replication slots. */
  released: z.array(z.string()).nullable(),
});
export type ConnectorOperation = z.infer<typeof ConnectorOperation>;

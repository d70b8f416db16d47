import { z } from "zod";

export const DataSetKind = z.enum(["table", "model", "report", "dashboard"]);
export type DataSetKind = z.infer<typeof DataSetKind>;

/** `draft`: no version is published; `changed`: there is a newer version than the published one. */
export const DataSetState = z.enum(["draft", "published", "changed"]);
export type DataSetState = z.infer<typeof DataSetState>;

/** Something that a data set was made from. */
export const LineageInput = z.object({
  kind: z.enum(["table", "report", "run", "sync", "tracked_run"]),
  /** A table's or report's name, or the id of a run or sync. */
  name: z.string(),
  label: z.string(),
  /** Where a pipeline run or a sync belongs: the pipeline's id or the connection's name. */
  parent: z.string().nullable(),
  /** A page outside of the workbench, or null. */
  url: z.string().nullable(),
});
export type LineageInput = z.infer<typeof LineageInput>;

/** What tables, models, reports and dashboards have in common. Versions are text: snapshot ids or numbers. */
export const DataSetRecord = z.object({
  kind: DataSetKind,
  name: z.string(),
  title: z.string(),
  /** Null where nobody was named. */
  owner: z.string().nullable(),
  /** The newest version that the asker may see; null for a table that nothing was written to. */
  currentVersion: z.string().nullable(),
  /** The version that others see. */
  publishedVersion: z.string().nullable(),
  state: DataSetState,
  publishedAt: z.date().nullable(),
  publishedBy: z.string().nullable(),
  updatedAt: z.date(),
  updatedBy: z.string(),
  inputs: z.array(LineageInput),
});
export type DataSetRecord = z.infer<typeof DataSetRecord>;

export const DataSetVersion = z.object({
  version: z.string(),
  at: z.date(),
  by: z.string(),
  /** What it holds, in words. */
  detail: z.string(),
});
export type DataSetVersion = z.infer<typeof DataSetVersion>;

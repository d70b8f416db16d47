import { z } from "zod";

const Title = z.string().trim().min(1, "Write a title").max(200);
const ColumnName = z.string().min(1).max(300);

export const ChartSettings = z.strictObject({
  kind: z.enum(["line", "bar", "table"]),
  /** The column along the axis. */
  x: ColumnName,
  /** One series for each; more than six colours cannot be told apart. */
  y: z.array(ColumnName).min(1, "Name a column to draw").max(6),
});
export type ChartSettings = z.infer<typeof ChartSettings>;

export const TextBlock = z.strictObject({ type: z.literal("text"), markdown: z.string().max(100_000) });
export const QueryBlock = z.strictObject({
  type: z.literal("query"),
  title: z.string().max(200),
  sql: z.string().trim().min(1, "Write a SELECT").max(100_000),
  chart: ChartSettings.optional(),
});
export type QueryBlock = z.infer<typeof QueryBlock>;

export const ReportBlock = z.discriminatedUnion("type", [TextBlock, QueryBlock]);
export type ReportBlock = z.infer<typeof ReportBlock>;

/** A report: text and saved queries, in their order. */
export const ReportContent = z.strictObject({ title: Title, blocks: z.array(ReportBlock).max(100) });
export type ReportContent = z.infer<typeof ReportContent>;

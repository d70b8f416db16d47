import { z } from "zod";

export const DashboardItem = z.strictObject({
  /** The report's name. */
  report: z.string().min(1).max(100),
  /** Which of its blocks, counted from 0; the whole report where it is absent. */
  block: z.int().min(0).max(99).optional(),
  /** Of the page: third, half or all of it. */
  width: z.enum(["third", "half", "full"]),
});
export type DashboardItem = z.infer<typeof DashboardItem>;

/** Blocks of published reports on one page. */
export const DashboardContent = z.strictObject({
  title: z.string().trim().min(1, "Write a title").max(200),
  items: z.array(DashboardItem).max(60),
});
export type DashboardContent = z.infer<typeof DashboardContent>;

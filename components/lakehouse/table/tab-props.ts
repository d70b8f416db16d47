import type { TableDetail } from "../lake-types";
import type { TableActs } from "./useTableActs";

export const TABLE_TABS = ["rows", "snapshots", "schema", "files", "branches", "upkeep"] as const;
export type TableTab = (typeof TABLE_TABS)[number];

/** What each tab of a table's page gets. */
export type TabProps = {
  workspace: string;
  table: TableDetail;
  acts: TableActs;
  /** Why this person may not change the table; null where they may. */
  whyNotChange: string | null;
  /** Why this person may not run a check; null where they may. */
  whyNotCheck: string | null;
  /** Opens another tab with the parameters that it reads. */
  onShow: (tab: TableTab, query?: Record<string, string>) => void;
  /** When the page was opened. */
  now: Date;
};

import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/components/trpc";

type Outputs = inferRouterOutputs<AppRouter>;

export type DataSetDetail = Outputs["datasets"]["get"];
export type BlockRows = Outputs["reports"]["run"];

/** What every tab of a data set's page gets. */
export type DataSetTabProps = {
  workspace: string;
  dataSet: DataSetDetail;
  /** The version that the address names; null shows the published one, or the newest. */
  version: number | null;
  onVersion: (version: number | null) => void;
  /** Why this person may not draft; null where they may. */
  whyNotDraft: string | null;
  /** Why this person may not publish; null where they may. */
  whyNotPublish: string | null;
  onPublish: (version: string, branch: string | null) => void;
};

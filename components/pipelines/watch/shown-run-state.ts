import type { ShownState } from "@/components/ui/prepare-state";
import type { RunSummary } from "@/domain/pipelines/run-view";

/** The state of a run as it is drawn: one that succeeded although a task failed is a warning. */
export const shownRunState = ({ status, warning }: Pick<RunSummary, "status" | "warning">): ShownState =>
  status === "succeeded" && warning !== null ? "warning" : status;

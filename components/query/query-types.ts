import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/components/trpc";

type Outputs = inferRouterOutputs<AppRouter>;

export type HistoryItem = Outputs["queries"]["list"]["items"][number];
export type SavedItem = Outputs["savedQueries"]["list"][number];
export type SavedVersion = Outputs["savedQueries"]["versions"][number];
export type SavedQuery = Outputs["savedQueries"]["get"];

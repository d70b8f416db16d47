import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/components/trpc";

type Tables = inferRouterOutputs<AppRouter>["tables"];

export type LakeTable = Tables["list"][number];
export type TableDetail = Tables["get"];
export type Snapshot = Tables["snapshots"]["items"][number];
export type DataFile = Tables["files"]["items"][number];
export type Partition = Tables["partitions"][number];
export type TableRows = Tables["preview"];
export type TableDiff = Tables["diff"];
export type DiffRow = TableDiff["items"][number];
export type DiffColumn = TableDiff["columns"][number];
export type Check = Tables["branches"]["check"];
export type Plan = Tables["maintenance"];

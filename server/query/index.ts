export type { QueryLimits } from "./query-limits";

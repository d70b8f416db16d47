/** A step of a plan. Times are of the step alone, summed over threads. */
export type PlanNode = {
  /** In the engine's words: `HASH_JOIN`, `TableScan`. */
  name: string;
  /** Facts for people: `Join type: INNER`, `Filters: quantity > 0`. */
  details: { label: string; text: string }[];
  estimatedRows: number | null;
  rows: number | null;
  ms: number | null;
  children: PlanNode[];
};

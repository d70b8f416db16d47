import type { BrowserTable } from "@/components/engines/duckdb-wasm/tables/table-store";
import type { ResultColumn } from "@/domain/query/result-column";
import type { BrowserEngine } from "./browser-engine";

/** A table of the page, as placement asks for it. */
export type PlacedTable = {
  name: string;
  snapshotId: string | null;
  bytes: number;
  columns: ResultColumn[];
};

export type BrowserFacts = { tables: PlacedTable[]; memoryLimitBytes: number; cores: number };

export const tableName = ({ path }: Pick<BrowserTable, "path">): string => path.join(".");

/** What the page tells of itself, so that a statement may be placed there. DuckDB works on one core of it. */
export const browserFacts = (engine: BrowserEngine): BrowserFacts => ({
  tables: engine.tables.list().map((table) => ({
    name: tableName(table),
    snapshotId: table.origin.kind === "lake" ? table.origin.snapshotId : null,
    bytes: table.bytes,
    columns: table.columns.map((column) => ({ ...column })),
  })),
  memoryLimitBytes: engine.memoryBytes,
  cores: 1,
});

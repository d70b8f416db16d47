import type { WasmSession } from "@/components/engines/duckdb-wasm/engine/wasm-session";
import type { BrowserTables } from "@/components/engines/duckdb-wasm/tables/browser-tables";

/** DuckDB in this page, for one workspace and one person. */
export type BrowserEngine = {
  session: WasmSession;
  tables: BrowserTables;
  memoryBytes: number;
  /** What results may take in the page, together. */
  resultBytes: number;
};

const opened = new Map<string, Promise<BrowserEngine>>();

/**
 * The engine of this page. Its code is loaded when it is first asked for, its worker when a statement first runs. `scope`
 * names a workspace and a person, whose tables no other sees.
 * Failures: `engine_unavailable`.
 */
export function browserEngine(scope: string): Promise<BrowserEngine> {
  const known = opened.get(scope);
  if (known !== undefined) return known;
  const opening = import("./open-browser-engine").then(({ openBrowserEngine }) => openBrowserEngine(scope));
  opened.set(scope, opening);
  opening.catch(() => opened.delete(scope));
  return opening;
}

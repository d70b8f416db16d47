import { wasmLimits } from "@/components/engines/duckdb-wasm/engine/wasm-limits";
import { openWasmSession } from "@/components/engines/duckdb-wasm/engine/wasm-session";
import { openBrowserTables } from "@/components/engines/duckdb-wasm/tables/browser-tables";
import { memoryStore } from "@/components/engines/duckdb-wasm/tables/memory-store";
import { opfsStore } from "@/components/engines/duckdb-wasm/tables/opfs-store";
import type { BrowserEngine } from "./browser-engine";

/** Where the build puts the files of DuckDB-WASM. */
const FILES = "/vendor/duckdb-wasm";

export async function openBrowserEngine(scope: string): Promise<BrowserEngine> {
  const device = (navigator as { deviceMemory?: number }).deviceMemory;
  const { memoryBytes, pageBytes } = wasmLimits(device);
  const session = openWasmSession({ base: FILES, memoryBytes });
  const store = (await opfsStore(scope)) ?? memoryStore(pageBytes / 2);
  const tables = await openBrowserTables(session, store);
  return { session, tables, memoryBytes, resultBytes: pageBytes };
}

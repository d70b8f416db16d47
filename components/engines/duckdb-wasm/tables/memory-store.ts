import { Failure } from "@/domain/shared/failure";
import { concatBytes } from "../arrow/arrow-stream";
import type { StoredTable, TableStore } from "./table-store";

/** Keeps tables in the page, until it is left. `budgetBytes` is for all of them together. */
export function memoryStore(budgetBytes: number): TableStore {
  const tables = new Map<string, StoredTable>();
  const bytes = new Map<string, Uint8Array>();
  const drafts = new Map<string, number>();
  const used = () =>
    [...bytes.values()].reduce((sum, each) => sum + each.length, 0) +
    [...drafts.values()].reduce((sum, each) => sum + each, 0);
  return {
    isLasting: false,
    list: async () => [...tables.values()],
    async begin(id) {
      const parts: Uint8Array[] = [];
      drafts.set(id, 0);
      return {
        async write(part) {
          if (used() + part.length > budgetBytes) {
            throw new Failure("resource_exhausted", "This page has no room for so large a table.", {
              hint: "Drop a table of the browser, or read the table on the server.",
            });
          }
          parts.push(part.slice());
          drafts.set(id, (drafts.get(id) ?? 0) + part.length);
        },
        async finish() {
          drafts.delete(id);
          bytes.set(id, concatBytes(parts));
        },
        async abandon() {
          drafts.delete(id);
        },
      };
    },
    save: async (table) => void tables.set(table.id, table),
    async read(id, offset, length) {
      const all = bytes.get(id);
      if (all === undefined) throw new Failure("not_found", "The rows of this table were let go.");
      return all.subarray(offset, offset + length);
    },
    async remove(id) {
      tables.delete(id);
      bytes.delete(id);
    },
  };
}

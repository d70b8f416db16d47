import { Failure } from "@/domain/shared/failure";
import type { StoredTable, TableStore } from "./table-store";

const ROOT = "benchwright-tables";
/** A file of rows without its description may be one that another page is writing; past this it is a remnant. */
const REMNANT_MS = 24 * 60 * 60 * 1_000;

const isMissing = (error: unknown): boolean =>
  error instanceof DOMException && error.name === "NotFoundError";

const roomless = (cause: unknown): Failure =>
  cause instanceof DOMException && cause.name === "QuotaExceededError"
    ? new Failure("resource_exhausted", "This browser has no room left for the table.", {
        hint: "Drop a table of the browser, or free storage of the device.",
        cause,
      })
    : new Failure("engine_failed", "This browser could not keep the table.", { cause });

/**
 * Keeps tables in the private files of this browser for this site, so that they outlive the page; null where the browser
 * has none. `scope` names a workspace and a person: another one sees other tables.
 */
export async function opfsStore(scope: string): Promise<TableStore | null> {
  try {
    const root = await (await navigator.storage.getDirectory()).getDirectoryHandle(ROOT, { create: true });
    const folder = await root.getDirectoryHandle(encodeURIComponent(scope), { create: true });
    // Not every browser that has private files can write them from a page.
    if (!("createWritable" in FileSystemFileHandle.prototype)) return null;
    return storeIn(folder);
  } catch {
    return null;
  }
}

function storeIn(folder: FileSystemDirectoryHandle): TableStore {
  const rowsFile = (id: string) => `${id}.rows`;
  const describedIn = (id: string) => `${id}.json`;
  const removeFile = (name: string) =>
    folder.removeEntry(name).catch((error) => {
      if (!isMissing(error)) throw error;
    });

  return {
    isLasting: true,
    async list() {
      const tables: StoredTable[] = [];
      const names = await namesIn(folder);
      for (const name of names.filter((each) => each.endsWith(".json"))) {
        const table = await readDescription(folder, name);
        if (table !== null) tables.push(table);
      }
      for (const name of names.filter((each) => each.endsWith(".rows"))) {
        if (!names.includes(name.replace(/\.rows$/, ".json"))) await removeRemnant(folder, name);
      }
      return tables.sort((a, b) => a.createdAt.localeCompare(b.createdAt));
    },
    async begin(id) {
      const file = await folder.getFileHandle(rowsFile(id), { create: true });
      const writable = await file.createWritable();
      const wrote = (write: Promise<void>) =>
        write.catch((error) => {
          throw roomless(error);
        });
      return {
        write: (bytes) => wrote(writable.write(bytes as Uint8Array<ArrayBuffer>)),
        finish: () => wrote(writable.close()),
        async abandon() {
          await writable.abort().catch(() => {});
          await removeFile(rowsFile(id)).catch(() => {});
        },
      };
    },
    async save(table) {
      const writable = await (
        await folder.getFileHandle(describedIn(table.id), { create: true })
      ).createWritable();
      await writable.write(JSON.stringify(table));
      await writable.close();
    },
    async read(id, offset, length) {
      try {
        const file = await (await folder.getFileHandle(rowsFile(id))).getFile();
        return new Uint8Array(await file.slice(offset, offset + length).arrayBuffer());
      } catch (cause) {
        throw new Failure("not_found", "The rows of this table are no longer in this browser.", {
          hint: "Drop the table and bring it in again.",
          cause,
        });
      }
    },
    async remove(id) {
      await removeFile(describedIn(id));
      await removeFile(rowsFile(id));
    },
  };
}

async function namesIn(folder: FileSystemDirectoryHandle): Promise<string[]> {
  const names: string[] = [];
  const keys = (folder as unknown as { keys: () => AsyncIterable<string> }).keys();
  for await (const name of keys) names.push(name);
  return names;
}

async function readDescription(folder: FileSystemDirectoryHandle, name: string): Promise<StoredTable | null> {
  try {
    const text = await (await (await folder.getFileHandle(name)).getFile()).text();
    return JSON.parse(text) as StoredTable;
  } catch {
    // Cut off while it was written: its rows are a remnant.
    return null;
  }
}

async function removeRemnant(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  try {
    const file = await (await folder.getFileHandle(name)).getFile();
    if (Date.now() - file.lastModified > REMNANT_MS) await folder.removeEntry(name);
  } catch {
    // Another page was faster.
  }
}

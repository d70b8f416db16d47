import type { LayoutAnswer } from "./layout-messages";

const DATABASE = "benchwright-layouts";
const STORE = "layouts";
const MOST = 40;

type Kept = LayoutAnswer & { key: string; usedAt: number };

/** Layouts of large graphs in the browser's own store. Every failure is as if nothing were kept. */
export const layoutCache = {
  async get(key: string): Promise<LayoutAnswer | null> {
    try {
      const store = await open("readwrite");
      const kept = (await done(store.get(key))) as Kept | undefined;
      if (kept === undefined) return null;
      store.put({ ...kept, usedAt: Date.now() } satisfies Kept);
      return kept;
    } catch {
      return null;
    }
  },
  async set(key: string, layout: LayoutAnswer): Promise<void> {
    try {
      const store = await open("readwrite");
      await done(store.put({ ...layout, key, usedAt: Date.now() } satisfies Kept));
      const keys = await done(store.index("usedAt").getAllKeys());
      for (const old of keys.slice(0, Math.max(0, keys.length - MOST))) store.delete(old);
    } catch {
      // A full or forbidden store costs the next visit a layout, nothing else.
    }
  },
};

async function open(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () =>
    request.result.createObjectStore(STORE, { keyPath: "key" }).createIndex("usedAt", "usedAt");
  const database = await done(request);
  const transaction = database.transaction(STORE, mode);
  transaction.oncomplete = () => database.close();
  transaction.onabort = () => database.close();
  return transaction.objectStore(STORE);
}

function done<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

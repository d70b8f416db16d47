import type { DraftBook } from "./draft-book";

const DATABASE = "benchwright-query";
const STORE = "books";

/** `owner` is the tab of the browser that may write. */
type KeptBook = { book: DraftBook; owner: string };

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}

/** One transaction over the book of `key`; `change` gives what to write, or null to leave it. */
async function transact(
  key: string,
  change: (kept: KeptBook | undefined) => KeptBook | null,
): Promise<KeptBook | undefined> {
  const database = await openDatabase();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, "readwrite", { durability: "relaxed" });
      const store = transaction.objectStore(STORE);
      let seen: KeptBook | undefined;
      const reading = store.get(key);
      reading.onsuccess = () => {
        seen = reading.result as KeptBook | undefined;
        const next = change(seen);
        if (next !== null) store.put(next, key);
      };
      transaction.oncomplete = () => resolve(seen);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** The book as it was kept last; undefined where there is none. */
export const readBook = async (key: string): Promise<DraftBook | undefined> =>
  (await transact(key, () => null))?.book;

/** Makes `owner` the one that writes; gives the book as it was left, and whether `owner` itself left it so. */
export async function claimBook(
  key: string,
  owner: string,
  first: DraftBook,
): Promise<{ book: DraftBook; wasMine: boolean }> {
  const kept = await transact(key, (found) => ({ book: found?.book ?? first, owner }));
  return { book: kept?.book ?? first, wasMine: kept?.owner === owner };
}

/** Keeps the book; false, and nothing written, where another tab owns it by now. */
export async function writeBook(key: string, owner: string, book: DraftBook): Promise<boolean> {
  let isMine = true;
  await transact(key, (kept) => {
    isMine = kept === undefined || kept.owner === owner;
    return isMine ? { book, owner } : null;
  });
  return isMine;
}

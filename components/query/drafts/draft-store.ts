import type { DraftBook } from "./draft-book";

const DATABASE = "benchwright-query";
const STORE = "books";
const JOURNAL = "benchwright-query-left ";

/** `owner` is the tab of the browser that may write; `at` is when it did, in ms since 1970. */
type KeptBook = { book: DraftBook; owner: string; at: number };

let opened: Promise<IDBDatabase> | null = null;

function openDatabase(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  }).catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}

/** One transaction over the book of `key`; `change` gives what to write, or null to leave it. */
async function transact(
  key: string,
  change: (kept: KeptBook | undefined) => KeptBook | null,
): Promise<KeptBook | undefined> {
  const database = await openDatabase();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, "readwrite", { durability: "relaxed" });
    const store = transaction.objectStore(STORE);
    let seen: KeptBook | undefined;
    const reading = store.get(key);
    reading.onsuccess = () => {
      seen = newer(reading.result as KeptBook | undefined, readJournal(key));
      const next = change(seen);
      if (next !== null) store.put(next, key);
    };
    transaction.oncomplete = () => resolve(seen);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

const newer = (kept: KeptBook | undefined, left: KeptBook | undefined): KeptBook | undefined =>
  left !== undefined && left.at > (kept?.at ?? 0) ? left : kept;

/** What a page wrote as it went away: the database would have been too late. */
function readJournal(key: string): KeptBook | undefined {
  try {
    const text = localStorage.getItem(JOURNAL + key);
    return text === null ? undefined : (JSON.parse(text) as KeptBook);
  } catch {
    return undefined;
  }
}

/** For a page that goes away now: at once, where there is room for it. */
export function leaveBook(key: string, owner: string, book: DraftBook): void {
  try {
    localStorage.setItem(JOURNAL + key, JSON.stringify({ book, owner, at: Date.now() } satisfies KeptBook));
  } catch {
    // No room, or no storage: what the database has is then the last.
  }
}

function clearJournal(key: string): void {
  try {
    localStorage.removeItem(JOURNAL + key);
  } catch {
    // Storage is switched off, so there is none.
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
  const kept = await transact(key, (found) => ({ book: found?.book ?? first, owner, at: Date.now() }));
  clearJournal(key);
  return { book: kept?.book ?? first, wasMine: kept?.owner === owner };
}

/** Keeps the book; false, and nothing written, where another tab owns it by now. */
export async function writeBook(key: string, owner: string, book: DraftBook): Promise<boolean> {
  let isMine = true;
  await transact(key, (kept) => {
    isMine = kept === undefined || kept.owner === owner;
    return isMine ? { book, owner, at: Date.now() } : null;
  });
  if (isMine) clearJournal(key);
  return isMine;
}

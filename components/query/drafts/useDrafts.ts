"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { type DraftBook, firstBook, takeOver } from "./draft-book";
import { claimBook, leaveBook, readBook, writeBook } from "./draft-store";
import { holdLock } from "./hold-lock";

const WRITE_AFTER_MS = 250;

/** `kept`: in this browser. `elsewhere`: another tab keeps it. `off`: the browser keeps nothing for pages. */
export type DraftKeeping = "kept" | "elsewhere" | "off";

const freshId = () => `draft-${Math.random().toString(36).slice(2, 10)}`;

/** This tab of the browser, and the books as it had them last: another room may have been looked at in between. */
const TAB = freshId();
const lastHere = new Map<string, DraftBook>();

async function openBook(key: string, isHeld: boolean): Promise<DraftBook> {
  const first = firstBook(freshId());
  if (!isHeld) return (await readBook(key)) ?? first;
  const { book, wasMine } = await claimBook(key, TAB, first);
  return (wasMine ? lastHere.get(key) : undefined) ?? book;
}

/**
 * The texts of one person in one workspace. They outlive a reload and a crash: each change is written to the browser's
 * own database a moment later, by one tab at a time.
 */
export function useDrafts(key: string) {
  const [book, setBook] = useState<DraftBook | null>(null);
  const [keeping, setKeeping] = useState<DraftKeeping>("kept");
  const opened = useRef<DraftBook | null>(null);
  const latest = useRef<DraftBook | null>(null);
  const isOwner = useRef(false);
  const ends = useRef<AbortController | null>(null);
  const flush = useRef<() => void>(() => undefined);
  /** The book that the database may not have yet. */
  const unkept = useRef<DraftBook | null>(null);
  latest.current = book;

  const leave = useCallback(() => {
    isOwner.current = false;
    opened.current = latest.current;
    setKeeping("elsewhere");
  }, []);

  const hold = useCallback(
    async (steal: boolean): Promise<boolean> => {
      const ending = ends.current;
      if (ending === null) return false;
      const state = await holdLock(`benchwright-query ${key}`, { steal, signal: ending.signal });
      if (state.kind === "held") void state.lost.then(() => ending.signal.aborted || leave());
      return state.kind === "held";
    },
    [key, leave],
  );

  // A page that is left writes before its lock goes: this effect ends before the one below.
  useEffect(() => () => flush.current(), []);

  useEffect(() => {
    // The browser's database and its locks.
    const ending = new AbortController();
    ends.current = ending;
    const show = (found: DraftBook, how: DraftKeeping) => {
      if (ending.signal.aborted) return;
      isOwner.current = how === "kept";
      opened.current = found;
      setKeeping(how);
      setBook(found);
    };
    hold(false)
      .then(async (isHeld) => show(await openBook(key, isHeld), isHeld ? "kept" : "elsewhere"))
      .catch(() => show(firstBook(freshId()), "off"));
    return () => {
      ending.abort();
      isOwner.current = false;
    };
  }, [hold, key]);

  useEffect(() => {
    // The browser's database: written a moment after the last change, and at once where the page goes away.
    if (book === null || book === opened.current || !isOwner.current) return;
    lastHere.set(key, book);
    unkept.current = book;
    const write = () => {
      flush.current = () => undefined;
      writeBook(key, TAB, book).then(
        (isMine) => {
          if (unkept.current === book) unkept.current = null;
          if (!isMine) leave();
        },
        () => setKeeping("off"),
      );
    };
    flush.current = write;
    const timer = setTimeout(write, WRITE_AFTER_MS);
    const onHide = () => {
      // A write that is under way may end with the page.
      if (unkept.current === book) leaveBook(key, TAB, book);
      flush.current();
    };
    window.addEventListener("pagehide", onHide);
    document.addEventListener("visibilitychange", onHide);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("pagehide", onHide);
      document.removeEventListener("visibilitychange", onHide);
    };
  }, [book, key, leave]);

  const takeBack = useCallback(async () => {
    if (!(await hold(true))) return;
    const here = latest.current ?? firstBook(freshId());
    const { book: kept } = await claimBook(key, TAB, here);
    isOwner.current = true;
    setKeeping("kept");
    setBook(takeOver(kept, here, opened.current ?? kept, freshId));
  }, [hold, key]);

  const change = useCallback(
    (next: (book: DraftBook) => DraftBook) => setBook((now) => (now === null ? now : next(now))),
    [],
  );
  return { book, keeping, change, takeOver: takeBack };
}

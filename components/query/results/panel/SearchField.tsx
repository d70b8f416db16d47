"use client";

import { Search } from "lucide-react";
import { type Ref, useEffect, useRef, useState } from "react";
import { CONTROL_CLASS } from "@/components/ui/Field";

export type SearchFieldProps = {
  /** What the view searches for; typing is ahead of it. */
  search: string;
  onSearch: (search: string) => void;
  ref?: Ref<HTMLInputElement>;
};

const PAUSE_MS = 350;

/** Searches all columns of the result once typing pauses, or at once with Enter. Esc empties it. */
export function SearchField({ search, onSearch, ref }: SearchFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const tell = useRef(onSearch);
  tell.current = onSearch;
  useEffect(() => {
    // A pause in typing.
    if (typed === null) return;
    const timer = setTimeout(() => {
      tell.current(typed);
      setTyped(null);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const now = (text: string) => {
    setTyped(null);
    if (text !== search) onSearch(text);
  };
  return (
    <span className="relative flex w-56 items-center">
      <Search aria-hidden="true" className="pointer-events-none absolute left-2 text-ink-3" size={13} />
      <input
        aria-label="Search the result"
        className={`${CONTROL_CLASS} !pl-7`}
        maxLength={1000}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") now(event.currentTarget.value);
          if (event.key === "Escape" && event.currentTarget.value !== "") {
            event.stopPropagation();
            now("");
          }
        }}
        placeholder="Search the result"
        ref={ref}
        type="search"
        value={typed ?? search}
      />
    </span>
  );
}

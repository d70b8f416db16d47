"use client";

import { type RefObject, useId } from "react";
import { CONTROL_CLASS } from "@/components/ui/Field";
import type { LooseTask } from "../prepare-flow";

/** More names than these are found by typing, not by reading the list. */
const MOST = 500;

export type FindTaskProps = {
  tasks: readonly LooseTask[];
  /** The task from which the search goes on. */
  from: string | null;
  ref: RefObject<HTMLInputElement | null>;
  onFound: (id: string) => void;
};

/** Goes to the next task whose id or type holds the text. */
export function FindTask({ tasks, from, ref, onFound }: FindTaskProps) {
  const listId = useId();
  const find = (text: string) => {
    const wanted = text.trim().toLowerCase();
    const found = tasks.filter(({ id, type }) => `${id} ${type}`.toLowerCase().includes(wanted));
    const exact = found.find(({ id }) => id.toLowerCase() === wanted);
    const next = exact ?? found[(found.findIndex(({ id }) => id === from) + 1) % Math.max(1, found.length)];
    ref.current?.setCustomValidity(
      next === undefined ? `No task has "${text.trim()}" in its id or type.` : "",
    );
    ref.current?.reportValidity();
    if (next !== undefined) onFound(next.id);
  };
  return (
    <>
      <input
        aria-label="Find a task"
        className={`${CONTROL_CLASS} !w-[150px]`}
        list={listId}
        onChange={(event) => event.target.setCustomValidity("")}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.currentTarget.value.trim() === "") return;
          event.preventDefault();
          find(event.currentTarget.value);
        }}
        placeholder="Find a task ( / )"
        ref={ref}
        spellCheck={false}
        type="search"
      />
      <datalist id={listId}>
        {tasks.slice(0, MOST).map(({ id }) => (
          <option key={id} value={id} />
        ))}
      </datalist>
    </>
  );
}

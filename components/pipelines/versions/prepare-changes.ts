import type { DocumentChange } from "@/domain/pipelines/diff/document-change";

/** One change in words: a sign, what it is about, and both values where there are two. */
export type ChangeLine = {
  key: string;
  sign: "+" | "−" | "~";
  what: string;
  before: string | null;
  after: string | null;
};

const MOST = 300;
const shown = (value: unknown): string => {
  if (value === undefined) return "not there";
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text;
};

function lineOf(change: DocumentChange): Omit<ChangeLine, "key"> {
  const none = { before: null, after: null };
  switch (change.change) {
    case "task_added":
      return { sign: "+", what: `task ${change.task} (${change.type})`, ...none };
    case "task_removed":
      return { sign: "−", what: `task ${change.task} (${change.type})`, ...none };
    case "task_renamed":
      return { sign: "~", what: `task ${change.from} is called ${change.task}`, ...none };
    case "edge_added":
      return { sign: "+", what: `${change.to} waits for ${change.from}`, ...none };
    case "edge_removed":
      return { sign: "−", what: `${change.to} no longer waits for ${change.from}`, ...none };
    case "task_changed":
      return {
        sign: "~",
        what: `${change.task} ${change.pointer}`,
        before: shown(change.before),
        after: shown(change.after),
      };
    case "field_changed":
      return { sign: "~", what: change.pointer, before: shown(change.before), after: shown(change.after) };
  }
}

export const prepareChanges = (changes: readonly DocumentChange[]): ChangeLine[] =>
  changes.map((change, index) => ({ key: `${index} ${change.change}`, ...lineOf(change) }));

"use client";

import { useMemo } from "react";
import { useDrafts } from "./drafts";
import {
  documentText,
  editText,
  editTextTo,
  type ReadDocument,
  readDocument,
  same,
} from "./prepare-document";

export type ConnectionDraft = {
  text: string;
  read: ReadDocument;
  /** The document, or the last stored one while the text cannot be read. */
  value: Record<string, unknown>;
  isDirty: boolean;
  baseVersion: number;
  /** Somebody saved a newer version since this draft began. */
  isBehind: boolean;
  setText: (text: string) => void;
  /** Sets one value in the text, removes it where it is undefined. Does nothing while the text cannot be read. */
  change: (path: (string | number)[], value: unknown) => void;
  /** Carries a changed config into the text, entry by entry. */
  changeConfig: (config: Record<string, unknown>) => void;
  discard: () => void;
  /** Takes the newest version as the one that this draft is to follow. */
  rebase: () => void;
};

export type Stored = { document: Record<string, unknown>; version: number };

/** The one document of a connection: its text is what is edited, by hand or by the form. `key` names the draft. */
export function useConnectionDraft(key: string, stored: Stored): ConnectionDraft {
  const { drafts, keep } = useDrafts();
  const draft = drafts.get(key) ?? null;
  const storedText = useMemo(() => documentText(stored.document), [stored.document]);
  const text = draft?.text ?? storedText;
  const read = useMemo(() => readDocument(text), [text]);
  const value = read.ok ? read.value : stored.document;
  const baseVersion = draft?.baseVersion ?? stored.version;
  const setText = (next: string) => {
    const parsed = readDocument(next);
    const isUnchanged = parsed.ok && same(parsed.value, stored.document) && !parsed.hasComments;
    keep(key, isUnchanged ? null : { text: next, baseVersion, name: draft?.name ?? "" });
  };
  return {
    text,
    read,
    value,
    isDirty: draft !== null,
    baseVersion,
    isBehind: draft !== null && draft.baseVersion !== stored.version,
    setText,
    change: (path, next) => read.ok && setText(withoutEmpty(editText(text, path, next), path)),
    changeConfig: (config) =>
      read.ok && setText(editTextTo(text, ["config"], read.value.config ?? {}, config)),
    discard: () => keep(key, null),
    rebase: () => draft !== null && keep(key, { ...draft, baseVersion: stored.version }),
  };
}

/** An object that the form has emptied is taken out, so that no `"retries": {}` stays behind. */
function withoutEmpty(text: string, path: (string | number)[]): string {
  const parent = path.slice(0, -1);
  if (parent.length === 0) return text;
  const read = readDocument(text);
  const held = read.ok
    ? parent.reduce<unknown>(
        (node, step) => (node as Record<string | number, unknown> | undefined)?.[step],
        read.value,
      )
    : null;
  const isEmpty =
    typeof held === "object" && held !== null && !Array.isArray(held) && Object.keys(held).length === 0;
  return isEmpty ? withoutEmpty(editText(text, parent, undefined), parent) : text;
}

"use client";

import { useParams } from "next/navigation";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { useUnsavedGuard } from "@/components/editor/useUnsavedGuard";

/** Text that is not saved. `baseVersion` is the version that it began from; `name` is set for a connection that is new. */
export type Draft = { text: string; baseVersion: number; name: string };

type Drafts = {
  drafts: ReadonlyMap<string, Draft>;
  keep: (key: string, draft: Draft | null) => void;
};

const Context = createContext<Drafts | null>(null);

/** Holds the drafts of all connections, so that going to another sync or connection loses none. Guards leaving the room. */
export function DraftsProvider({ children }: { children: ReactNode }) {
  const { workspace } = useParams<{ workspace: string }>();
  const [drafts, setDrafts] = useState<ReadonlyMap<string, Draft>>(new Map());
  useUnsavedGuard(drafts.size > 0, `/${workspace}/sources`);
  const keep = useCallback((key: string, draft: Draft | null) => {
    setDrafts((held) => {
      const next = new Map(held);
      if (draft === null) next.delete(key);
      else next.set(key, draft);
      return next;
    });
  }, []);
  const value = useMemo(() => ({ drafts, keep }), [drafts, keep]);
  return <Context value={value}>{children}</Context>;
}

export function useDrafts(): Drafts {
  const drafts = useContext(Context);
  if (drafts === null) throw new Error("useDrafts needs a DraftsProvider above it");
  return drafts;
}

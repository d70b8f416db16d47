"use client";

import { LoadingBar } from "@/components/ui/LoadingBar";
import { KeepingNotice } from "../drafts/KeepingNotice";
import { useDrafts } from "../drafts/useDrafts";
import { QueryDesk } from "./QueryDesk";

export type QueryBenchProps = { workspace: string; person: string };

/** The room of one person in one workspace: first their texts are read, then they are shown. */
export function QueryBench({ workspace, person }: QueryBenchProps) {
  const scope = `${workspace}/${person}`;
  const drafts = useDrafts(scope);
  if (drafts.book === null) return <LoadingBar label="Reading your texts" />;
  return (
    <>
      <KeepingNotice keeping={drafts.keeping} onTakeOver={drafts.takeOver} />
      <QueryDesk book={drafts.book} change={drafts.change} scope={scope} workspace={workspace} />
    </>
  );
}

"use client";

import dynamic from "next/dynamic";
import { useMemo } from "react";
import { useTRPCClient } from "@/components/trpc";
import type { AskedAgain } from "../ask-again/useAskAgain";
import { browserSource } from "../browser/browser-executor";
import type { ResultSource } from "../results/result-source";
import { tabTitle } from "./prepare-statements";
import type { ShownStatement } from "./statement";
import { serverSource } from "./useResultSource";

const AskAgainPanel = dynamic(
  () => import("../ask-again/AskAgainPanel").then((module) => module.AskAgainPanel),
  { ssr: false },
);

/** A question to a result that was answered in the page, and what it is. */
export type Asked = AskedAgain & { mark: string; statement: ShownStatement };

export type AskAgainSideProps = {
  workspace: string;
  /** A workspace and a person. */
  scope: string;
  statement: ShownStatement;
  result: ResultSource;
  /** Finished statements whose results can be joined. */
  others: ShownStatement[];
  onAsked: (asked: Asked) => void;
  onClose: () => void;
};

/** Questions to a finished result, beside its rows. */
export function AskAgainSide({
  workspace,
  scope,
  statement,
  result,
  others,
  onAsked,
  onClose,
}: AskAgainSideProps) {
  const client = useTRPCClient();
  const joined = useMemo(
    () =>
      others
        .filter(({ key }) => key !== statement.key)
        .map((each) => ({
          label: tabTitle(each),
          source: browserSource(each.run.id) ?? serverSource(client, workspace, each.run).source,
        })),
    [client, others, statement.key, workspace],
  );
  return (
    <aside aria-label="Ask again" className="w-[340px] shrink-0 overflow-auto border-line-2 border-l">
      <AskAgainPanel
        onClose={onClose}
        onResult={(answer) => onAsked({ ...answer, statement })}
        others={joined}
        ranAt={statement.run.createdAt}
        result={result}
        scope={scope}
      />
    </aside>
  );
}

"use client";

import { EvidenceLine } from "@/components/ui/EvidenceLine";
import { formatDuration } from "@/components/ui/format";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { elapsedOf, tabTitle } from "../statements/prepare-statements";
import { isOver, type Statement } from "../statements/statement";
import { useClock } from "../statements/useClock";
import { prepareEvidence } from "./prepare-evidence";

export type QueryEvidenceProps = {
  statement: Statement | null;
  /** All that runs now, of every text. */
  running: Statement[];
  onCancel: () => void;
};

export function QueryEvidence({ statement, running, onCancel }: QueryEvidenceProps) {
  const now = useClock(running.length > 0);
  const { state, lead, because, facts } = prepareEvidence(statement, now);
  const others = running.filter((each) => each.status === "running" && each.key !== statement?.key);
  const first = others[0];
  const isRunning = statement !== null && !isOver(statement);
  return (
    <EvidenceLine
      right={[
        ...facts.map(({ key, text, isStrong }) => ({
          key,
          text: isStrong ? <b className="text-ink">{text}</b> : text,
        })),
        ...(first === undefined
          ? []
          : [
              {
                key: "others",
                text: (
                  <StateGlyph
                    label={
                      others.length === 1
                        ? `${tabTitle(first)} running ${formatDuration(elapsedOf(first, now))}`
                        : `${others.length} more running`
                    }
                    size={11}
                    state="running"
                  />
                ),
              },
            ]),
        ...(isRunning || others.length > 0
          ? [
              {
                key: "cancel",
                text: (
                  <button className="link" onClick={onCancel} type="button">
                    Cancel{" "}
                    <kbd className="rounded-1 border border-line-2 px-1 text-11 text-ink-2">Ctrl .</kbd>
                  </button>
                ),
              },
            ]
          : []),
      ]}
    >
      {state !== null && <StateGlyph size={11} state={state} word="none" />}
      <span className="truncate">
        <b className="text-ink">{lead}</b> {because}
      </span>
    </EvidenceLine>
  );
}

"use client";

import { type KeyboardEvent, useId, useState } from "react";
import { Button } from "@/components/ui/Button";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { formatClock, formatNumber } from "@/components/ui/format";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { NOTHING_ASKED } from "@/domain/query/ask-again/ask-again";
import type { ResultSource } from "../results/result-source";
import { AskAgainForm } from "./AskAgainForm";
import { columnChoices } from "./column-choice";
import { JoinFields, type OtherResult } from "./JoinFields";
import { type AskedAgain, useAskAgain } from "./useAskAgain";
import { useUndo } from "./useUndo";

export type AskAgainPanelProps = {
  /** A workspace and a person. */
  scope: string;
  /** Complete. */
  result: ResultSource;
  ranAt: Date;
  /** Other complete results, to join with. */
  others: readonly OtherResult[];
  /** `mark` says what the new result is. */
  onResult: (answer: AskedAgain & { mark: string }) => void;
  onClose: () => void;
};

const isText = (target: EventTarget): boolean =>
  target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === "text");

/** Builds a question to a finished result, shows it as SQL that can be edited, and asks it in the page. */
export function AskAgainPanel({ scope, result, ranAt, others, onResult, onClose }: AskAgainPanelProps) {
  const sqlId = useId();
  const [other, setOther] = useState<OtherResult | null>(null);
  const { value: ask, set, undo, redo } = useUndo(NOTHING_ASKED);
  const [sql, setSql] = useState<string | null>(null);
  const asking = useAskAgain(scope, result, other?.source ?? null);
  const choices = columnChoices(result.columns, ask.join === null ? null : (other?.source.columns ?? null));
  const mark = `Asked again of the result of ${formatClock(ranAt)}, ${formatNumber(result.rows)} rows. The SQL was not run again.`;

  const build = async () => setSql((await asking.compile(ask)) ?? sql);
  const run = async () => {
    const text = sql ?? (await asking.compile(ask));
    if (text === null) return;
    setSql(text);
    const answer = await asking.run(text);
    if (answer !== null) onResult({ ...answer, mark });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const isCommand = event.ctrlKey || event.metaKey;
    if (isCommand && event.key === "Enter") void run();
    else if (isCommand && event.key === "." && asking.isAsking) asking.cancel();
    else if (isCommand && event.key.toLowerCase() === "z" && !isText(event.target))
      (event.shiftKey ? redo : undo)?.();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the form as a whole; each act has a button
    <div className="relative flex flex-col gap-3 p-3" onKeyDown={onKeyDown}>
      {asking.isAsking && <LoadingBar label="Asking the result" />}
      <p className="text-12 text-ink-2">{mark}</p>
      <JoinFields
        ask={ask}
        onChange={(next, chosen) => {
          setOther(chosen);
          setSql(null);
          set(next);
        }}
        other={other}
        others={others}
        result={result}
      />
      <AskAgainForm
        ask={ask}
        choices={choices}
        onChange={(next) => {
          setSql(null);
          set(next);
        }}
      />
      <div>
        <div className="flex items-baseline justify-between">
          <label className="font-semibold text-12.5" htmlFor={sqlId}>
            SQL of DuckDB
          </label>
          <button className="link text-12" onClick={() => void build()} type="button">
            Show the SQL
          </button>
        </div>
        <textarea
          className="mt-1 h-28 w-full rounded-2 border border-ctl bg-raised p-2 font-mono text-12"
          id={sqlId}
          onChange={(event) => setSql(event.target.value)}
          placeholder="Show what the form asks, or write a SELECT over result"
          spellCheck={false}
          value={sql ?? ""}
        />
      </div>
      {asking.brought !== null && (
        <p className="text-12 text-ink-2">
          {`Bringing ${formatNumber(asking.brought.rows)} of ${formatNumber(asking.brought.ofRows)} rows here.`}
        </p>
      )}
      {asking.failure !== null && (
        <FailurePanel failure={asking.failure} stillTrue="The result is as it was." />
      )}
      <div className="flex flex-wrap gap-2">
        <Button
          disabledReason={undo === null ? "Nothing was changed yet." : null}
          onClick={() => {
            setSql(null);
            undo?.();
          }}
        >
          Undo
        </Button>
        <Button
          disabledReason={redo === null ? "Nothing was taken back." : null}
          onClick={() => {
            setSql(null);
            redo?.();
          }}
        >
          Redo
        </Button>
        <span className="flex-1" />
        <Button onClick={onClose}>Close</Button>
        {asking.isAsking ? (
          <Button onClick={asking.cancel}>Cancel</Button>
        ) : (
          <Button kind="primary" onClick={() => void run()}>
            Ask
          </Button>
        )}
      </div>
    </div>
  );
}

"use client";

import { useEffect, useMemo } from "react";
import { classNames } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/EmptyState";
import { useQueryParam } from "@/components/ui/useQueryParam";
import { PREVIEW_ROWS } from "@/domain/query/preview-statement";
import { browserSource } from "../browser/browser-executor";
import type { Chart } from "../drafts/draft";
import { PlanTab } from "../plan/PlanTab";
import type { Asked } from "../statements/AskAgainSide";
import {
  loadResultPanel,
  RESULT_VIEWS,
  ResultBody,
  type ResultViewName,
  ServerResultBody,
} from "../statements/ResultBody";
import { StatementMessage, type StatementMessageProps } from "../statements/StatementMessage";
import { StatementTabs } from "../statements/StatementTabs";
import { hasRows, type Statement } from "../statements/statement";

const WORDS: Record<ResultViewName, string> = {
  grid: "Grid",
  chart: "Chart",
  columns: "Columns",
  plan: "Plan",
};

export type ResultAreaProps = {
  workspace: string;
  scope: string;
  /** How the result of the text is drawn. */
  chart: Chart;
  onChart: (chart: Chart) => void;
  onAsked: (asked: Asked) => void;
  statements: Statement[];
  active: Statement | null;
  onSelect: (key: string) => void;
  onClose: (keys: string[]) => void;
  onGoTo: (statement: Statement) => void;
  onRerun: (statement: Statement) => void;
  onCancel: () => void;
};

/** A tab for each statement; of the chosen one its rows, chart, columns or plan. */
export function ResultArea(props: ResultAreaProps) {
  const { workspace, statements, active, onSelect, onClose, onGoTo, onRerun, onCancel } = props;
  const param = useQueryParam("view");
  const view = RESULT_VIEWS.find((each) => each === param.value) ?? "grid";
  return (
    <section aria-label="Result" className="flex min-h-0 flex-1 flex-col bg-panel" data-pane="" tabIndex={-1}>
      <div className="flex h-[30px] shrink-0 items-stretch border-line-2 border-b bg-sunken">
        <StatementTabs
          activeKey={active?.key ?? null}
          onClose={onClose}
          onSelect={onSelect}
          statements={statements}
        />
        {active !== null && (
          <ViewTabs onView={(next) => param.set(next === "grid" ? null : next)} view={view} />
        )}
      </div>
      <div
        aria-label={`Result as ${WORDS[view].toLowerCase()}`}
        className="min-h-0 flex-1 overflow-auto"
        id="result-view"
        role="tabpanel"
      >
        {active === null && (
          <EmptyState title="Nothing was run in this text yet.">
            Ctrl Enter runs the statement at the cursor, Ctrl Shift Enter all of them, one after the other.
          </EmptyState>
        )}
        {active !== null && view === "plan" && (
          <PlanTab key={active.key} statement={active} workspace={workspace} />
        )}
        {active !== null && view !== "plan" && (
          <Body
            message={{
              statement: active,
              onCancel,
              onGoTo: () => onGoTo(active),
              onRerun: () => onRerun(active),
            }}
            chart={props.chart}
            onAsked={props.onAsked}
            onChart={props.onChart}
            scope={props.scope}
            statements={statements}
            view={view}
            workspace={workspace}
          />
        )}
      </div>
    </section>
  );
}

type BodyProps = Pick<
  ResultAreaProps,
  "workspace" | "scope" | "statements" | "chart" | "onChart" | "onAsked"
> & {
  view: ResultViewName;
  message: StatementMessageProps;
};

function Body({ workspace, scope, statements, chart, onChart, onAsked, view, message }: BodyProps) {
  const { statement } = message;
  useEffect(() => {
    // Code over the network: it comes while the engine works. Where it cannot be had, drawing says so.
    loadResultPanel().catch(() => undefined);
  }, []);
  const others = useMemo(
    () => statements.filter(hasRows).filter(({ status }) => status === "succeeded"),
    [statements],
  );
  if (!hasRows(statement)) return <StatementMessage {...message} />;
  const { id } = statement.run;
  const source = browserSource(id);
  const props = {
    limit: statement.previewOf === null ? null : PREVIEW_ROWS,
    ...{ statement, view, workspace, scope, others, chart, onChart, onAsked },
  };
  return source === null ? (
    <ServerResultBody key={id} {...props} />
  ) : (
    <ResultBody key={id} {...props} source={source} />
  );
}

function ViewTabs({ view, onView }: { view: ResultViewName; onView: (view: ResultViewName) => void }) {
  return (
    <div aria-label="Shown as" className="flex shrink-0 items-stretch px-1" role="tablist">
      {RESULT_VIEWS.map((each, at) => (
        <button
          aria-controls="result-view"
          aria-selected={each === view}
          className={classNames(
            "px-2.5 text-title focus-visible:outline-offset-[-2px]",
            each === view
              ? "bg-panel font-semibold text-ink shadow-[inset_0_-2px_0_var(--accent)]"
              : "text-ink-2 hover:text-ink",
          )}
          id={`result-as-${each}`}
          key={each}
          onClick={() => onView(each)}
          onKeyDown={(event) => {
            const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
            const next = RESULT_VIEWS[(at + step + RESULT_VIEWS.length) % RESULT_VIEWS.length];
            if (step === 0 || next === undefined) return;
            onView(next);
            document.getElementById(`result-as-${next}`)?.focus();
          }}
          role="tab"
          tabIndex={each === view ? 0 : -1}
          type="button"
        >
          {WORDS[each]}
        </button>
      ))}
    </div>
  );
}

"use client";

import { formatCount } from "@/components/ui/format";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { Problem } from "@/domain/pipelines/problems/problem";

/** More are counted, not listed: whoever has thousands mends them one by one all the same. */
const MOST = 200;

export type ProblemListProps = {
  problems: readonly Problem[];
  /** The line of a problem in the text, from 1; null where the text has no such place. */
  lineOf: (pointer: string) => number | null;
  whyReadOnly: string | null;
  onGoTo: (problem: Problem) => void;
  onFix: (problem: Problem) => void;
};

/** What is wrong with the pipeline, each with its place and, where one is known, its mending. */
export function ProblemList({ problems, lineOf, whyReadOnly, onGoTo, onFix }: ProblemListProps) {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const warnings = problems.length - errors;
  return (
    <section aria-label="Problems" className="flex min-h-0 flex-col bg-panel" data-pane="" tabIndex={-1}>
      <header className="flex h-[30px] shrink-0 items-center gap-3 border-line border-b px-3">
        <h2 className="font-semibold text-title">Problems</h2>
        {errors > 0 && <StateGlyph label={formatCount(errors, "error")} state="failed" />}
        {warnings > 0 && <StateGlyph label={formatCount(warnings, "warning")} state="warning" />}
        {problems.length === 0 && <StateGlyph label="none" state="succeeded" />}
        <span className="ml-auto text-12 text-ink-2">F8 next problem</span>
      </header>
      <ul className="max-h-[150px] min-h-0 overflow-auto">
        {problems.slice(0, MOST).map((problem) => {
          const line = lineOf(problem.pointer);
          const { fix } = problem;
          return (
            <li
              className="flex items-baseline gap-x-3 border-line border-b px-3 py-1 text-12"
              key={`${problem.pointer} ${problem.code} ${problem.message}`}
            >
              <StateGlyph
                className="shrink-0"
                label={problem.severity}
                size={12}
                state={problem.severity === "error" ? "failed" : "warning"}
                word="spoken"
              />
              <button className="link shrink-0 font-mono" onClick={() => onGoTo(problem)} type="button">
                {problem.taskId ?? "pipeline"}
                {line !== null && <span className="text-ink-3">:{line}</span>}
              </button>
              <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                {problem.message}{" "}
                {problem.hint !== null && <span className="text-ink-2">{problem.hint}</span>}
              </span>
              {fix !== undefined && whyReadOnly === null && (
                <button className="link shrink-0 font-semibold" onClick={() => onFix(problem)} type="button">
                  {fix.label}
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {problems.length > MOST && (
        <p className="border-line border-t px-3 py-1 text-12 text-ink-2">
          The first {MOST} of {formatCount(problems.length, "problem")}.
        </p>
      )}
    </section>
  );
}

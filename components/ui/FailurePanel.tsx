import type { ReactNode } from "react";
import { classNames } from "./class-names";
import type { ShownFailure } from "./failure-of";
import { StateGlyph } from "./StateGlyph";

export type FailurePanelProps = {
  failure: ShownFailure;
  /** What is still true, for example "The earlier result stays below." */
  stillTrue?: string;
  /** Underlying error in its own words, for example a traceback. */
  detail?: string | null;
  actions?: ReactNode;
  className?: string;
};

/** What failed, why, what is still true and the next step. */
export function FailurePanel({ failure, stillTrue, detail, actions, className }: FailurePanelProps) {
  return (
    <div
      className={classNames("border-err border-l-[3px] bg-err-wash px-3 py-2.5 text-ink", className)}
      role="alert"
    >
      <p className="flex items-start gap-2 font-semibold">
        <StateGlyph className="h-[18px]" state="failed" word="none" />
        <span className="min-w-0 [overflow-wrap:anywhere]">{failure.message}</span>
      </p>
      {failure.hint && <p className="mt-1 text-ink-2">{failure.hint}</p>}
      {(failure.errors ?? []).length > 0 && (
        <ul className="mt-1 text-12">
          {failure.errors?.map((error) => (
            <li key={`${error.pointer}${error.message}`}>
              <code>{error.pointer || "/"}</code> {error.message}
            </li>
          ))}
        </ul>
      )}
      {detail && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <pre className="mt-2 max-h-60 overflow-auto whitespace-pre-wrap text-11" tabIndex={0}>
          {detail}
        </pre>
      )}
      {stillTrue !== undefined && <p className="mt-1 text-ink-2">{stillTrue}</p>}
      {actions !== undefined && <div className="mt-2 flex gap-3">{actions}</div>}
    </div>
  );
}

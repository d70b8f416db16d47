import { formatCount } from "@/components/ui/format";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { InputError } from "@/domain/shared/failure";

export type DocumentProblemsProps = {
  errors: (InputError & { line: number | null })[];
  onGoTo: (pointer: string) => void;
};

/** Every complaint about the document, with its place. */
export function DocumentProblems({ errors, onGoTo }: DocumentProblemsProps) {
  return (
    <section aria-label="Problems" className="max-h-48 overflow-auto border-line border-t">
      <h3 className="px-3 py-1.5 font-semibold text-title">
        Problems{" "}
        <StateGlyph className="ml-2 font-normal" label={formatCount(errors.length, "error")} state="failed" />
      </h3>
      <ul>
        {errors.map((error) => (
          <li
            className="flex flex-wrap items-baseline gap-x-3 border-line border-t px-3 py-1 text-12"
            key={`${error.pointer} ${error.message}`}
          >
            <code>{error.pointer || "whole document"}</code>
            <span className="min-w-0">{error.message}</span>
            {error.line !== null && (
              <button className="link ml-auto" onClick={() => onGoTo(error.pointer)} type="button">
                Go to line {error.line}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

import type { DiffLine } from "@/domain/shared/diff-lines";

const SIGNS = { same: " ", added: "+", removed: "−" } as const;
const WORDS = { same: "", added: "new: ", removed: "gone: " } as const;
const GROUNDS = {
  same: "",
  added: "bg-ok-wash",
  removed: "bg-err-wash",
} as const;

/** Lines with + and − in the gutter. */
export function DiffText({ label, lines }: { label: string; lines: DiffLine[] }) {
  return (
    <ol aria-label={label} className="overflow-x-auto py-2 font-mono text-12">
      {lines.map(({ kind, text }, place) => (
        <li
          className={`flex whitespace-pre px-3 ${GROUNDS[kind]}`}
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity but its place
          key={place}
        >
          <span aria-hidden="true" className="w-5 shrink-0 text-ink-2">
            {SIGNS[kind]}
          </span>
          <span className="sr-only">{WORDS[kind]}</span>
          <span>{text === "" ? " " : text}</span>
        </li>
      ))}
    </ol>
  );
}

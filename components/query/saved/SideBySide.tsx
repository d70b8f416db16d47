import { classNames } from "@/components/ui/class-names";
import type { SideLine, SidePair } from "./prepare-side-by-side";

export type SideBySideProps = { label: string; left: string; right: string; pairs: SidePair[] };

/** Two texts beside each other, with their line numbers; what differs has a ground and a sign. */
export function SideBySide({ label, left, right, pairs }: SideBySideProps) {
  return (
    <table aria-label={label} className="w-full table-fixed font-mono text-12">
      <thead>
        <tr className="text-left text-ink-2">
          <th className="border-line border-b px-3 py-1 font-semibold font-sans" scope="col">
            {left}
          </th>
          <th className="border-line border-b border-l px-3 py-1 font-semibold font-sans" scope="col">
            {right}
          </th>
        </tr>
      </thead>
      <tbody>
        {pairs.map((pair, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity but its place
          <tr key={place}>
            <Side ground="bg-err-wash" line={pair.left} sign="−" word="gone: " />
            <Side ground="bg-ok-wash" isRight line={pair.right} sign="+" word="new: " />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type SideProps = { line: SideLine | null; sign: string; word: string; ground: string; isRight?: boolean };

function Side({ line, sign, word, ground, isRight = false }: SideProps) {
  return (
    <td
      className={classNames(
        "whitespace-pre-wrap align-top [overflow-wrap:anywhere]",
        isRight && "border-line border-l",
        line === null ? "hatch" : line.isChanged && ground,
      )}
    >
      {line !== null && (
        <span className="flex">
          <span aria-hidden="true" className="w-10 shrink-0 select-none pr-2 text-right text-ink-2">
            {line.number}
          </span>
          <span aria-hidden="true" className="w-4 shrink-0 text-ink-2">
            {line.isChanged ? sign : ""}
          </span>
          {line.isChanged && <span className="sr-only">{word}</span>}
          <span>{line.text}</span>
        </span>
      )}
    </td>
  );
}

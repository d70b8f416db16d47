import type { EngineRow } from "@/components/shell/prepare-engines";
import { Duration } from "@/components/ui/Duration";
import { StateGlyph } from "@/components/ui/StateGlyph";

const HEADS = [
  "Engine, version",
  "State, what it is doing",
  "Since",
  "What it is for",
  "If it stays missing",
];
const CELL = "border-line border-b px-3 py-1.5 align-top";
const PLACEHOLDERS = ["one", "two", "three", "four"];

/** One row for each engine; null draws the head over empty rows. */
export function EngineTable({ rows }: { rows: EngineRow[] | null }) {
  return (
    <table className="w-full text-left">
      <thead className="text-12 text-ink-2">
        <tr>
          {HEADS.map((head) => (
            <th className="border-line-2 border-b px-3 py-1.5 font-semibold" key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows === null &&
          PLACEHOLDERS.map((key) => (
            <tr key={key}>
              <td className={CELL} colSpan={HEADS.length}>
                <span className="block h-8 w-2/3 bg-sunken" />
              </td>
            </tr>
          ))}
        {rows?.map((row) => (
          <tr key={row.key}>
            <th className={`${CELL} font-semibold`} scope="row">
              {row.label}
              <span className="block font-normal text-12 text-ink-2">
                {row.version ?? "no version known"}
              </span>
            </th>
            <td className={CELL}>
              <StateGlyph className="font-semibold" state={row.status} />
              {row.detail && <span className="block max-w-[60ch] text-12 text-ink-2">{row.detail}</span>}
            </td>
            <td className={`${CELL} whitespace-nowrap text-ink-2`}>
              {row.sinceMs === undefined ? (
                <em className="text-ink-3">null</em>
              ) : (
                <Duration end={null} start={new Date(row.sinceMs)} />
              )}
            </td>
            <td className={`${CELL} text-ink-2`}>{row.purpose}</td>
            <td className={`${CELL} text-12 ${row.status === "up" ? "text-ink-3" : "text-ink-2"}`}>
              {row.ifMissing}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

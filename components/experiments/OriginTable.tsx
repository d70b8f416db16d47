import { classNames } from "@/components/ui/class-names";
import { formatCount, formatDifference, formatNumber } from "@/components/ui/format";
import { type Head, HeaderRow } from "@/components/ui/HeaderRow";
import type { OriginErrors } from "./prepare-origins";

export type OriginTableProps = {
  origins: OriginErrors[];
  holdout: { start: string; label: string | null };
  /** Length of every origin's back-test; null where there is none. */
  days: number | null;
  shown: string | null;
  onShow: (origin: string) => void;
};

const HEADS: Head[] = ["Origin", { number: "WAPE, %" }, { number: "Bias, %" }, { number: "In interval" }];

/** Errors by origin; choosing one draws its back-test. */
export function OriginTable({ origins, holdout, days, shown, onShow }: OriginTableProps) {
  return (
    <table className="w-full text-right">
      <caption className="px-3 py-1.5 text-left font-semibold text-title">
        WAPE by origin{days !== null && `, ${formatCount(days, "day")} ahead each`}
      </caption>
      <thead className="border-line-2 border-t text-12 text-ink-2">
        <HeaderRow heads={HEADS} isDense />
      </thead>
      <tbody>
        {origins.map((origin) => (
          <tr
            className={classNames(
              "h-6 [&>*]:border-line [&>*]:border-b [&>*]:px-3",
              origin.origin === shown && "bg-select",
            )}
            key={origin.origin}
          >
            <th className="text-left font-normal" scope="row">
              <button
                aria-pressed={origin.origin === shown}
                className="link"
                onClick={() => onShow(origin.origin)}
                type="button"
              >
                {origin.origin}
              </button>
              {origin.origin === holdout.start && (
                <span className="ml-2 text-12 text-ink-2">
                  holdout{holdout.label !== null && `, ${holdout.label}`}
                </span>
              )}
            </th>
            <td>{origin.wape === null ? "null" : formatNumber(origin.wape * 100, 1)}</td>
            <td>{origin.bias === null ? "null" : formatDifference(origin.bias * 100, 1)}</td>
            <td>{origin.of === 0 ? "no interval" : `${origin.inside} of ${origin.of}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

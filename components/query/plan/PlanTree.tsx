"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { formatDuration, formatNumber, formatShare } from "@/components/ui/format";
import { HeaderRow } from "@/components/ui/HeaderRow";
import { Tag } from "@/components/ui/Tag";
import type { PlanRow } from "./prepare-plan";

const PLANNED = ["Step", { number: "Estimated" }];
const MEASURED = [
  "Step",
  { number: "Rows" },
  { number: "Estimated" },
  { number: "Time" },
  "Share of the time",
];
const FAR_OFF = 10;

/** The steps of a plan: what each does and, where it was run, how many rows it gave and where the time went. */
export function PlanTree({ rows, onToggle }: { rows: PlanRow[]; onToggle: (id: string) => void }) {
  const isMeasured = rows.some(({ rows: given, ms }) => given !== null || ms !== null);
  return (
    <table className="w-full">
      <thead className="sticky top-0 bg-panel text-12 text-ink-2">
        <HeaderRow heads={isMeasured ? MEASURED : PLANNED} isDense />
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr className="align-top hover:bg-hover [&>*]:border-line [&>*]:border-b [&>*]:py-1" key={row.id}>
            <th className="px-3 text-left font-normal" scope="row">
              <div className="flex items-start gap-1" style={{ paddingLeft: 16 * row.depth }}>
                {row.hasChildren ? (
                  <button
                    aria-expanded={row.isOpen}
                    aria-label={`Steps below ${row.name}`}
                    className="pt-0.5 text-ink-3"
                    onClick={() => onToggle(row.id)}
                    type="button"
                  >
                    {row.isOpen ? <ChevronDown size={13} /> : <ChevronRight size={13} />}
                  </button>
                ) : (
                  <span className="w-[13px] shrink-0" />
                )}
                <div className="min-w-0">
                  <code className="font-semibold text-12">{row.name}</code>
                  {row.details.map(({ label, text }) => (
                    <p className="text-12 text-ink-2 [overflow-wrap:anywhere]" key={`${label} ${text}`}>
                      {label !== "" && `${label}: `}
                      <code>{text}</code>
                    </p>
                  ))}
                </div>
              </div>
            </th>
            {isMeasured && (
              <td className="whitespace-nowrap px-3 text-right">
                {row.rows === null ? "" : formatNumber(row.rows)}
              </td>
            )}
            <td className="whitespace-nowrap px-3 text-right text-ink-2">
              {row.missFactor !== null && row.missFactor >= FAR_OFF && (
                <Tag kind="warn">{formatNumber(row.missFactor)} × off</Tag>
              )}{" "}
              {row.estimatedRows === null ? "" : formatNumber(Math.round(row.estimatedRows))}
            </td>
            {isMeasured && (
              <>
                <td className="whitespace-nowrap px-3 text-right">
                  {row.ms === null ? "" : formatDuration(row.ms)}
                </td>
                <td className="w-[180px] px-3">{row.share !== null && <ShareBar share={row.share} />}</td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ShareBar({ share }: { share: number }) {
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden="true" className="h-2 w-[100px] bg-sunken">
        <span className="block h-2 bg-ctl" style={{ width: `${100 * share}%` }} />
      </span>
      <span className="text-12 text-ink-2">{formatShare(share, 0)}</span>
    </span>
  );
}

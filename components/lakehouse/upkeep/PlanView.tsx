import { formatBytes, formatCount } from "@/components/ui/format";
import { type Head, HeaderRow } from "@/components/ui/HeaderRow";
import type { Plan } from "../lake-types";
import type { PlanLine } from "./prepare-plan";

const HEADS: Head[] = ["(Measure)", { number: "Now" }, { number: "After" }, { number: "Difference" }];
const MOST = 500;

/** A plan: now, after, the difference, and the exact files that go. */
export function PlanView({ plan, lines }: { plan: Plan; lines: PlanLine[] }) {
  const shown = plan.files.slice(0, MOST);
  return (
    <>
      <table className="w-full max-w-[720px]">
        <thead className="text-12 text-ink-2">
          <HeaderRow heads={HEADS} isDense />
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr className="h-6 [&>*]:border-line [&>*]:border-b [&>*]:px-3" key={line.label}>
              <th className="text-left font-normal" scope="row">
                {line.label}
              </th>
              <td className="text-right">{line.now}</td>
              <td className="text-right font-semibold">{line.after}</td>
              <td className={`text-right ${line.isWorse ? "text-warn" : ""}`}>
                {line.difference}
                {line.isWorse && <span className="sr-only">, this gets worse</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="max-w-[72ch] px-3 py-2 text-ink-2">{plan.words}</p>
      {plan.snapshotIds.length > 0 && (
        <Exact
          items={plan.snapshotIds}
          title={`${formatCount(plan.snapshotIds.length, "snapshot")} that go`}
        />
      )}
      {plan.files.length > 0 && (
        <Exact
          items={shown}
          title={`${formatCount(plan.files.length, "file")} that go, ${formatBytes(plan.bytesIn - plan.bytesOut)}${shown.length < plan.files.length ? `; the first ${MOST} are listed` : ""}`}
        />
      )}
    </>
  );
}

function Exact({ title, items }: { title: string; items: string[] }) {
  return (
    <details className="border-line border-t px-3 py-1.5" open={items.length <= 12}>
      <summary className="text-12">{title}</summary>
      <ul className="mt-1 max-h-[240px] overflow-auto text-12">
        {items.map((item) => (
          <li className="[overflow-wrap:anywhere]" key={item}>
            <code>{item}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}

import { EmptyState } from "@/components/ui/EmptyState";
import { HeaderRow } from "@/components/ui/HeaderRow";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { DataSetTabProps } from "../data-set-types";
import { shortVersion } from "../short-version";

const HEADS = ["What", "Others saw before", "Others see since", "When", "By", "Note"] as const;

/** Who let others see what and when, newest first. */
export function PublicationList({ dataSet }: DataSetTabProps) {
  const { publications } = dataSet;
  const undone = new Set(publications.flatMap(({ undoes }) => undoes ?? []));
  if (publications.length === 0)
    return (
      <EmptyState title="Nothing of it was published here yet.">
        {dataSet.kind === "table"
          ? "Readers see what syncs and pipelines write to main. Publishing a branch is recorded here."
          : "Each publication and each undo is recorded here, with who, what and when."}
      </EmptyState>
    );
  return (
    <table className="w-full">
      <thead className="sticky top-0 z-10 bg-panel text-12 text-ink-2">
        <HeaderRow heads={HEADS} />
      </thead>
      <tbody>
        {publications.map((each) => (
          <tr className="h-[28px] hover:bg-hover [&>*]:border-line [&>*]:border-b [&>*]:px-3" key={each.id}>
            <td className="whitespace-nowrap">
              <What act={each.act} isUndone={undone.has(each.id)} status={each.status} />
            </td>
            <td className="text-ink-2" title={each.previousVersion ?? undefined}>
              {each.previousVersion === null ? "nothing" : shortVersion(each.previousVersion)}
            </td>
            <td title={each.version ?? undefined}>
              {each.version === null ? "nothing" : shortVersion(each.version)}
              {each.branch !== null && <span className="text-ink-2"> from {each.branch}</span>}
            </td>
            <td className="whitespace-nowrap">
              <RelativeTime at={each.at} />
            </td>
            <td>{each.by}</td>
            <td className="max-w-[48ch] text-ink-2 [overflow-wrap:anywhere]">{each.note}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function What({ act, status, isUndone }: { act: string; status: string; isUndone: boolean }) {
  if (status === "intended")
    return <StateGlyph label={`${act}, not known yet whether it took place`} state="waiting" />;
  if (act === "undo") return <StateGlyph label="undone" state="cancelled" />;
  return (
    <StateGlyph
      label={isUndone ? "published, undone since" : "published"}
      state={isUndone ? "skipped" : "succeeded"}
    />
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { BlockActions } from "@/components/datasets/BlockActions";
import { useTRPC } from "@/components/trpc";
import { CONTROL_CLASS } from "@/components/ui/Field";
import type { DashboardItem } from "@/domain/datasets/dashboard-content";

export type DashboardItemFieldsProps = {
  workspace: string;
  item: DashboardItem;
  reports: { name: string; title: string }[];
  /** Counted from 0. */
  place: number;
  isFirst: boolean;
  isLast: boolean;
  onChange: (item: DashboardItem) => void;
  onMove: (by: number) => void;
  onRemove: () => void;
};

const WIDTHS = ["third", "half", "full"] as const;
const WHOLE = "";

/** Which report, which of its blocks, how wide. */
export function DashboardItemFields(props: DashboardItemFieldsProps) {
  const { workspace, item, reports, place, isFirst, isLast, onChange, onMove, onRemove } = props;
  const trpc = useTRPC();
  const report = useQuery(trpc.reports.get.queryOptions({ workspace, name: item.report }, { retry: false }));
  const blocks = report.data?.content.blocks ?? [];
  const isKnown = reports.some(({ name }) => name === item.report);
  const { block: _block, ...whole } = item;
  const select = `${CONTROL_CLASS} !w-auto mt-0.5 block`;
  return (
    <fieldset className="flex flex-wrap items-end gap-3 border border-line p-2 text-12 text-ink-2">
      <legend className="sr-only">Block {place + 1}</legend>
      <label>
        Report
        <select
          className={select}
          onChange={(event) => onChange({ width: item.width, report: event.target.value })}
          value={item.report}
        >
          {!isKnown && <option value={item.report}>{item.report}, which is not there</option>}
          {reports.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <label>
        Shows
        <select
          className={select}
          onChange={(event) =>
            onChange(event.target.value === WHOLE ? whole : { ...item, block: Number(event.target.value) })
          }
          value={item.block ?? WHOLE}
        >
          <option value={WHOLE}>the whole report</option>
          {blocks.map((block, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a block is named by its place
            <option key={index} value={index}>
              {index + 1}: {block.type === "text" ? "text" : block.title || "query"}
            </option>
          ))}
        </select>
      </label>
      <label>
        Width
        <select
          className={select}
          onChange={(event) =>
            onChange({ ...item, width: WIDTHS.find((each) => each === event.target.value) ?? "half" })
          }
          value={item.width}
        >
          {WIDTHS.map((width) => (
            <option key={width} value={width}>
              {width}
            </option>
          ))}
        </select>
      </label>
      <span className="ml-auto flex gap-1">
        <BlockActions isFirst={isFirst} isLast={isLast} onMove={onMove} onRemove={onRemove} place={place} />
      </span>
    </fieldset>
  );
}

import { Box, FileText, LayoutDashboard, type LucideIcon, Table2 } from "lucide-react";
import type { DataSetKind } from "@/domain/datasets/data-set-record";

const ICONS: Record<DataSetKind, LucideIcon> = {
  table: Table2,
  model: Box,
  report: FileText,
  dashboard: LayoutDashboard,
};

/** The kind of a data set as silhouette and word. */
export function KindLabel({ kind }: { kind: DataSetKind }) {
  const Icon = ICONS[kind];
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap align-bottom text-ink-2">
      <Icon aria-hidden="true" className="shrink-0" size={14} />
      {kind}
    </span>
  );
}

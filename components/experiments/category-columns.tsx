import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { formatDifference, formatNumber } from "@/components/ui/format";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { Baseline, CategoryRow, SortKey } from "./prepare-category-rows";
import { WapeBar } from "./WapeBar";

export type CategoryColumn = {
  key: SortKey | "range";
  title: string;
  note: string;
  isNumber: boolean;
  cell: (row: CategoryRow, scaleTop: number) => ReactNode;
};

const percent = (share: number | null) => (share === null ? <Null /> : formatNumber(share * 100, 1));
const Null = () => <span className="text-ink-3">null</span>;

const beside = (baseline: Baseline, title: string): CategoryColumn => ({
  key: baseline,
  title,
  note: "WAPE, %, and pp",
  isNumber: true,
  cell: (row) => {
    const wape = row.baselineWape[baseline];
    const difference = row.difference[baseline];
    return (
      <span className="inline-flex gap-2">
        <span className={row.best === baseline ? "font-bold" : "text-ink-2"}>{percent(wape)}</span>
        <span className={classNames("w-11 text-right", (difference ?? 0) > 0 ? "text-warn" : "text-ink-2")}>
          {difference === null ? "" : formatDifference(difference * 100, 1)}
        </span>
      </span>
    );
  },
});

/** What the table shows of a category, from left to right. */
export const CATEGORY_COLUMNS: CategoryColumn[] = [
  {
    key: "category",
    title: "Category",
    note: "",
    isNumber: false,
    cell: (row) => <span className="font-semibold">{row.category}</span>,
  },
  {
    key: "status",
    title: "Verdict",
    note: "",
    isNumber: false,
    cell: (row) => <StateGlyph label={row.status} state={row.status === "PASS" ? "ok" : "err"} />,
  },
  { key: "model", title: "Model", note: "chosen before", isNumber: false, cell: (row) => row.model },
  {
    key: "wape",
    title: "WAPE",
    note: "back-test, %",
    isNumber: true,
    cell: (row) => <span className={row.best === "model" ? "font-bold" : ""}>{percent(row.wape)}</span>,
  },
  beside("seasonal_naive", "Seasonal naive"),
  beside("mean_4_weekdays", "4-weekday mean"),
  {
    key: "range",
    title: "Model beside both",
    note: "WAPE, one scale",
    isNumber: false,
    cell: (row, scaleTop) => <WapeBar row={row} scaleTop={scaleTop} />,
  },
  {
    key: "mape",
    title: "MAPE",
    note: "%, days counted",
    isNumber: true,
    cell: (row) => (
      <>
        {percent(row.mape)} <span className="text-12 text-ink-2">{formatNumber(row.mapeDays)} d</span>
      </>
    ),
  },
  {
    key: "rmse",
    title: "RMSE",
    note: "units",
    isNumber: true,
    cell: (row) => (row.rmse === null ? <Null /> : formatNumber(row.rmse, 1)),
  },
  {
    key: "bias",
    title: "Bias",
    note: "%",
    isNumber: true,
    cell: (row) => (row.bias === null ? <Null /> : formatDifference(row.bias * 100, 1)),
  },
  {
    key: "holdoutWape",
    title: "Holdout",
    note: "WAPE, %",
    isNumber: true,
    cell: (row) => percent(row.holdoutWape),
  },
  { key: "days", title: "Days", note: "back-test", isNumber: true, cell: (row) => formatNumber(row.days) },
  {
    key: "registeredModel",
    title: "Registered model",
    note: "",
    isNumber: false,
    cell: (row) =>
      row.registeredModel === null ? <Null /> : <code className="text-12">{row.registeredModel}</code>,
  },
];

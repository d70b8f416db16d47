import { prepareCell } from "@/components/grid/prepare-cell";
import { formatCount } from "@/components/ui/format";
import { isNumber } from "@/domain/query/compile/column-kind";
import type { ColumnProfile } from "@/domain/query/compile/column-profile";
import type { HeadProfile } from "./head-profile";

const LONGEST = 14;
const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** What the head of a column draws of its profile: bars of numbers and times, else those of the most frequent values. */
export function prepareHeadProfile(profile: ColumnProfile): HeadProfile {
  const { rows, nulls, histogram, top, distinct, kind } = profile;
  const nullShare = rows === 0 ? null : nulls / rows;
  if (histogram.length > 0) {
    const highest = Math.max(1, ...histogram.map((bar) => bar.rows));
    const type = isNumber(kind) ? "decimal" : "varchar";
    const edge = (text: string | null) => (text === null ? "" : short(prepareCell(text, type).text));
    return {
      nullShare,
      bars: histogram.map((bar) => (bar.rows === 0 ? 0 : Math.max(0.04, bar.rows / highest))),
      from: edge(profile.smallest),
      to: edge(profile.largest),
    };
  }
  const values = top?.values ?? [];
  const most = Math.max(1, ...values.map((value) => value.rows));
  return {
    nullShare,
    bars: values.map((value) => value.rows / most),
    from:
      distinct === null ? "" : `${distinct.isExact ? "" : "about "}${formatCount(distinct.count, "value")}`,
    to: "",
    isCategorical: true,
  };
}

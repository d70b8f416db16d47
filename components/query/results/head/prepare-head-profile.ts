import { formatCount } from "@/components/ui/format";
import type { ColumnProfile } from "@/domain/query/compile/column-profile";
import { rangeWords } from "../../explorer/range-words";
import type { HeadProfile } from "./head-profile";

/** What the head of a column draws of its profile: bars of numbers and times, else those of the most frequent values. */
export function prepareHeadProfile(profile: ColumnProfile): HeadProfile {
  const { rows, nulls, histogram, top, distinct } = profile;
  const nullShare = rows === 0 ? null : nulls / rows;
  const range = rangeWords(profile);
  if (range !== null) {
    const highest = Math.max(1, ...histogram.map((bar) => bar.rows));
    return {
      nullShare,
      bars: histogram.map((bar) => (bar.rows === 0 ? 0 : Math.max(0.04, bar.rows / highest))),
      from: range.low,
      to: range.high,
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

import { formatCount, formatDay, formatInstant, formatNumber, formatShare } from "@/components/ui/format";
import { isTime } from "@/domain/query/compile/column-kind";
import { type ColumnProfile, QUANTILES } from "@/domain/query/compile/column-profile";
import type { ResultFilter } from "@/domain/query/result-view";

const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 3 });
const DAY_US = 86_400_000_000;

/** `84k`, `1.3M`, `−0.012`; very large and very small numbers with an exponent. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e15 || size < 1e-3)) return value.toExponential(1).replaceAll("-", "−");
  return compact.format(value).replace("K", "k").replace("-", "−");
}

/** A place on the axis of a histogram, as exact as the span asks for. */
export function axisText(value: number, profile: Pick<ColumnProfile, "kind">, span: number): string {
  if (!isTime(profile.kind)) return shortNumber(value);
  const at = new Date(value / 1000);
  if (Number.isNaN(at.getTime())) return "";
  if (profile.kind === "date" || span >= 3 * DAY_US) return formatDay(at);
  return span < DAY_US ? formatInstant(at).slice(-8) : formatInstant(at).slice(0, -3);
}

export function nullWords({ rows, nulls }: ColumnProfile): { text: string; isSome: boolean } {
  if (rows === 0) return { text: "no rows", isSome: false };
  if (nulls === 0) return { text: "no nulls", isSome: false };
  const share = nulls / rows;
  const text = share < 0.001 ? "< 0.1 %" : share > 0.999 && nulls < rows ? "> 99.9 %" : formatShare(share);
  return { text: `${text} null`, isSome: true };
}

/** `20 distinct`, `≈ 1.25k distinct`, `all distinct`. */
export function distinctWords({ distinct, rows, nulls }: ColumnProfile): string {
  if (distinct === null) return "nested: only counted";
  if (distinct.isExact && distinct.count > 1 && distinct.count === rows - nulls) return "all distinct";
  return distinct.isExact
    ? `${formatNumber(distinct.count)} distinct`
    : `≈ ${shortNumber(distinct.count)} distinct`;
}

export type Fact = { label: string; text: string; note?: string };

/** The facts of a column, in the order of the sheet: from the greatest to the least, then what is missing. */
export function columnFacts(profile: ColumnProfile): Fact[] {
  const { quantiles, histogram, rows, nulls, distinct } = profile;
  const last = histogram.at(-1);
  const span = last === undefined ? 0 : last.to - (histogram[0]?.from ?? 0);
  const places = QUANTILES.map((share, index) => ({
    label: `p${Math.round(share * 100)}`,
    text: axisText(quantiles?.values[index] ?? Number.NaN, profile, span),
    ...(quantiles?.isExact === false ? { note: "estimated" } : {}),
  })).reverse();
  return [
    ...(profile.largest === null ? [] : [{ label: "max", text: withMinus(profile.largest, profile) }]),
    ...(quantiles === null ? [] : places),
    ...(profile.smallest === null ? [] : [{ label: "min", text: withMinus(profile.smallest, profile) }]),
    ...(profile.mean === null ? [] : [{ label: "mean", text: shortNumber(profile.mean) }]),
    { label: "rows", text: formatNumber(rows) },
    { label: "null", text: formatNumber(nulls), ...(nulls > 0 ? { note: nullWords(profile).text } : {}) },
    ...(profile.empty > 0 ? [{ label: "empty text", text: formatNumber(profile.empty) }] : []),
    ...(profile.notANumber > 0 ? [{ label: "NaN", text: formatNumber(profile.notANumber) }] : []),
    ...(profile.infinite > 0 ? [{ label: "infinite", text: formatNumber(profile.infinite) }] : []),
    ...(distinct === null
      ? []
      : [
          {
            label: "distinct",
            text: formatNumber(distinct.count),
            ...(distinct.isExact ? {} : { note: "estimated" }),
          },
        ]),
  ];
}

/** Years have no sign. */
const withMinus = (text: string, { kind }: ColumnProfile): string =>
  isTime(kind) ? text : text.replaceAll("-", "−");

/** `Computed on all 6,480 rows, not on a sample.` */
export const originWords = ({ rows }: ColumnProfile): string =>
  `Computed on all ${formatCount(rows, "row")}, not on a sample.`;

/** The rows of one bar as conditions. The outer bars reach to the least and the greatest value with every digit. */
export function filtersOfBar(profile: ColumnProfile, place: number): ResultFilter[] {
  const { column, histogram, smallest, largest } = profile;
  const bar = histogram[place];
  if (bar === undefined) return [];
  const isLast = place === histogram.length - 1;
  const from = place === 0 && smallest !== null ? smallest : boundText(bar.from, profile);
  const to = isLast && largest !== null ? largest : boundText(bar.to, profile);
  return [
    { column, operator: ">=", value: from },
    { column, operator: isLast ? "<=" : "<", value: to },
  ];
}

/** A value that was cut is found by how it begins. */
export function filterOfValue(
  { column }: ColumnProfile,
  value: { text: string; length: number },
): ResultFilter {
  const isCut = value.length > [...value.text].length;
  return { column, operator: isCut ? "starts_with" : "=", value: value.text };
}

function boundText(value: number, { kind }: ColumnProfile): string {
  if (kind === "integer") return Math.abs(value) < 1e21 ? String(BigInt(Math.ceil(value))) : String(value);
  if (!isTime(kind)) return String(value);
  const micros = Math.ceil(value);
  const millis = Math.floor(micros / 1000);
  const text = new Date(millis).toISOString();
  if (kind === "date") return text.slice(0, 10);
  const rest = String(micros - millis * 1000).padStart(3, "0");
  return `${text.slice(0, 10)} ${text.slice(11, 23)}${rest}`;
}

import type { Cell } from "../../ports/rows";
import type { ResultColumn } from "../result-column";
import { type ColumnKind, columnKind, isNumber, isTime } from "./column-kind";
import { type ColumnProfile, type HistogramBar, QUANTILES } from "./column-profile";
import { HISTOGRAM_BARS, type ProfileDepth, profileExactness } from "./compile-profile";

type Exactness = ReturnType<typeof profileExactness>;

const DAY_US = 86_400_000_000;

type Answer = {
  asked: number;
  fact: string;
  place: number;
  a: string | null;
  b: string | null;
  numbers: (number | null)[];
};

/** What the statement of `compileProfile` answered, in ascending order of columns. `rows` and `depth` are what it was compiled with. */
export function readProfiles(
  cells: Cell[][],
  columns: readonly ResultColumn[],
  rows: number,
  depth: ProfileDepth,
): ColumnProfile[] {
  const exact = profileExactness(rows, depth);
  const byColumn = new Map<number, Answer[]>();
  for (const row of cells) {
    const answer = readAnswer(row);
    byColumn.set(answer.asked, [...(byColumn.get(answer.asked) ?? []), answer]);
  }
  return [...byColumn]
    .sort(([one], [other]) => one - other)
    .map(([column, answers]) => readProfile(column, answers, columns[column]?.type ?? "", exact));
}

function readAnswer([asked, fact, place, a, b, numbers]: Cell[]): Answer {
  return {
    asked: Number(asked),
    fact: String(fact),
    place: Number(place),
    a: a === null || a === undefined ? null : String(a),
    b: b === null || b === undefined ? null : String(b),
    numbers: String(numbers)
      .split(" ")
      .map((word) => (word === "-" ? null : Number(word))),
  };
}

function readProfile(column: number, answers: Answer[], type: string, asked: Exactness): ColumnProfile {
  const kind = columnKind(type);
  const { a, b, numbers } = answers.find(({ fact }) => fact === "summary") ?? NOTHING;
  const [rows, known, distinct] = numbers;
  const counts = { rows: rows ?? 0, nulls: (rows ?? 0) - (known ?? 0) };
  const common = { ...BLANK, column, kind, ...counts, smallest: a, largest: b };
  if (kind === "nested") return common;
  const count = Math.min(distinct ?? 0, known ?? 0);
  if (isNumber(kind) || isTime(kind)) {
    const told = readNumbers(kind, answers, numbers.slice(3), asked.isExact);
    const counted =
      told.distinct === null ? { count, isExact: asked.isExact } : { count: told.distinct, isExact: true };
    return { ...common, ...told, distinct: counted };
  }
  return {
    ...common,
    distinct: { count, isExact: asked.isTopExact },
    empty: numbers[3] ?? 0,
    top: { values: readTop(answers), isExact: asked.isTopExact },
  };
}

const NOTHING: Answer = { asked: 0, fact: "summary", place: 0, a: null, b: null, numbers: [] };

const BLANK = {
  distinct: null,
  mean: null,
  quantiles: null,
  notANumber: 0,
  infinite: 0,
  empty: 0,
  histogram: [],
  top: null,
};

/** Whole numbers that have a bar each are counted by their bars, exactly. */
function readNumbers(kind: ColumnKind, answers: Answer[], numbers: (number | null)[], isExact: boolean) {
  const [notANumber, infinite, low = null, , width = null, mean = null, ...quantiles] = numbers;
  const scale = kind === "date" ? DAY_US : 1;
  const histogram = low === null || width === null ? [] : readBars(answers, low, width, scale);
  const hasBarEach =
    (kind === "integer" || kind === "date") && width === 1 && histogram.length < HISTOGRAM_BARS;
  return {
    distinct: hasBarEach ? histogram.filter(({ rows }) => rows > 0).length : null,
    mean: isNumber(kind) ? mean : null,
    quantiles: readQuantiles(quantiles, scale, isExact),
    notANumber: notANumber ?? 0,
    infinite: infinite ?? 0,
    histogram,
  };
}

function readQuantiles(
  values: (number | null)[],
  scale: number,
  isExact: boolean,
): ColumnProfile["quantiles"] {
  const known = values.filter((value) => value !== null);
  if (known.length !== QUANTILES.length) return null;
  return { values: known.map((value) => value * scale), isExact };
}

/** Bars without rows are told too, up to the last one with rows. */
function readBars(answers: Answer[], low: number, width: number, scale: number): HistogramBar[] {
  const counts = new Map(
    answers.filter(({ fact }) => fact === "bar").map(({ place, numbers }) => [place, numbers[0] ?? 0]),
  );
  const last = Math.min(HISTOGRAM_BARS - 1, Math.max(-1, ...counts.keys()));
  return Array.from({ length: last + 1 }, (_, place) => ({
    from: (low + place * width) * scale,
    to: (low + (place + 1) * width) * scale,
    rows: counts.get(place) ?? 0,
  }));
}

const readTop = (answers: Answer[]) =>
  answers
    .filter(({ fact }) => fact === "top")
    .sort((one, other) => one.place - other.place)
    .map(({ a, numbers: [rows, length] }) => ({ text: a ?? "", length: length ?? 0, rows: rows ?? 0 }));

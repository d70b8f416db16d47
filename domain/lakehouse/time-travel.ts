import { type SqlToken as Token, sqlTokens as tokensOf } from "../shared/sql-tokens";
import { unquotedToken } from "../shared/unquoted-token";

/** What a statement says after a table's name: a snapshot's id, the name of a branch or tag, or a time. */
export type Moment =
  | { kind: "snapshot"; snapshotId: string }
  | { kind: "ref"; ref: string }
  | { kind: "time"; at: Date };

/** `lake.sample.orders FOR VERSION AS OF 12`: where it stands in the text, and what it says. */
export type TimeTravel = {
  /** Offsets of the whole phrase, name and moment. */
  start: number;
  end: number;
  /** The parts of the name as written, unquoted. */
  name: string[];
  moment: Moment;
};

export type TimeTravelError = { offset: number; message: string };

const isWord = (token: Token | undefined, ...words: string[]): boolean =>
  token?.kind === "word" && words.includes(token.text.toUpperCase());
const isSign = (token: Token | undefined, sign: string): boolean =>
  token?.kind === "sign" && token.text === sign;
const isName = (token: Token | undefined): token is Token =>
  token?.kind === "word" || token?.kind === "quoted";
const textOf = ({ text }: Token): string => text.slice(1, -1).replaceAll("''", "'");

/**
 * Every `FOR VERSION AS OF …` and `FOR TIMESTAMP AS OF …` of a statement, in their order. A version is a snapshot's id
 * or the name of a branch or tag in quotes; a time is a literal (`TIMESTAMP '2026-01-31 10:00:00 UTC'`, without a zone
 * in UTC) or `current_timestamp` less intervals.
 */
export function findTimeTravel(sql: string, now: Date): { found: TimeTravel[]; errors: TimeTravelError[] } {
  const tokens = tokensOf(sql);
  const found: TimeTravel[] = [];
  const errors: TimeTravelError[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const type = phraseAt(tokens, index);
    if (type === null) continue;
    const named = nameBefore(tokens, index);
    const read = type === "version" ? versionAt(tokens, index + 4) : timeAt(tokens, index + 4, now);
    const offset = tokens[index]?.start ?? 0;
    if (named === null) errors.push({ offset, message: "AS OF must follow the name of a table." });
    else if ("message" in read) errors.push({ offset, message: read.message });
    else {
      const end = tokens[read.next - 1]?.end ?? sql.length;
      found.push({ start: named.start, end, name: named.parts, moment: read.moment });
      index = read.next - 1;
    }
  }
  return { found, errors };
}

function phraseAt(tokens: Token[], index: number): "version" | "time" | null {
  const [first, second, third, fourth] = tokens.slice(index, index + 4);
  if (!(isWord(first, "FOR") && isWord(third, "AS") && isWord(fourth, "OF"))) return null;
  if (isWord(second, "VERSION", "SYSTEM_VERSION")) return "version";
  return isWord(second, "TIMESTAMP", "SYSTEM_TIME") ? "time" : null;
}

function nameBefore(tokens: Token[], index: number): { start: number; parts: string[] } | null {
  const parts: Token[] = [];
  let place = index - 1;
  while (isName(tokens[place])) {
    parts.unshift(tokens[place] as Token);
    if (!isSign(tokens[place - 1], ".")) break;
    place -= 2;
  }
  const [first] = parts;
  if (first === undefined || parts.length > 3 || !isName(tokens[place])) return null;
  return { start: first.start, parts: parts.map(unquotedToken) };
}

type Read = { moment: Moment; next: number } | { message: string };

function versionAt(tokens: Token[], index: number): Read {
  const token = tokens[index];
  if (token?.kind === "number" && /^\d+$/.test(token.text))
    return { moment: { kind: "snapshot", snapshotId: token.text }, next: index + 1 };
  if (token?.kind === "text" && token.text.startsWith("'"))
    return { moment: { kind: "ref", ref: textOf(token) }, next: index + 1 };
  return { message: "A version is the id of a snapshot, or the name of a branch or tag in quotes." };
}

const NOT_A_TIME =
  "A time is written as TIMESTAMP '2026-01-31 10:00:00 UTC', or as current_timestamp - INTERVAL '1' DAY.";

function timeAt(tokens: Token[], index: number, now: Date): Read {
  const token = tokens[index];
  if (isWord(token, "CURRENT_TIMESTAMP", "NOW")) return relativeTime(tokens, index + 1, now);
  const isTyped = isWord(token, "TIMESTAMP", "TIMESTAMPTZ", "DATE");
  const literal = isTyped ? tokens[index + 1] : token;
  const at = literal?.kind === "text" ? readTime(textOf(literal)) : null;
  if (at === null) return { message: NOT_A_TIME };
  return { moment: { kind: "time", at }, next: index + (isTyped ? 2 : 1) };
}

function relativeTime(tokens: Token[], start: number, now: Date): Read {
  let index = isSign(tokens[start], "(") && isSign(tokens[start + 1], ")") ? start + 2 : start;
  let at = now;
  while (isSign(tokens[index], "-") && isWord(tokens[index + 1], "INTERVAL")) {
    const [amount, unit] = tokens.slice(index + 2, index + 4);
    const earlier = amount?.kind === "text" || amount?.kind === "number" ? before(at, amount, unit) : null;
    if (earlier === null) return { message: NOT_A_TIME };
    at = earlier;
    index += 4;
  }
  return { moment: { kind: "time", at }, next: index };
}

const UNIT_MS: Record<string, number> = { SECOND: 1e3, MINUTE: 6e4, HOUR: 36e5, DAY: 864e5, WEEK: 6048e5 };

function before(at: Date, amount: Token, unit: Token | undefined): Date | null {
  const count = Number(amount.kind === "text" ? textOf(amount) : amount.text);
  const name = unit?.text.toUpperCase().replace(/S$/, "") ?? "";
  if (!Number.isFinite(count) || unit?.kind !== "word") return null;
  const length = UNIT_MS[name];
  if (length !== undefined) return new Date(at.getTime() - count * length);
  const months = { MONTH: 1, YEAR: 12 }[name];
  if (months === undefined || !Number.isInteger(count)) return null;
  const moved = new Date(at);
  moved.setUTCMonth(moved.getUTCMonth() - count * months);
  return moved;
}

const TIME =
  /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?))?\s*(Z|UTC|[+-]\d{2}(?::?\d{2})?)?$/i;

/** A date, or a time with or without a zone (then in UTC); null where it is neither. */
export function readTime(text: string): Date | null {
  const [, day, clock = "00:00:00", zone = "Z"] = TIME.exec(text.trim()) ?? [];
  if (day === undefined) return null;
  const offset = /^(Z|UTC)$/i.test(zone)
    ? "Z"
    : `${zone.slice(0, 3)}:${zone.slice(3).replace(":", "") || "00"}`;
  const at = new Date(`${day}T${clock.replace(/(\.\d{3})\d+$/, "$1")}${offset}`);
  return Number.isNaN(at.getTime()) ? null : at;
}

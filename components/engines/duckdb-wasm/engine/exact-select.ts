import type { ResultColumn } from "@/domain/query/result-column";

/** Types that lose something on their way through Arrow, or need dictionaries there: they come as text. */
const AS_TEXT = /^(TIME WITH TIME ZONE|TIMETZ|BIT|BITSTRING|UHUGEINT|BIGNUM|VARINT|TIME_NS|ENUM\(.*\))$/s;
const ENUM_INSIDE = /ENUM\('(?:[^']|'')*'(?:, '(?:[^']|'')*')*\)/g;

/** The type as which a column of this type comes through Arrow; null where it stays what it is. */
export function exactType(type: string): string | null {
  if (AS_TEXT.test(type)) return "VARCHAR";
  const plain = type.replaceAll(ENUM_INSIDE, "VARCHAR");
  return plain === type ? null : plain;
}

/** The statement, its columns cast where Arrow would not carry them exactly; the same text where it does. */
export function exactSelect(sql: string, columns: readonly ResultColumn[]): string {
  const types = columns.map(({ type }) => exactType(type));
  if (types.every((type) => type === null)) return sql;
  const picked = types.map((type, at) => (type === null ? `c${at}` : `CAST(c${at} AS ${type}) AS c${at}`));
  const names = types.map((_, at) => `c${at}`);
  return `SELECT ${picked.join(", ")} FROM (\n${sql}\n) AS exact(${names.join(", ")})`;
}

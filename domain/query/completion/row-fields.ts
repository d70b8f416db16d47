import type { KnownColumn } from "./name-model";

/** The fields of `row(a bigint, b varchar)` or `STRUCT(a BIGINT, b VARCHAR)`; none for other types. */
export function rowFields(type: string): KnownColumn[] {
  const inner = /^(?:row|struct)\s*\((.*)\)$/is.exec(type.trim())?.[1];
  if (inner === undefined) return [];
  return partsOf(inner).map((part) => {
    const [, quoted, plain, rest = ""] = /^\s*(?:"((?:[^"]|"")*)"|([^\s]+))\s+(.*)$/s.exec(part) ?? [];
    return { name: quoted?.replaceAll('""', '"') ?? plain ?? part.trim(), type: rest.trim() };
  });
}

function partsOf(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === "(") depth += 1;
    else if (text[at] === ")") depth -= 1;
    else if (text[at] === "," && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

import type { TableDetail } from "../lake-types";

type Version = TableDetail["schemas"][number];
export type ShapeChange = { sign: "+" | "−" | "~"; column: string; words: string };
export type ShapeVersion = { number: number; schemaId: number; at: Date | null; changes: ShapeChange[] };

const SIGNS: Record<string, ShapeChange["sign"]> = { added: "+", dropped: "−" };
/** The detail of a change is `type double`, `from b` or `from decimal(6,2), type decimal(8,2)`. */
const WORDS: Record<string, (detail: string | null) => string> = {
  added: (detail) => withoutKey(detail) ?? "added",
  dropped: (detail) => ["dropped", withoutKey(detail)].filter(Boolean).join(", was "),
  renamed: (detail) => ["renamed", detail].filter(Boolean).join(" "),
  widened: (detail) => ["widened", detail?.replace(", type ", " to ")].filter(Boolean).join(" "),
  described: (detail) => withoutKey(detail) ?? "its description changed",
  made_optional: () => "may be null now",
};

const withoutKey = (detail: string | null): string | null => detail?.replace(/^(type|doc) /, "") ?? null;

/** The shapes of a table, newest first, with what each changed. The first one only says how many columns it had. */
export function prepareShapes(schemas: readonly Version[]): ShapeVersion[] {
  return schemas
    .map((version, index): ShapeVersion => {
      const base = { number: index + 1, schemaId: version.schemaId, at: version.at };
      if (index === 0) {
        const count = version.columns.length;
        return {
          ...base,
          changes: [
            { sign: "+", column: `${count} ${count === 1 ? "column" : "columns"}`, words: "created" },
          ],
        };
      }
      return { ...base, changes: version.changes.map(changeOf) };
    })
    .reverse();
}

const changeOf = ({ kind, column, detail }: Version["changes"][number]): ShapeChange => ({
  sign: SIGNS[kind] ?? "~",
  column,
  words: (WORDS[kind] ?? (() => [kind.replaceAll("_", " "), detail].filter(Boolean).join(", ")))(detail),
});

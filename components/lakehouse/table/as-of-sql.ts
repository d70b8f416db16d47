import { quotedName } from "@/domain/shared/quoted-name";

/** Which state of a table is looked at. `now` is what readers of main see. */
export type Moment =
  | { kind: "now" }
  | { kind: "snapshot"; snapshotId: string }
  | { kind: "ref"; ref: string }
  | { kind: "time"; asOf: string };

const PLAIN = /^[a-z_][a-z0-9_]*$/;
const quotedPart = (part: string): string => (PLAIN.test(part) ? part : quotedName(part));

/** Splits at the dots that stand outside double quotes, and takes the quotes away. */
export function nameParts(name: string): string[] {
  const parts = name.match(/"(?:[^"]|"")*"|[^.]+/g) ?? [];
  return parts.map((part) => (part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part));
}

/** A SELECT of the table as it was at a moment, to paste into an editor. */
export function asOfSql(name: string, moment: Moment): string {
  const table = nameParts(name).map(quotedPart).join(".");
  return `SELECT * FROM ${table}${asOfPhrase(moment)}`;
}

function asOfPhrase(moment: Moment): string {
  switch (moment.kind) {
    case "now":
      return "";
    case "snapshot":
      return ` FOR VERSION AS OF ${moment.snapshotId}`;
    case "ref":
      return ` FOR VERSION AS OF '${moment.ref.replaceAll("'", "''")}'`;
    case "time":
      return ` FOR TIMESTAMP AS OF TIMESTAMP '${moment.asOf.replace("T", " ").replace(/(\.\d+)?Z$/, "")} UTC'`;
  }
}

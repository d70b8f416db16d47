import { errorsBelow } from "@/components/form/prepare-errors";
import type { InputError } from "@/domain/shared/failure";
import { isRecord } from "@/domain/shared/is-record";
import { destinationTable, identifier } from "@/domain/sources/destination-table";

export const POLICIES: Record<string, { label: string; help: string }> = {
  evolve: {
    label: "evolve: add and widen",
    help: "New columns begin as null, types widen; nothing is lost.",
  },
  freeze: {
    label: "freeze: stop the stream",
    help: "A stream whose columns changed stops, and nothing of it is committed.",
  },
  discard_row: { label: "discard the row", help: "A row that does not fit is left out, and counted." },
  discard_value: {
    label: "discard the value",
    help: "A value that does not fit becomes null, and is counted.",
  },
  quarantine: {
    label: "quarantine",
    help: "A row that does not fit lands in a table beside, with the reason.",
  },
};

export type Setting =
  | "streams"
  | "schedule"
  | "on_schema_change"
  | "parallel"
  | "destination"
  | "retries"
  | "schema_mapping"
  | "deduplication";

const PATHS: Record<Setting, string[]> = {
  streams: ["streams"],
  schedule: ["schedule"],
  on_schema_change: ["on_schema_change"],
  parallel: ["parallel"],
  destination: ["destination"],
  retries: ["retries"],
  schema_mapping: ["transformation", "schema_mapping"],
  deduplication: ["transformation", "deduplication"],
};

export const settingValue = (document: Record<string, unknown>, setting: Setting): unknown =>
  PATHS[setting].reduce<unknown>((node, step) => (isRecord(node) ? node[step] : undefined), document);

/** What is wrong with a setting, at or below its place. */
export const settingErrors = (errors: readonly InputError[], setting: Setting): string[] =>
  errorsBelow(errors, `/${PATHS[setting].join("/")}`).map(({ pointer, message }) =>
    pointer === "" ? message : `${pointer.slice(1).replaceAll("/", ".")}: ${message}`,
  );

const ALWAYS: Setting[] = ["streams", "schedule"];
const REST: Setting[] = [
  "on_schema_change",
  "parallel",
  "destination",
  "retries",
  "schema_mapping",
  "deduplication",
];

/** Settings that are shown at once, and those that stand at their default and fold. */
export function splitSettings(
  document: Record<string, unknown>,
  errors: readonly InputError[],
): { shown: Setting[]; folded: Setting[] } {
  const isHeld = (setting: Setting) =>
    settingValue(document, setting) !== undefined || settingErrors(errors, setting).length > 0;
  return { shown: [...ALWAYS, ...REST.filter(isHeld)], folded: REST.filter((setting) => !isHeld(setting)) };
}

/** `shop_orders` and its tables: `9 tables in lake.shop_orders`. */
export function destinationWords(name: string, document: Record<string, unknown>): string {
  const schema =
    typeof document.destination === "string" ? document.destination : `lake.${identifier(name || "name")}`;
  const streams = Array.isArray(document.streams) ? document.streams.filter(isRecord) : [];
  const [first] = streams;
  if (first === undefined || typeof first.name !== "string") return `Tables land in ${schema}.`;
  const table = destinationTable(name || "name", { destination: schema }, { name: first.name });
  return `${streams.length === 1 ? "1 table" : `${streams.length} tables`} in ${schema}, such as ${table}.`;
}

/** `3 of 14`, and the names that are left out, at most six of them. */
export function streamWords(
  chosen: readonly { name: string }[],
  available: readonly { name: string }[] | null,
): { count: string; leftOut: string } {
  if (available === null) return { count: String(chosen.length), leftOut: "" };
  const names = new Set(chosen.map(({ name }) => name));
  const out = available.filter(({ name }) => !names.has(name)).map(({ name }) => name);
  const listed = out.slice(0, 6).join(", ");
  const leftOut = out.length === 0 ? "" : `${out.length} left out: ${listed}${out.length > 6 ? ", …" : ""}`;
  return { count: `${chosen.length} of ${available.length}`, leftOut };
}

import type { z } from "zod";
import { cronWords, nextFires } from "../shared/cron";
import { Failure, type InputError } from "../shared/failure";
import { escapePointer } from "../shared/json-pointer";
import { ConnectionDocument } from "./connection-document";
import { destinationTable } from "./destination-table";
import { findSecretReferences, SECRET_NAME } from "./find-secret-references";
import { refusePlainSecrets } from "./plain-secrets";

export type ParsedConnection =
  | { ok: true; document: ConnectionDocument }
  | { ok: false; errors: InputError[] };

/** The column that every table of a sync has beside those of its source. */
const OWN_COLUMNS = ["_extracted_at"];
const EPOCH = new Date(0);

/**
 * Reads a connection as people write it. Every complaint comes back at once, each with a JSON pointer and how to mend it.
 * `spec` is the JSON Schema of the connector's config where it is known: it tells which fields are secret.
 */
export function parseConnection(name: string, json: unknown, spec: unknown = null): ParsedConnection {
  const parsed = ConnectionDocument.safeParse(json);
  if (!parsed.success) return { ok: false, errors: parsed.error.issues.flatMap(toInputErrors) };
  const document = parsed.data;
  const errors = [
    ...checkStreams(document),
    ...checkTables(name, document),
    ...checkSchedule(document),
    ...checkMapping(document),
    ...checkReferences(document),
    ...refusePlainSecrets(document.config, spec),
  ];
  return errors.length === 0 ? { ok: true, document } : { ok: false, errors };
}

function toInputErrors(issue: z.core.$ZodIssue): InputError[] {
  const pointer = issue.path.map((part) => `/${escapePointer(String(part))}`).join("");
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      pointer: `${pointer}/${escapePointer(key)}`,
      message: `The field "${key}" is not known here. Remove it or correct its spelling.`,
    }));
  }
  if (issue.code === "invalid_union" && issue.path.at(-1) === "type") {
    return [{ pointer, message: 'Write "cron" or "manual".' }];
  }
  return [{ pointer, message: issue.message }];
}

function checkStreams({ streams }: ConnectionDocument): InputError[] {
  return streams.flatMap((stream, index) => {
    if (streams.findIndex((each) => each.name === stream.name) === index) return [];
    return [
      {
        pointer: `/streams/${index}/name`,
        message: `The stream "${stream.name}" is listed twice. Remove one of them.`,
      },
    ];
  });
}

function checkTables(name: string, document: ConnectionDocument): InputError[] {
  const tables = document.streams.map((stream) => destinationTable(name, document, stream));
  return tables.flatMap((table, index) => {
    const first = tables.indexOf(table);
    const stream = document.streams[index];
    const other = document.streams[first];
    if (first === index || stream?.name === other?.name) return [];
    return [
      {
        pointer: `/streams/${index}`,
        message: `The streams "${other?.name}" and "${stream?.name}" would both land in ${table}. Give one of them a destination.`,
      },
    ];
  });
}

function checkSchedule({ schedule }: ConnectionDocument): InputError[] {
  if (schedule?.type !== "cron") return [];
  try {
    cronWords(schedule);
    if (nextFires(schedule, EPOCH, 1).length > 0) return [];
    return [
      { pointer: "/schedule/expression", message: "No moment fits this expression: it would never run." },
    ];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const field = error.message.includes("time zone") ? "time_zone" : "expression";
    return [{ pointer: `/schedule/${field}`, message: `${error.message} ${error.hint ?? ""}`.trim() }];
  }
}

function checkMapping({ transformation }: ConnectionDocument): InputError[] {
  const mapping = Object.entries(transformation?.schema_mapping ?? {});
  const mapped = mapping.flatMap(([source, column], index): InputError[] => {
    const pointer = `/transformation/schema_mapping/${escapePointer(source)}`;
    if (OWN_COLUMNS.includes(column)) {
      return [
        { pointer, message: `${column} is a column that every synced table has. Choose another name.` },
      ];
    }
    const first = mapping.findIndex(([, each]) => each.toLowerCase() === column.toLowerCase());
    if (first === index) return [];
    return [
      { pointer, message: `"${mapping[first]?.[0]}" is mapped to ${column} already. Choose another name.` },
    ];
  });
  const key = transformation?.deduplication?.key ?? [];
  const doubled = key.flatMap((column, index) =>
    key.indexOf(column) === index
      ? []
      : [
          {
            pointer: `/transformation/deduplication/key/${index}`,
            message: `"${column}" is in the key already. Remove it.`,
          },
        ],
  );
  return [...mapped, ...doubled];
}

function checkReferences(document: ConnectionDocument): InputError[] {
  const { config, ...rest } = document;
  const outside = findSecretReferences(rest).map(({ name, pointer }) => ({
    pointer,
    message: `Secrets are named in config only, and \${${name}} is not in it.`,
  }));
  const wrong = findSecretReferences(config).flatMap(({ name, pointer }) =>
    SECRET_NAME.test(name)
      ? []
      : [
          {
            pointer: `/config${pointer}`,
            message: `"${name}" is not the name of a secret: use letters, digits and _. To write it as plain text, double the dollar sign.`,
          },
        ],
  );
  return [...outside, ...wrong];
}

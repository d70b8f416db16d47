import { realpath } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, resolve, sep } from "node:path";
import type { TableLocation } from "../../../domain/ports/query-engine";
import { parseTableName } from "../../../domain/ports/table-name";
import { Failure } from "../../../domain/shared/failure";

/** Whether the place is an object of a bucket rather than a file. */
export const isObject = (place: string): boolean => place.startsWith("s3://");

/** Resolves links, and refuses tables whose files lie elsewhere than in the allowed folders and buckets. */
export async function locatedTables(tables: TableLocation[], allowed: string[]): Promise<TableLocation[]> {
  return Promise.all(
    tables.map(async (table): Promise<TableLocation> => {
      const { name } = table;
      parseTableName(name);
      if ("uris" in table)
        return { name, uris: await Promise.all(table.uris.map((uri) => placeOf(uri, allowed))) };
      const { snapshotId = null, onlyFiles } = table;
      await placeOf(table.metadataLocation, allowed);
      // As written, links and all: the table's own files name each other so.
      const metadataLocation = withoutScheme(table.metadataLocation);
      return { name, metadataLocation, snapshotId, ...(onlyFiles === undefined ? {} : { onlyFiles }) };
    }),
  );
}

/** The place with links resolved. Fails with `invalid_input` where it lies elsewhere than in the allowed folders and buckets. */
export async function placeOf(uri: string, allowed: string[]): Promise<string> {
  if (isObject(uri)) {
    if (allowed.some((place) => isObject(place) && uri.startsWith(place.replace(/\/*$/, "/")))) return uri;
    throw outside(uri);
  }
  const path = withoutScheme(uri);
  return join(await insideOf(allowed, dirname(path)), basename(path));
}

/** The place of a folder that may not be there yet, with links resolved. Fails as `placeOf` does. */
export async function folderOf(path: string, allowed: string[]): Promise<string> {
  const real = await realOf(path);
  const roots = await Promise.all(allowed.filter((place) => !isObject(place)).map(realOf));
  if (isAbsolute(path) && roots.some((root) => real.startsWith(root + sep))) return real;
  throw outside(path);
}

async function realOf(path: string): Promise<string> {
  const missing: string[] = [];
  let there = resolve(path);
  let real = await realpath(there).catch(() => null);
  while (real === null && dirname(there) !== there) {
    missing.unshift(basename(there));
    there = dirname(there);
    real = await realpath(there).catch(() => null);
  }
  return join(real ?? there, ...missing);
}

const withoutScheme = (uri: string): string => uri.replace(/^file:\/\//, "");

async function insideOf(allowed: string[], folder: string): Promise<string> {
  const real = await realpath(folder).catch(() => null);
  const local = allowed.filter((place) => !isObject(place));
  const roots = await Promise.all(local.map((dir) => realpath(dir).catch(() => null)));
  const inside = roots.some((root) => root !== null && (real === root || real?.startsWith(root + sep)));
  if (real === null || !isAbsolute(folder) || !inside) throw outside(folder);
  return real;
}

const outside = (cause: string): Failure =>
  new Failure("invalid_input", "A file lies outside of the folders that the query engine may use.", {
    cause,
  });

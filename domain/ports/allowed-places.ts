import { Failure } from "../shared/failure";
import { isBucketObject } from "../shared/is-bucket-object";
import type { TableLocation } from "./query-engine";
import { parseTableName } from "./table-name";

/** The machine's own words on paths: `node:path` beside `realpath` of `node:fs/promises`. */
export type Disk = {
  /** Fails where there is no such path. */
  realpath(path: string): Promise<string>;
  basename(path: string): string;
  dirname(path: string): string;
  isAbsolute(path: string): boolean;
  join(...parts: string[]): string;
  resolve(path: string): string;
  sep: string;
};

/** Decides which files an engine may reach. `allowed` holds folders and `s3://bucket/prefix`. */
export type AllowedPlaces = {
  /** Resolves links, and refuses tables whose files lie elsewhere than in the allowed folders and buckets. */
  tables(tables: readonly TableLocation[], allowed: readonly string[]): Promise<TableLocation[]>;
  /** The place with links resolved. Fails with `invalid_input` where it lies elsewhere than in the allowed folders and buckets. */
  file(uri: string, allowed: readonly string[]): Promise<string>;
  /** The place of a folder that may not be there yet, with links resolved. Fails as `file` does. */
  folder(path: string, allowed: readonly string[]): Promise<string>;
};

export function allowedPlaces(disk: Disk): AllowedPlaces {
  const { basename, dirname, isAbsolute, join, resolve, sep } = disk;
  const realIfThere = (path: string) => disk.realpath(path).catch(() => null);

  async function file(uri: string, allowed: readonly string[]): Promise<string> {
    if (isBucketObject(uri)) {
      if (allowed.some((place) => isBucketObject(place) && uri.startsWith(place.replace(/\/*$/, "/"))))
        return uri;
      throw outside(uri);
    }
    const path = withoutScheme(uri);
    return join(await insideOf(allowed, dirname(path)), basename(path));
  }

  async function insideOf(allowed: readonly string[], folder: string): Promise<string> {
    const real = await realIfThere(folder);
    const roots = await Promise.all(foldersOf(allowed).map(realIfThere));
    const inside = roots.some((root) => root !== null && (real === root || real?.startsWith(root + sep)));
    if (real === null || !isAbsolute(folder) || !inside) throw outside(folder);
    return real;
  }

  async function realOf(path: string): Promise<string> {
    const missing: string[] = [];
    let there = resolve(path);
    let real = await realIfThere(there);
    while (real === null && dirname(there) !== there) {
      missing.unshift(basename(there));
      there = dirname(there);
      real = await realIfThere(there);
    }
    return join(real ?? there, ...missing);
  }

  return {
    file,

    async folder(path, allowed) {
      const real = await realOf(path);
      const roots = await Promise.all(foldersOf(allowed).map(realOf));
      if (isAbsolute(path) && roots.some((root) => real.startsWith(root + sep))) return real;
      throw outside(path);
    },

    tables: (tables, allowed) =>
      Promise.all(
        tables.map(async (table): Promise<TableLocation> => {
          const { name } = table;
          parseTableName(name);
          if ("uris" in table)
            return { name, uris: await Promise.all(table.uris.map((uri) => file(uri, allowed))) };
          const { snapshotId = null, onlyFiles } = table;
          await file(table.metadataLocation, allowed);
          // As written, links and all: the table's own files name each other so.
          const metadataLocation = withoutScheme(table.metadataLocation);
          return { name, metadataLocation, snapshotId, ...(onlyFiles === undefined ? {} : { onlyFiles }) };
        }),
      ),
  };
}

const foldersOf = (allowed: readonly string[]): string[] => allowed.filter((place) => !isBucketObject(place));

const withoutScheme = (uri: string): string => uri.replace(/^file:\/\//, "");

const outside = (cause: string): Failure =>
  new Failure("invalid_input", "A file lies outside of the folders that the query engine may use.", {
    cause,
  });

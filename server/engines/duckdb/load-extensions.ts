import { existsSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { ExtensionSettings } from "./duckdb-messages";
import { text } from "./quoting";
import { StatementRefused } from "./statement-refused";

const fileOf = (dir: string, name: string): string => join(dir, `${name}.duckdb_extension`);

/** Whether the installed Python packages carry the extensions; where they do not, the engine fetches them itself. */
export const hasExtensions = ({ dir }: ExtensionSettings): boolean =>
  dir !== null && existsSync(fileOf(dir, "iceberg"));

/** Loads extensions, in their order. Fails with StatementRefused where one is neither installed nor can be fetched. */
export async function loadExtensions(
  connection: DuckDBConnection,
  names: string[],
  { dir, cacheDir }: ExtensionSettings,
): Promise<void> {
  for (const name of names) {
    const file = dir === null ? null : fileOf(dir, name);
    try {
      if (file !== null && existsSync(file)) await connection.run(`LOAD ${text(file)}`);
      else await connection.run(`SET extension_directory = ${text(cacheDir)}; INSTALL ${name}; LOAD ${name}`);
    } catch {
      throw new StatementRefused({
        code: "engine_unavailable",
        message: `The query engine lacks its extension ${name}, and it could not be fetched.`,
        hint: "Install Python 3.11, 3.12 or 3.13 and start again: its packages bring the extension.",
      });
    }
  }
}

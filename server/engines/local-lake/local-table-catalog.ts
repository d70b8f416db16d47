import { createHash } from "node:crypto";
import { mkdir, open, realpath, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { CatalogTable, TableCatalog } from "../../../domain/ports/table-catalog";
import { parseTableName } from "../../../domain/ports/table-name";
import { Failure } from "../../../domain/shared/failure";
import type { LakeVersion, LakeVersionStore } from "./lake-version";

const WORKSPACE_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/;

/** Tables as Parquet files under `<root>/<workspace>/<catalog>/<schema>/<table>/`; `store` says which are current. */
export function localTableCatalog(options: { root: string; store: LakeVersionStore }): TableCatalog {
  const { store } = options;
  const root = resolve(options.root);

  const stagedPath = (workspaceId: string, name: string, idempotencyKey: string) => {
    const { catalog, schema, table } = parseTableName(name);
    const key = createHash("sha256").update(idempotencyKey).digest("hex").slice(0, 32);
    return join(root, plainWorkspaceId(workspaceId), catalog, schema, table, `${key}.parquet`);
  };

  return {
    async list(workspaceId) {
      return (await store.current(workspaceId)).map(toTable);
    },

    async find(workspaceId, name) {
      parseTableName(name);
      const version = await store.find(workspaceId, name);
      return version === null ? null : toTable(version);
    },

    async stage(workspaceId, name, idempotencyKey) {
      const path = stagedPath(workspaceId, name, idempotencyKey);
      await mkdir(dirname(path), { recursive: true });
      await refuseLinksOutOf(root, dirname(path));
      return path;
    },

    async commit(workspaceId, commit) {
      const path = stagedPath(workspaceId, commit.name, commit.idempotencyKey);
      const written = await stat(path).catch(() => null);
      if (written === null || !written.isFile()) {
        throw new Failure("not_found", `Nothing was written for ${commit.name}.`, {
          hint: "Write the staged file before its commit.",
          cause: path,
        });
      }
      await flush(path);
      return toTable(await store.append({ ...commit, workspaceId, bytes: written.size, uris: [path] }));
    },
  };
}

function toTable(version: LakeVersion): CatalogTable {
  const { workspaceId: _workspace, idempotencyKey: _key, ...table } = version;
  return table;
}

function plainWorkspaceId(id: string): string {
  if (!WORKSPACE_ID.test(id)) throw new Failure("invalid_input", "The workspace's id is not valid.");
  return id;
}

async function refuseLinksOutOf(root: string, folder: string): Promise<void> {
  const [realRoot, realFolder] = await Promise.all([realpath(root), realpath(folder)]);
  if (!realFolder.startsWith(`${realRoot}/`)) {
    throw new Failure("invalid_input", "The table's folder lies outside of the lake.", { cause: realFolder });
  }
}

/** The file and its folder entry reach the disk before the row that names them does. */
async function flush(path: string): Promise<void> {
  for (const target of [path, dirname(path)]) {
    const handle = await open(target, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}

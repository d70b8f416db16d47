import { isDeepStrictEqual } from "node:util";
import { contentConflict } from "./content-conflict";
import type { ContentKind, DataSetKey, DataSetStore, HeldPublication, StoredContent } from "./data-set-store";

type Row = Omit<HeldPublication, "status"> & { status: "intended" | "done" | "void"; workspaceId: string };

/** A store in this process, for tests. */
export function memoryDataSetStore(): DataSetStore {
  const owners = new Map<string, DataSetKey & { workspaceId: string; owner: string }>();
  const contents: (StoredContent & { workspaceId: string; kind: ContentKind })[] = [];
  let rows: Row[] = [];

  const of = (workspaceId: string, { kind, name }: DataSetKey) =>
    rows.filter((row) => row.workspaceId === workspaceId && row.kind === kind && row.name === name);
  const shown = ({ workspaceId: _workspace, status, ...row }: Row): HeldPublication => ({
    ...row,
    status: status === "done" ? "done" : "intended",
  });
  const versions = (workspaceId: string, kind: ContentKind, name: string) =>
    contents
      .filter((each) => each.workspaceId === workspaceId && each.kind === kind && each.name === name)
      .sort((a, b) => b.version - a.version);
  const bare = ({ name, version, content, at, by }: StoredContent): StoredContent => ({
    name,
    version,
    content: structuredClone(content),
    at,
    by,
  });

  return {
    owners: async (workspaceId) =>
      [...owners.values()]
        .filter((each) => each.workspaceId === workspaceId)
        .map(({ kind, name, owner }) => ({ kind, name, owner })),
    setOwner: async (workspaceId, key, owner) => {
      const id = JSON.stringify([workspaceId, key.kind, key.name]);
      if (owner === null) owners.delete(id);
      else owners.set(id, { ...key, workspaceId, owner });
    },
    latestPublications: async (workspaceId) => {
      const newest = new Map(
        rows
          .filter((row) => row.workspaceId === workspaceId && row.status === "done")
          .map((row) => [JSON.stringify([row.kind, row.name]), row]),
      );
      return [...newest.values()].map(shown);
    },
    intendedPublications: async (workspaceId) =>
      rows.filter((row) => row.workspaceId === workspaceId && row.status === "intended").map(shown),
    publications: async (workspaceId, key) =>
      of(workspaceId, key)
        .filter(({ status }) => status !== "void")
        .map(shown),
    publication: async (workspaceId, id) => {
      const row = rows.find((each) => each.workspaceId === workspaceId && each.id === id);
      return row === undefined ? null : { ...shown(row), isVoid: row.status === "void" };
    },
    begin: async (workspaceId, publication, after) => {
      const newest = of(workspaceId, publication).findLast(({ status }) => status !== "void");
      if ((newest?.id ?? null) !== after) return false;
      rows = rows.filter(({ id, status }) => !(id === publication.id && status === "void"));
      rows.push({ ...publication, workspaceId });
      return true;
    },
    settle: async (workspaceId, { id }, as) => {
      const row = rows.find((each) => each.workspaceId === workspaceId && each.id === id);
      if (row === undefined || row.status === "done" || row.status === as) return false;
      row.status = as;
      return true;
    },
    saveContent: async (workspaceId, { kind, name, content, baseVersion, by, at }) => {
      const [newest] = versions(workspaceId, kind, name);
      if (newest !== undefined && isDeepStrictEqual(newest.content, content))
        return { version: newest.version, isNew: false };
      const last = newest?.version ?? 0;
      if (baseVersion !== undefined && baseVersion !== last)
        throw contentConflict(name, last, newest?.by ?? "nobody");
      const version = last + 1;
      contents.push({ workspaceId, kind, name, version, content: structuredClone(content), by, at });
      return { version, isNew: true };
    },
    newestContents: async (workspaceId, kind) => {
      const own = contents.filter((each) => each.workspaceId === workspaceId && each.kind === kind);
      const names = [...new Set(own.map(({ name }) => name))].sort();
      return names.flatMap((name) => versions(workspaceId, kind, name).slice(0, 1).map(bare));
    },
    contentVersions: async (workspaceId, kind, name) =>
      versions(workspaceId, kind, name).map(({ version, at, by }) => ({
        version: String(version),
        at,
        by,
        detail: "",
      })),
    content: async (workspaceId, kind, name, version) => {
      const found = versions(workspaceId, kind, name).find(
        (each) => version === undefined || each.version === version,
      );
      return found === undefined ? null : bare(found);
    },
  };
}

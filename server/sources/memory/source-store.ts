import { isDeepStrictEqual } from "node:util";
import { isFinal } from "../../../domain/shared/is-final";
import type { ConnectionDocument } from "../../../domain/sources/connection-document";
import type { ConnectorSpec } from "../../../domain/sources/connector-view";
import { isNewSchedule, newerVersion } from "../rows/connection-rows";
import type { NewVersion, SourceStore, StoredConnection, StoredOperation } from "../source-store";

type Held = {
  workspaceId: string;
  name: string;
  paused: boolean;
  dealtUntil: Date;
  removed: boolean;
  since: number;
  createdAt: Date;
};
type Version = NewVersion & { version: number };

/** The store of a test: what the Prisma one does, in this process. */
export function memorySourceStore(): SourceStore {
  const connections: Held[] = [];
  const versions: Version[] = [];
  const operations: StoredOperation[] = [];
  const specs: ConnectorSpec[] = [];

  const find = (workspaceId: string, name: string) =>
    connections.find((each) => each.workspaceId === workspaceId && each.name === name);
  const live = (workspaceId: string, name: string) => {
    const found = find(workspaceId, name);
    return found?.removed ? undefined : found;
  };
  const versionsOf = (workspaceId: string, name: string) =>
    versions.filter((each) => each.workspaceId === workspaceId && each.name === name).reverse();
  const toStored = ({ workspaceId, name, paused, dealtUntil, since, createdAt }: Held): StoredConnection => {
    const own = versionsOf(workspaceId, name).filter((each) => each.version > since);
    const current = own.find((each) => !each.draft);
    const draft = own.find((each) => each.draft);
    const entry = <D>({ version, at, createdBy }: Version, document: D) => ({
      version,
      createdAt: at,
      createdBy,
      document,
    });
    return structuredClone({
      workspaceId,
      name,
      paused,
      dealtUntil,
      createdAt,
      current: current === undefined ? null : entry(current, current.document as ConnectionDocument),
      draft:
        draft === undefined || draft.version < (current?.version ?? 0) ? null : entry(draft, draft.document),
    });
  };
  const revive = ({ workspaceId, name, at }: NewVersion, since: number) => {
    const held = find(workspaceId, name);
    const fresh = { paused: false, dealtUntil: at, removed: false, since, createdAt: at };
    if (held === undefined) connections.push({ workspaceId, name, ...fresh });
    else if (held.removed) Object.assign(held, fresh);
  };
  const operationOf = (id: string) => operations.find((each) => each.id === id);

  return {
    save: async (version) => {
      const { workspaceId, name, draft, document, baseVersion, at } = version;
      const rows = versionsOf(workspaceId, name);
      const known = live(workspaceId, name) === undefined ? [] : rows;
      const newest = known[0];
      if (baseVersion !== undefined && baseVersion !== (newest?.version ?? 0))
        throw newerVersion(name, newest);
      if (newest?.draft === draft && isDeepStrictEqual(newest.document, document)) return newest.version;
      const number = (rows[0]?.version ?? 0) + 1;
      revive(version, number - 1);
      versions.push({ ...structuredClone(version), version: number });
      if (!draft && isNewSchedule(known, document))
        Object.assign(find(workspaceId, name) ?? {}, { dealtUntil: at });
      return number;
    },
    connection: async (workspaceId, name) => {
      const found = live(workspaceId, name);
      return found === undefined ? null : toStored(found);
    },
    connections: async (workspaceId) =>
      connections
        .filter((each) => each.workspaceId === workspaceId && !each.removed)
        .map(toStored)
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    versions: async (workspaceId, name) =>
      versionsOf(workspaceId, name).map(({ version, draft, at, createdBy }) => ({
        version,
        draft,
        createdAt: at,
        createdBy,
      })),
    setPaused: async (workspaceId, name, paused, at) => {
      const found = live(workspaceId, name);
      if (found === undefined) return false;
      Object.assign(found, { paused }, paused ? {} : { dealtUntil: at });
      return true;
    },
    remove: async (workspaceId, name) => {
      const found = live(workspaceId, name);
      if (found !== undefined) found.removed = true;
      return found !== undefined;
    },
    scheduled: async () =>
      connections
        .filter((each) => !each.removed && !each.paused)
        .map(toStored)
        .filter((each) => each.current?.document.schedule?.type === "cron"),
    setDealtUntil: async (workspaceId, name, until) => {
      const found = find(workspaceId, name);
      if (found !== undefined && found.dealtUntil < until) found.dealtUntil = until;
    },

    createOperation: async (operation) => {
      if (operationOf(operation.id) !== undefined) return;
      operations.push({
        ...operation,
        status: "queued",
        phase: "waiting",
        progress: "",
        result: null,
        error: null,
        startedAt: null,
        endedAt: null,
      });
    },
    operation: async (id) => structuredClone(operationOf(id) ?? null),
    startOperation: async (id, at) => {
      const found = operationOf(id);
      if (found?.status === "queued") Object.assign(found, { status: "running", startedAt: at });
    },
    setOperationProgress: async (id, phase, progress) => {
      const found = operationOf(id);
      if (found !== undefined && !isFinal(found.status)) Object.assign(found, { phase, progress });
    },
    endOperation: async (id, status, outcome, at) => {
      const found = operationOf(id);
      if (found === undefined || isFinal(found.status)) return false;
      Object.assign(found, { status, phase: "done", progress: "", endedAt: at }, structuredClone(outcome));
      return true;
    },
    unfinishedOperations: async () =>
      operations.filter((each) => !isFinal(each.status)).map((each) => each.id),
    spec: async (connector, version) =>
      specs.find((each) => each.connector === connector && each.version === version) ?? null,
    putSpec: async (spec) => {
      const rest = specs.filter((each) => each.connector !== spec.connector || each.version !== spec.version);
      specs.splice(0, specs.length, ...rest, spec);
    },
  };
}

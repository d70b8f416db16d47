import type { ConnectorRunner, StreamCall } from "../../../domain/ports/connector-runner";
import type { WorkflowBody } from "../../../domain/ports/workflow-runner";
import type { Clock } from "../../../domain/shared/clock";
import { Failure } from "../../../domain/shared/failure";
import type { CheckResult } from "../../../domain/sources/connector-view";
import { RUN_OPERATION, runOperationBody } from "../operations/run-operation";
import { pinnedVersions } from "../running/pin-version";
import { SYNC_STREAM, syncStreamBody } from "../running/run-stream";
import { RUN_SYNC, runSyncBody } from "../running/run-sync";
import { syncSlots } from "../running/sync-slots";
import type { ActingScope } from "../source-scope";
import { memorySourceStore } from "./source-store";
import { memorySyncStore } from "./sync-store";

type Table = {
  rows: number[];
  state: number;
  commits: { snapshotId: string; syncId: string; rows: number }[];
};
type Source = {
  rows: Record<string, number>;
  checkpoint: number;
  check(config: unknown): CheckResult;
  release?(config: unknown): string[];
  beforeCommit(call: StreamCall, rowsRead: number): Promise<void>;
};
/** The memory engine's runner: rooms know no engine, so that their tests bring it. */
type MakeRunner = (source: Source, tables: Map<string, Table>) => ConnectorRunner;

type Workflow = {
  name: string;
  input: unknown;
  steps: Map<string, string>;
  status: "running" | "succeeded" | "failed" | "cancelled";
};

const never = <T>(): Promise<T> => new Promise<T>(() => {});

/** A source, stores and a workflow runner in this process, with a counter of every effect and a crash at any of them. */
export function sourceWorld(
  makeRunner: MakeRunner,
  rows: Record<string, number> = { users: 25, orders: 40 },
) {
  const sources = memorySourceStore();
  const syncs = memorySyncStore(
    async (workspaceId, name) => {
      const current = (await sources.connection(workspaceId, name))?.current;
      if (current === null || current === undefined) throw new Error("no such connection");
      return current.document;
    },
    async (workspaceId, name) => (await sources.connection(workspaceId, name))?.createdAt ?? new Date(0),
  );
  const tables = new Map<string, Table>();
  const secrets = new Map<string, string>([["WORD", "open-sesame-canary"]]);
  const source: Source = {
    rows,
    checkpoint: 10,
    check: () => ({ ok: true, message: "" }),
    beforeCommit: async () => undefined,
  };
  const bugs: unknown[] = [];
  const workflows = new Map<string, Workflow>();
  const crash = { at: Number.POSITIVE_INFINITY, effects: 0, epoch: 0, before: false };
  const time = { offsetMs: 0 };
  const clock: Clock = { now: () => new Date(Date.now() + time.offsetMs) };
  const audited: string[] = [];
  /** Puts something between the syncs and the source. */
  const between = { runner: (runner: ConnectorRunner): ConnectorRunner => runner };

  let onDeath: () => void = () => undefined;
  let processes = new AbortController();
  const die = () => {
    crash.epoch += 1;
    // A process ends with the worker that started it.
    processes.abort(new Failure("cancelled", "The worker is gone."));
    processes = new AbortController();
    onDeath();
    return never();
  };

  /** The same object, each of whose calls is an effect: after the crash nothing of the old process comes back. */
  function mortal<T extends object>(target: T, isPlain: (name: string) => boolean = () => false): T {
    const epoch = crash.epoch;
    return new Proxy(target, {
      get(held, name, receiver) {
        const member: unknown = Reflect.get(held, name, receiver);
        if (typeof member !== "function" || isPlain(String(name))) return member;
        return (...input: unknown[]) =>
          epoch === crash.epoch ? effect(() => member.apply(held, input)) : never();
      },
    });
  }
  async function effect(act: () => Promise<unknown>): Promise<unknown> {
    const { epoch } = crash;
    crash.effects += 1;
    const dies = crash.effects === crash.at;
    if (dies && crash.before) return die();
    const result = await act();
    if (epoch !== crash.epoch) return never();
    return dies ? die() : result;
  }

  function begin(id: string, body: WorkflowBody): void {
    const held = workflows.get(id) as Workflow;
    const epoch = crash.epoch;
    const step = async <T>(name: string, act: () => Promise<T>): Promise<T> => {
      if (held.status === "cancelled") throw new Failure("cancelled", "The workflow was cancelled.");
      const recorded = held.steps.get(name);
      if (recorded !== undefined) return JSON.parse(recorded) as T;
      const result = await act();
      if (epoch !== crash.epoch) return never();
      held.steps.set(name, JSON.stringify(result) ?? "null");
      return JSON.parse(JSON.stringify(result) ?? "null") as T;
    };
    body(
      { workflowId: id, step, sleep: (name) => step(name, async () => undefined as never) },
      held.input,
    ).then(
      () => {
        if (epoch === crash.epoch && held.status === "running") held.status = "succeeded";
      },
      (error: unknown) => {
        if (held.status === "cancelled") return;
        bugs.push(error);
        if (epoch === crash.epoch) held.status = "failed";
      },
    );
  }

  /** The worker's life from its launch. */
  function launch() {
    const isLook = (name: string) => name === "streamStatus" || name === "operation" || name === "sync";
    const ledger = mortal(syncs, isLook);
    const store = mortal(sources, isLook);
    const plain = between.runner(makeRunner(source, tables));
    const connectors: ConnectorRunner = {
      ...plain,
      syncStream: (call) =>
        plain.syncStream({ ...call, signal: AbortSignal.any([call.signal, processes.signal]) }),
    };
    const open = async (_workspaceId: string, names: readonly string[]) => {
      const missing = names.find((name) => !secrets.has(name));
      if (missing !== undefined) throw new Failure("invalid_input", `The secret ${missing} is not set.`);
      return new Map(names.map((name) => [name, secrets.get(name) ?? ""]));
    };
    const client = {
      start: async (name: string, id: string, input: unknown) => {
        if (workflows.has(id)) return;
        workflows.set(id, { name, input, steps: new Map(), status: "running" });
        begin(id, bodies[name] as WorkflowBody);
      },
      cancel: async (id: string) => {
        const held = workflows.get(id);
        if (held?.status === "running") held.status = "cancelled";
      },
      state: async (id: string) => {
        const held = workflows.get(id);
        if (held === undefined) throw new Failure("not_found", "There is no such workflow.");
        return { status: held.status, error: null };
      },
    };
    const report = (error: unknown) => void bugs.push(error);
    const versions = pinnedVersions({ sources: store, connectors, clock });
    const bodies: Record<string, WorkflowBody> = {
      [RUN_SYNC]: runSyncBody({ ledger, workflows: mortal(client), versions, clock, pollMs: 1 }),
      [SYNC_STREAM]: syncStreamBody({
        ledger,
        connectors,
        secrets: { open },
        slots: syncSlots(4),
        clock,
        pollMs: 1,
        report,
      }),
      [RUN_OPERATION]: runOperationBody({
        sources: store,
        connectors,
        secrets: { open },
        clock,
        pollMs: 1,
        report,
      }),
    };
    for (const [id, held] of workflows)
      if (held.status === "running") begin(id, bodies[held.name] as WorkflowBody);
    return client;
  }

  /** Resolves when the worker dies. */
  const death = () =>
    new Promise<"died">((resolve) => {
      onDeath = () => resolve("died");
    });

  const scope = (
    client: ActingScope["workflows"],
    role: ActingScope["role"] = "admin",
    workspaceId = "w",
  ) => ({
    workspace: { id: workspaceId, slug: workspaceId, name: workspaceId },
    role,
    actor: { id: "u", name: "Ann" },
    clock,
    sources,
    syncs,
    secretNames: async () => [...secrets.keys()],
    workflows: client,
    db: {
      auditEntry: {
        create: async ({ data }: { data: { action: string } }) => void audited.push(data.action),
      },
    } as never,
  });

  return {
    sources,
    syncs,
    tables,
    secrets,
    source,
    bugs,
    workflows,
    crash,
    time,
    clock,
    audited,
    between,
    launch,
    death,
    scope,
  };
}

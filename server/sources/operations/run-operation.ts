import { z } from "zod";
import type { ConnectorCall, ConnectorEvent, ConnectorRunner } from "../../../domain/ports/connector-runner";
import type { WorkflowBody } from "../../../domain/ports/workflow-runner";
import type { Clock } from "../../../domain/shared/clock";
import { Failure } from "../../../domain/shared/failure";
import { isFinal } from "../../../domain/shared/is-final";
import { testedVersion } from "../../../domain/sources/connector-catalog";
import { maskDeep } from "../../../domain/sources/mask-secrets";
import type { SyncError, SyncPhase } from "../../../domain/sources/sync-view";
import { type OpenedConfig, type OpenSecrets, openConfig } from "../running/open-config";
import { toSyncError } from "../running/sync-error";
import { watchForEnd } from "../running/watch-for-end";
import type { OperationStore, StoredOperation } from "../source-store";

export const RUN_OPERATION = "run-connector-operation";
const RunOperationInput = z.object({ operationId: z.string() });

export type OperationSockets = {
  sources: OperationStore;
  /** Null where connectors cannot run. */
  connectors: ConnectorRunner | null;
  secrets: OpenSecrets;
  clock: Clock;
  pollMs: number;
  /** Told of bugs, for the worker's log. */
  report(error: unknown): void;
};

const PHASE_WORDS: Partial<Record<SyncPhase, string>> = {
  installing: "Installing the connector, once for this version",
  connecting: "Asking the source",
};

type Outcome = { result: unknown } | { error: SyncError };

/** The workflow of a spec, check, discovery or release. Each may be repeated, so after a crash it is done again. */
export const runOperationBody =
  (sockets: OperationSockets): WorkflowBody =>
  async (context, input) => {
    const { operationId } = RunOperationInput.parse(input);
    const { sources, clock } = sockets;
    const outcome = await context.step("run", () => runOperation(sockets, operationId));
    if (outcome === null) return null;
    await context.step("end", async () => {
      const cancelled = "error" in outcome && outcome.error.code === "cancelled";
      const status = "result" in outcome ? "succeeded" : cancelled ? "cancelled" : "failed";
      await sources.endOperation(operationId, status, outcome, clock.now());
      return null;
    });
    return null;
  };

async function runOperation(sockets: OperationSockets, id: string): Promise<Outcome | null> {
  const { sources, clock, pollMs, report } = sockets;
  const operation = await sources.operation(id);
  if (operation === null || isFinal(operation.status)) return null;
  await sources.startOperation(id, clock.now());
  const hasEnded = async () => isFinal((await sources.operation(id))?.status ?? "cancelled");
  let opened: OpenedConfig | null = null;
  try {
    const result = await watchForEnd(hasEnded, pollMs * 2, async (signal) => {
      opened = await openConfig(sockets.secrets, operation.workspaceId, operation.request.config);
      return maskDeep(await ask(sockets, operation, opened, signal), opened.hidden);
    });
    return { result };
  } catch (thrown) {
    if (!(thrown instanceof Failure)) report(thrown);
    return { error: toSyncError(thrown, (opened as OpenedConfig | null)?.hidden ?? []) };
  }
}

async function ask(
  { sources, connectors }: OperationSockets,
  { id, kind, request }: StoredOperation,
  { config, secrets }: OpenedConfig,
  signal: AbortSignal,
): Promise<unknown> {
  if (connectors === null) {
    throw new Failure("engine_unavailable", "This Benchwright cannot run connectors.", {
      hint: "Install Python 3.11 or newer and start Benchwright again.",
    });
  }
  let phase: SyncPhase = "waiting";
  const onEvent = (event: ConnectorEvent) => {
    if (event.type !== "progress" || event.phase === phase) return;
    phase = event.phase;
    // A progress that is not stored costs nothing.
    sources.setOperationProgress(id, phase, PHASE_WORDS[phase] ?? "").catch(() => undefined);
  };
  const { connector } = request;
  const call: ConnectorCall = {
    connector,
    version: request.version ?? testedVersion(connector),
    secrets,
    signal,
    onEvent,
  };
  switch (kind) {
    case "spec": {
      const spec = await connectors.spec(call);
      await sources.putSpec(spec);
      return spec;
    }
    case "check":
      return connectors.check({ ...call, config });
    case "discover":
      return connectors.discover({ ...call, config });
    case "release":
      return connectors.release({ ...call, config });
  }
}

import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { isFinal } from "../../../domain/shared/is-final";
import type { ConnectorOperation } from "../../../domain/sources/connector-view";
import { requireRole } from "../../workspaces/index";
import { type ActingScope, ownOperation, type SourceScope } from "../source-scope";
import { toOperationView } from "./to-operation-view";

const LOOK_MS = 300;

export const OperationInput = z.object({ operationId: z.string() });
export type OperationInput = z.infer<typeof OperationInput>;

/** How a spec, check or discovery stands. */
export async function getOperation(
  scope: SourceScope,
  { operationId }: OperationInput,
): Promise<ConnectorOperation> {
  requireRole(scope, "viewer");
  return toOperationView(await ownOperation(scope, operationId));
}

/** The operation now and after every change, until it is final or `signal` aborts. */
export async function* followOperation(
  scope: SourceScope,
  input: OperationInput,
  signal: AbortSignal,
  lookMs = LOOK_MS,
): AsyncGenerator<ConnectorOperation> {
  let seen = "";
  while (!signal.aborted) {
    const view = await getOperation(scope, input);
    const now = JSON.stringify(view);
    if (now !== seen) yield view;
    seen = now;
    if (isFinal(view.status)) return;
    await sleep(lookMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Ends it at once; the worker stops the connector. What has ended stays as it is. */
export async function cancelOperation(
  scope: ActingScope,
  { operationId }: OperationInput,
): Promise<ConnectorOperation> {
  requireRole(scope, "analyst");
  await ownOperation(scope, operationId);
  if (await scope.sources.endOperation(operationId, "cancelled", {}, scope.clock.now())) {
    await scope.workflows.cancel(operationId).catch(() => undefined);
  }
  return getOperation(scope, { operationId });
}

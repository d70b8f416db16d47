import { randomUUID } from "node:crypto";
import { z } from "zod";
import { Failure } from "../../../domain/shared/failure";
import { testedVersion } from "../../../domain/sources/connector-catalog";
import type { ConnectorOperation } from "../../../domain/sources/connector-view";
import { refusePlainSecrets } from "../../../domain/sources/plain-secrets";
import { requireRole } from "../../workspaces/index";
import { type ActingScope, ownConnection } from "../source-scope";
import type { NewOperation, OperationRequest } from "../source-store";
import { RUN_OPERATION } from "./run-operation";
import { toOperationView } from "./to-operation-view";

const CONNECTOR = /^source-[a-z0-9]+(-[a-z0-9]+)*$/;

export const SpecInput = z.object({
  connector: z.string().regex(CONNECTOR, "Write the connector's name, for example source-postgres"),
  version: z.string().max(60).optional(),
});

/** A saved connection by its name, or a document that is not saved yet; of the latter only connector and config count. */
export const ConnectorInput = z.object({
  name: z.string().optional(),
  document: z.unknown().optional(),
});
export type ConnectorInput = z.infer<typeof ConnectorInput>;

/** What the connector's config asks for. Known versions are answered at once. */
export async function startSpec(
  scope: ActingScope,
  { connector, version }: z.infer<typeof SpecInput>,
): Promise<ConnectorOperation> {
  requireRole(scope, "viewer");
  const wanted = version ?? testedVersion(connector);
  const request = { connector, version: wanted, config: {} };
  const known = wanted === null ? null : await scope.sources.spec(connector, wanted);
  if (known === null) {
    requireRole(scope, "analyst");
    return start(scope, "spec", connector, request);
  }
  const now = scope.clock.now();
  const operation = newOperation(scope, "spec", connector, request);
  return toOperationView({
    ...operation,
    status: "succeeded",
    phase: "done",
    progress: "",
    result: known,
    error: null,
    startedAt: now,
    endedAt: now,
  });
}

/** Whether the source can be reached. */
export async function startCheck(scope: ActingScope, input: ConnectorInput): Promise<ConnectorOperation> {
  requireRole(scope, "analyst");
  const { subject, request } = await asked(scope, input);
  return start(scope, "check", subject, request);
}

/** Which streams the source has. */
export async function startDiscovery(scope: ActingScope, input: ConnectorInput): Promise<ConnectorOperation> {
  requireRole(scope, "analyst");
  const { subject, request } = await asked(scope, input);
  return start(scope, "discover", subject, request);
}

/** Makes the source let go of what it kept for a connection that is gone. */
export async function startRelease(
  scope: ActingScope,
  name: string,
  document: unknown,
): Promise<ConnectorOperation> {
  requireRole(scope, "engineer");
  return start(scope, "release", name, requestOf(document));
}

type Asked = { subject: string; request: OperationRequest };

async function asked(scope: ActingScope, { name, document }: ConnectorInput): Promise<Asked> {
  if (document !== undefined) {
    // Another's secrets could be sent to a host of one's own choice.
    requireRole(scope, "engineer");
    return { subject: name ?? "", request: requestOf(document) };
  }
  if (name === undefined) {
    throw new Failure("invalid_input", "Say which connection, by its name or with its document.");
  }
  const { current, draft } = await ownConnection(scope, name);
  return { subject: name, request: requestOf(current?.document ?? draft?.document) };
}

const Readable = z.object({
  connector: z.string().regex(CONNECTOR),
  version: z.string().max(60).optional(),
  config: z.record(z.string(), z.unknown()),
});

function requestOf(document: unknown): OperationRequest {
  const parsed = Readable.safeParse(document);
  const errors = parsed.success
    ? refusePlainSecrets(parsed.data.config)
    : parsed.error.issues.map((issue) => ({
        pointer: issue.path.map((step) => `/${String(step)}`).join(""),
        message: issue.message,
      }));
  if (!parsed.success || errors.length > 0) {
    throw new Failure("invalid_input", "The document has no connector and config that can be used yet.", {
      errors,
    });
  }
  const { connector, version, config } = parsed.data;
  return { connector, version: version ?? null, config };
}

const newOperation = (
  scope: ActingScope,
  kind: ConnectorOperation["kind"],
  subject: string,
  request: OperationRequest,
): NewOperation => ({
  id: randomUUID(),
  workspaceId: scope.workspace.id,
  kind,
  subject,
  request,
  createdBy: scope.actor.name,
  createdAt: scope.clock.now(),
});

/** Stored first, so that the worker starts what could not be started here. */
async function start(
  scope: ActingScope,
  kind: ConnectorOperation["kind"],
  subject: string,
  request: OperationRequest,
): Promise<ConnectorOperation> {
  const operation = newOperation(scope, kind, subject, request);
  await scope.sources.createOperation(operation);
  try {
    await scope.workflows.start(RUN_OPERATION, operation.id, { operationId: operation.id });
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== "engine_unavailable") throw error;
  }
  return toOperationView({
    ...operation,
    status: "queued",
    phase: "waiting",
    progress: "",
    result: null,
    error: null,
    startedAt: null,
    endedAt: null,
  });
}

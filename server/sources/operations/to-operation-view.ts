import { z } from "zod";
import {
  CheckResult,
  type ConnectorOperation,
  ConnectorSpec,
  DiscoveredStream,
} from "../../../domain/sources/connector-view";
import type { StoredOperation } from "../source-store";

/** An operation as its callers see it. */
export function toOperationView(operation: StoredOperation): ConnectorOperation {
  const { id, kind, status, phase, progress, error, createdAt, startedAt, endedAt, result } = operation;
  const done = status === "succeeded";
  return {
    id,
    kind,
    status,
    phase,
    progress,
    error,
    createdAt,
    startedAt,
    endedAt,
    spec: done && kind === "spec" ? ConnectorSpec.parse(result) : null,
    check: done && kind === "check" ? CheckResult.parse(result) : null,
    streams: done && kind === "discover" ? DiscoveredStream.array().parse(result) : null,
    released: done && kind === "release" ? z.array(z.string()).parse(result) : null,
  };
}

import { join } from "node:path";
import type { ConnectorRunner } from "../domain/ports/connector-runner";
import type { WorkflowRunner } from "../domain/ports/workflow-runner";
import type { Composition } from "./composition";
import { pythonConnectorRunner } from "./engines/connectors/python-connector-runner";
import { patient } from "./pipelines/index";
import { openSecrets } from "./secrets/index";
import {
  pinnedVersions,
  prismaSourceStore,
  prismaSyncStore,
  RUN_OPERATION,
  RUN_SYNC,
  runOperationBody,
  runSyncBody,
  SYNC_STREAM,
  sweepSyncs,
  syncSlots,
  syncStreamBody,
  tickSchedules,
} from "./sources/index";

/** Streams of all connections at the same time: each is a process, and its connector another. */
const MOST_STREAMS = 6;

type Options = {
  secrets: OpenSecrets;
  report(error: unknown): void;
  pollMs: number;
  databaseWaitMs: number;
};

/** Opens secrets of a workspace at the moment of their use. */
export type OpenSecrets = {
  open(workspaceId: string, names: readonly string[]): Promise<Map<string, string>>;
};

export function workspaceSecrets({ db, secretBox, clock }: Composition, limitMs: number): OpenSecrets {
  const open: OpenSecrets["open"] = (workspaceId, names) =>
    openSecrets({ db, secretBox, clock }, workspaceId, names);
  return patient({ open }, { limitMs });
}

/** Registers what carries syncs forward, and returns what is to be repeated for it. */
export function carrySources(
  parts: Composition,
  workflows: WorkflowRunner,
  { secrets, report, pollMs, databaseWaitMs }: Options,
): { sweep(): Promise<void>; tick(): Promise<void> } {
  const { clock, db } = parts;
  const connectors = connectorRunner(parts);
  const limitMs = databaseWaitMs;
  const sources = patient(prismaSourceStore(db), { limitMs });
  const syncs = patient(prismaSyncStore(db), { limitMs });
  const versions = pinnedVersions({ sources, connectors, clock });
  const slots = syncSlots(MOST_STREAMS);

  workflows.register(RUN_SYNC, runSyncBody({ ledger: syncs, workflows, versions, clock, pollMs }));
  workflows.register(
    SYNC_STREAM,
    syncStreamBody({ ledger: syncs, connectors, secrets, slots, clock, pollMs, report }),
  );
  workflows.register(
    RUN_OPERATION,
    runOperationBody({ sources, connectors, secrets, clock, pollMs, report }),
  );
  return {
    sweep: () => sweepSyncs({ sources, syncs, workflows, clock }),
    tick: () => tickSchedules({ sources, syncs, workflows, clock, report }),
  };
}

/** Null where there is no Python environment for connectors, or no lake to write to. */
function connectorRunner({ env }: Composition): ConnectorRunner | null {
  const { LAKE_PYTHON: python, LAKE_URL: url, LAKE_TOKEN: token = "" } = env;
  if (python === undefined || url === undefined) return null;
  return pythonConnectorRunner({
    python,
    uv: env.UV_PATH ?? "uv",
    connectorsDir: env.CONNECTORS_DIR ?? join(env.BENCHWRIGHT_DATA, "connectors"),
    runningDir: join(env.BENCHWRIGHT_DATA, "tmp", "syncs"),
    lake: { url, token },
    env: env.passedOn,
  });
}

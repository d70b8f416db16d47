export { RUN_OPERATION, runOperationBody } from "./operations/run-operation";
export { pinnedVersions } from "./running/pin-version";
export { SYNC_STREAM, syncStreamBody } from "./running/run-stream";
export { RUN_SYNC, runSyncBody } from "./running/run-sync";
export { sweepSyncs } from "./running/sweep-syncs";
export { syncSlots } from "./running/sync-slots";
export { tickSchedules } from "./running/tick-schedules";
export type { SourceStore, StoredConnection } from "./source-store";
export { prismaSourceStore, prismaSyncStore } from "./store";

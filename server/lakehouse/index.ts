export type { ChangeScope, QueryScope, ReadScope } from "./lakehouse-scope";
export { RefName, SnapshotId } from "./lakehouse-scope";
export { type PinnedStatement, type PinSockets, pinStatement } from "./pin-statement";
export { CheckSql } from "./refs/check-branch";
export { passCheck } from "./refs/pass-check";
export { publishBranch } from "./refs/publish-branch";
export { rollBackTable } from "./roll-back-table";

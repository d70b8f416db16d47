export { RefName } from "./lakehouse-scope";
export { type PinnedText, pinStatement, pinText } from "./pin-statement";
export { CheckSql } from "./refs/check-branch";
export { passCheck } from "./refs/pass-check";
export { publishBranch } from "./refs/publish-branch";
export { rollBackTable } from "./roll-back-table";

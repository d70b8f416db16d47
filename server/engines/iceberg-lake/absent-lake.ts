import type { LakeAdmin } from "../../../domain/ports/lake-admin";
import type { TableCatalog } from "../../../domain/ports/table-catalog";
import { Failure } from "../../../domain/shared/failure";

/** A lake that is not offered here: every call fails with `engine_unavailable` and says what to install. */
export function absentLake(): TableCatalog & LakeAdmin {
  const refuse = async (): Promise<never> => {
    throw new Failure("engine_unavailable", "There is no lake here: its programs need Python.", {
      hint: "Install Python 3.11, 3.12 or 3.13 (or set PYTHON to one) and start Benchwright again.",
    });
  };
  return {
    list: refuse,
    find: refuse,
    currentFiles: refuse,
    stage: refuse,
    commit: refuse,
    describe: refuse,
    snapshots: refuse,
    history: refuse,
    files: refuse,
    partitions: refuse,
    rollback: refuse,
    createRef: refuse,
    dropRef: refuse,
    publish: refuse,
    plan: refuse,
    execute: refuse,
    drop: refuse,
  };
}

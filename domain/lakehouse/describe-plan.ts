import type { MaintenancePlan } from "../ports/lake-admin";

const UNITS = ["bytes", "kB", "MB", "GB", "TB"];

function size(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const amount = bytes / 1000 ** power;
  return `${power === 0 ? amount : amount.toFixed(1)} ${UNITS[power]}`;
}

const counted = (count: number, noun: string): string =>
  `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;

/** What an upkeep would do, in one or two sentences for the person who is to decide. */
export function describePlan(plan: MaintenancePlan): string {
  switch (plan.action) {
    case "compact": {
      if (plan.filesIn === 0) return "There is nothing to compact: the files are large enough.";
      const saving =
        plan.scanSavingShare === null
          ? ""
          : ` A whole scan then opens ${Math.round(plan.scanSavingShare * 100)} % fewer files.`;
      return `${counted(plan.filesIn, "file")} (${size(plan.bytesIn)}) become ${counted(plan.filesOut, "file")}. No row changes, and the old files stay until their snapshots expire.${saving}`;
    }
    case "expire":
      if (plan.snapshotIds.length === 0)
        return "There is nothing to expire: every snapshot is young or in use.";
      return `${counted(plan.snapshotIds.length, "snapshot")} and ${counted(plan.files.length, "file")} (${size(plan.bytesIn - plan.bytesOut)}) that only they use go for good. Time travel and rollback do not reach them any more.`;
    case "remove_orphans":
      if (plan.files.length === 0) return "There are no orphans: every file belongs to a snapshot.";
      return `${counted(plan.files.length, "file")} (${size(plan.bytesIn - plan.bytesOut)}) that no snapshot knows go for good.`;
  }
}

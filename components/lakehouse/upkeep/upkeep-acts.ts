import type { MaintenanceAction } from "@/domain/ports/lake-admin";

export type UpkeepField = {
  key: string;
  label: string;
  help: string;
  unit: number;
  initial: number;
  least: number;
};

export type UpkeepAct = {
  action: MaintenanceAction;
  title: string;
  about: string;
  doIt: string;
  fields: UpkeepField[];
};

const MIB = 1024 * 1024;

/** What can be done to keep a table in good order, with the options of each. */
export const UPKEEP_ACTS: UpkeepAct[] = [
  {
    action: "compact",
    title: "Compact",
    about: "Joins small files into large ones, so that a scan opens fewer. No row changes.",
    doIt: "Compact main",
    fields: [
      {
        key: "target_bytes",
        label: "target_mib",
        help: "Size of a new file, in MiB. Files of three quarters of it are left alone.",
        unit: MIB,
        initial: 128,
        least: 1,
      },
      {
        key: "min_files",
        label: "min_files",
        help: "So many files at least become one.",
        unit: 1,
        initial: 2,
        least: 2,
      },
    ],
  },
  {
    action: "expire",
    title: "Expire snapshots",
    about: "Lets old snapshots go, and the files that only they use. Branches and tags keep theirs.",
    doIt: "Expire them",
    fields: [
      {
        key: "keep",
        label: "keep",
        help: "The newest snapshots of main that stay.",
        unit: 1,
        initial: 10,
        least: 1,
      },
    ],
  },
  {
    action: "remove_orphans",
    title: "Remove orphans",
    about:
      "Deletes files in the table's folder that no snapshot knows, such as those of a commit that broke off.",
    doIt: "Remove them",
    fields: [
      {
        key: "grace_hours",
        label: "grace_hours",
        help: "Younger files stay: they may belong to a commit that is under way.",
        unit: 1,
        initial: 72,
        least: 1,
      },
    ],
  },
];

/** Options as the server takes them, from what stands in the fields; null where one is no number or too small. */
export function upkeepOptions(act: UpkeepAct, typed: Record<string, string>): Record<string, number> | null {
  const entries = act.fields.map((field): [string, number] => [
    field.key,
    Number(typed[field.key] ?? field.initial),
  ]);
  const isRight = act.fields.every(({ key, least }) => {
    const value = Number(typed[key] ?? least);
    return typed[key]?.trim() !== "" && Number.isInteger(value) && value >= least;
  });
  if (!isRight) return null;
  const units = new Map(act.fields.map((field) => [field.key, field.unit]));
  return Object.fromEntries(entries.map(([key, value]) => [key, value * (units.get(key) ?? 1)]));
}

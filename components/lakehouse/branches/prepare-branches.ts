import { formatCount } from "@/components/ui/format";
import { quotedName } from "@/domain/shared/quoted-name";
import type { Check, Snapshot, TableDetail } from "../lake-types";
import { lineageOf } from "../ruler/main-lineage";

export type BranchState = "main" | "published" | "ahead" | "behind";

export type BranchRow = {
  name: string;
  snapshotId: string;
  /** Null where its snapshot is not among those that were read. */
  head: Snapshot | null;
  /** Commits that main lacks, and those that it lacks of main. */
  ahead: number;
  behind: number;
  state: BranchState;
  /** When readers of main came to see what it holds; null where they do not. */
  publishedAt: Date | null;
};

type Refs = Pick<TableDetail, "refs" | "history">;

/** The branches of a table, main first, with where each is beside main. */
export function prepareBranches({ refs, history }: Refs, snapshots: readonly Snapshot[]): BranchRow[] {
  const branches = refs.filter(({ type }) => type === "branch");
  const mainId = branches.find(({ name }) => name === "main")?.snapshotId ?? null;
  const main = lineageOf(snapshots, mainId);
  const rows = branches.map(({ name, snapshotId }): BranchRow => {
    const own = lineageOf(snapshots, snapshotId);
    const ahead = [...own].filter((id) => !main.has(id)).length;
    const behind = [...main].filter((id) => !own.has(id)).length;
    return {
      name,
      snapshotId,
      head: snapshots.find((snapshot) => snapshot.snapshotId === snapshotId) ?? null,
      ahead,
      behind,
      state: stateOf(name, ahead, behind),
      publishedAt: history.findLast((entry) => entry.snapshotId === snapshotId)?.at ?? null,
    };
  });
  return rows.sort(
    (a, b) => Number(b.name === "main") - Number(a.name === "main") || a.name.localeCompare(b.name),
  );
}

/** A branch that is behind cannot be published as it is: main would lose commits. */
function stateOf(name: string, ahead: number, behind: number): BranchState {
  if (name === "main") return "main";
  if (ahead === 0) return "published";
  return behind > 0 ? "behind" : "ahead";
}

/** `2 ahead, 1 behind`. */
export function distanceWords({ state, ahead, behind }: BranchRow): string {
  if (state === "main") return "readers are here";
  if (ahead === 0) return behind === 0 ? "the same as main" : `${behind} behind, nothing of its own`;
  return behind === 0 ? `${ahead} ahead of main` : `${ahead} ahead, ${behind} behind`;
}

/** Why a branch cannot be published; null where it can. `check` is the last one that ran on it. */
export function whyNotPublished(row: BranchRow, check: Check | null): string | null {
  switch (row.state) {
    case "main":
      return "Readers see main already.";
    case "published":
      return "It holds nothing that readers of main do not see.";
    case "behind":
      return `main has ${row.behind} ${row.behind === 1 ? "commit" : "commits"} that ${row.name} lacks. Make a new branch of main and land the data there again.`;
    case "ahead":
      return check === null || check.passed || check.snapshotId !== row.snapshotId
        ? null
        : `${formatCount(check.failingRows, "row")} of ${row.name} ${check.failingRows === 1 ? "fails" : "fail"} the check.`;
  }
}

/** A statement to begin with: a check returns the rows that must not be. */
export function checkTemplate(table: string, columns: readonly { name: string }[]): string {
  const first = columns[0]?.name ?? "id";
  const name = /^[a-z_][a-z0-9_]*$/.test(first) ? first : quotedName(first);
  return `SELECT * FROM ${table}\nWHERE ${name} IS NULL`;
}

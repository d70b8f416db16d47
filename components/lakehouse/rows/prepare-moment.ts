import { formatInstant } from "@/components/ui/format";
import type { Snapshot } from "../lake-types";
import type { Moment } from "../table/as-of-sql";

/** Which rows are shown, in words. `shown` is the snapshot that was read. */
export function momentWords(moment: Moment, shown: Snapshot | null): string {
  const version = shown === null ? "a snapshot that is not on the ruler" : `version ${shown.version}`;
  const at = shown === null ? "" : `, committed ${formatInstant(shown.committedAt)} UTC`;
  switch (moment.kind) {
    case "now":
      return `Rows as of now: ${version} of main${at}`;
    case "snapshot":
      return `Rows as of ${version}${at}`;
    case "ref":
      return `Rows of ${moment.ref}: ${version}${at}`;
    case "time":
      return `Rows as of ${readable(moment.asOf)} UTC: ${version}${at}`;
  }
}

const readable = (iso: string): string => {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : formatInstant(at);
};

/** What a `datetime-local` control holds, in UTC, as an instant; null where it holds none. */
export function instantOf(local: string): string | null {
  const at = new Date(`${local}Z`);
  return local === "" || Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** An instant for a `datetime-local` control, in UTC, to the second. */
export function localOf(iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? "" : at.toISOString().slice(0, 19);
}

/**
 * What the server is asked for. Now is named by main's snapshot, so that a commit of somebody else shows as a new state
 * and not as other rows under the same words.
 */
export function momentInput(
  moment: Moment,
  head: string | null,
): { snapshotId?: string; ref?: string; asOf?: string } {
  switch (moment.kind) {
    case "now":
      return head === null ? {} : { snapshotId: head };
    case "snapshot":
      return { snapshotId: moment.snapshotId };
    case "ref":
      return { ref: moment.ref };
    case "time":
      return { asOf: moment.asOf };
  }
}

type Column = { name: string; type: string };

/** The columns of rows with their types as the table spells them, where it has a column of that name. */
export function typedColumns(shown: readonly Column[], own: readonly Column[]): Column[] {
  const types = new Map(own.map(({ name, type }) => [name, type]));
  return shown.map(({ name, type }) => ({ name, type: types.get(name) ?? type.toLowerCase() }));
}

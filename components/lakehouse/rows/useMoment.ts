"use client";

import { useQueryParam } from "@/components/ui/useQueryParam";
import type { Moment } from "../table/as-of-sql";

const PARAMS = { snapshot: "at", ref: "ref", time: "asOf" } as const;

/** Which state of the table is looked at, kept in the address; with the place of the first row. */
export function useMoment(): {
  moment: Moment;
  set: (moment: Moment) => void;
  offset: number;
  setOffset: (offset: number) => void;
} {
  const at = useQueryParam(PARAMS.snapshot);
  const ref = useQueryParam(PARAMS.ref);
  const asOf = useQueryParam(PARAMS.time);
  const offset = useQueryParam("offset");
  const set = (moment: Moment) => {
    at.set(moment.kind === "snapshot" ? moment.snapshotId : null);
    ref.set(moment.kind === "ref" ? moment.ref : null);
    asOf.set(moment.kind === "time" ? moment.asOf : null);
    offset.set(null);
  };
  const moment: Moment =
    at.value !== null
      ? { kind: "snapshot", snapshotId: at.value }
      : ref.value !== null
        ? { kind: "ref", ref: ref.value }
        : asOf.value !== null
          ? { kind: "time", asOf: asOf.value }
          : { kind: "now" };
  const from = Number(offset.value ?? 0);
  return {
    moment,
    set,
    offset: Number.isInteger(from) && from > 0 ? from : 0,
    setOffset: (next) => offset.set(next > 0 ? String(next) : null),
  };
}

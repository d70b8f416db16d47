"use client";

import { useState } from "react";
import { failureOf, type ShownFailure } from "@/components/ui/failure-of";
import type { ColumnProfile } from "@/domain/query/compile/column-profile";
import type { ResultView } from "@/domain/query/result-view";
import { useProfiles } from "../../explorer/useProfiles";
import type { ResultSource } from "../result-source";
import { useResultExtent } from "../useResultExtent";

/** Up to so many rows the columns in view are counted without being asked. */
const COUNTED_ROWS = 2_000_000;

type HeadProfiles = {
  isOn: boolean;
  setOn: (isOn: boolean) => void;
  /** Undefined where the heads have no room for shapes. */
  profiles: ReadonlyMap<number, ColumnProfile> | undefined;
  /** These columns are in view: they are counted. */
  onSeeColumns: ((columns: readonly number[]) => void) | undefined;
  failure: ShownFailure | null;
  retry: () => void;
};

/** Null share and shape of the columns in view. Of larger results they are counted when a person asks for them. */
export function useHeadProfiles(source: ResultSource, shown: ResultSource, view: ResultView): HeadProfiles {
  const { rows } = useResultExtent(source);
  const [chosen, setChosen] = useState<boolean | null>(null);
  const isOn = chosen ?? rows <= COUNTED_ROWS;
  // An order alone changes nothing of what is told.
  const isSameRows = view.filters.length === 0 && view.search === "";
  const { overviews, store, failure } = useProfiles(isSameRows ? source : shown, { isOn, onlySeen: true });
  return {
    isOn,
    setOn: setChosen,
    profiles: isOn ? overviews : undefined,
    onSeeColumns: store?.see,
    failure: failure === null ? null : failureOf(failure),
    retry: () => store?.retry(),
  };
}

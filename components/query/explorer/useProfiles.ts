"use client";

import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { ResultSource } from "../results/result-source";
import { useResultExtent } from "../results/useResultExtent";
import { type ProfileState, type ProfileStore, profileStore } from "./profile-store";

const NOTHING: ProfileState = { overviews: new Map(), details: new Map(), isLoading: false, failure: null };
const never = () => () => undefined;

export type Profiles = ProfileState & { store: ProfileStore | null };

/**
 * What is known of the columns of a result, or of a view of it. `store` is null, and nothing is asked, until all rows are
 * there, and while `isOn` is false. `onlySeen`: columns that were never in view are not asked about.
 */
export function useProfiles(
  source: ResultSource,
  { isOn = true, onlySeen = false }: { isOn?: boolean; onlySeen?: boolean } = {},
): Profiles {
  const { rows, isComplete } = useResultExtent(source);
  const store = useMemo(
    () =>
      isComplete && isOn
        ? profileStore({ columns: source.columns, rows, rowsOf: source.rowsOf }, { onlySeen })
        : null,
    [source, rows, isComplete, isOn, onlySeen],
  );
  // Questions that are under way are stopped in the engine.
  useEffect(() => () => store?.close(), [store]);
  const state = useSyncExternalStore(
    store?.subscribe ?? never,
    store?.getState ?? (() => NOTHING),
    () => NOTHING,
  );
  return { ...state, store };
}

"use client";

import { useEffect, useState } from "react";
import { failureOf, type ShownFailure } from "@/components/ui/failure-of";
import type { ResultView } from "@/domain/query/result-view";
import type { ResultSource } from "../result-source";
import { useResultExtent } from "../useResultExtent";
import { isWholeResult, WHOLE_RESULT } from "../view/change-view";

export type ResultViewState = {
  /** What was asked for; `shown` follows once its rows are known. */
  view: ResultView;
  setView: (view: ResultView) => void;
  reset: () => void;
  /** The source of the rows on the screen: the result itself or a view of it. */
  shown: ResultSource;
  shownView: ResultView;
  isLoading: boolean;
  /** Asked for while the result still grows: it begins when all rows are there. */
  isWaiting: boolean;
  failure: ShownFailure | null;
};

type Answer = { base: ResultSource; view: ResultView; source: ResultSource };

/** Sorting, filtering and searching of a result; the rows that were shown stay until the others are there. */
export function useResultView(base: ResultSource): ResultViewState {
  const { isComplete } = useResultExtent(base);
  const [asked, setAsked] = useState<{ base: ResultSource; view: ResultView }>({ base, view: WHOLE_RESULT });
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [failed, setFailed] = useState<{ view: ResultView; failure: ShownFailure } | null>(null);
  const view = asked.base === base ? asked.view : WHOLE_RESULT;
  const isWhole = isWholeResult(view);

  useEffect(() => {
    // The rows of the view, which the server or the engine in the page finds.
    if (isWhole || !isComplete) return;
    const controller = new AbortController();
    base.view(view, controller.signal).then(
      (source) => {
        if (controller.signal.aborted) source.close();
        else {
          setAnswer({ base, view, source });
          setFailed(null);
        }
      },
      (error: unknown) => {
        if (!controller.signal.aborted) setFailed({ view, failure: failureOf(error) });
      },
    );
    return () => controller.abort();
  }, [base, view, isWhole, isComplete]);

  useEffect(() => {
    // A view that is no longer shown ends its requests.
    const source = answer?.source;
    return () => source?.close();
  }, [answer]);

  const kept = !isWhole && answer?.base === base ? answer : null;
  const failure = failed?.view === view ? failed.failure : null;
  return {
    view,
    setView: (next) => setAsked({ base, view: next }),
    reset: () => setAsked({ base, view: WHOLE_RESULT }),
    shown: kept?.source ?? base,
    shownView: kept?.view ?? WHOLE_RESULT,
    isLoading: !isWhole && isComplete && kept?.view !== view && failure === null,
    isWaiting: !isWhole && !isComplete,
    failure,
  };
}

import type { z } from "zod";
import { isFinal } from "../../../domain/shared/is-final";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { type QueryRunView, RunInput } from "../views";
import { visibleRun } from "./own-run";
import { toView } from "./to-view";

/** Followers hear of a run this often at most; of its first rows and of its end at once. */
const TELL_MS = 100;
/** And this often at least, so that the time that it took so far is seen to go on. */
const AGAIN_MS = 1_000;

export const FollowQueryInput = RunInput;

/** The run now and after every change, of its rows at most ten times a second, until it has ended or `signal` aborts. */
export async function* followQuery(
  scope: QueryScope,
  { id }: z.infer<typeof FollowQueryInput>,
  signal: AbortSignal,
): AsyncGenerator<QueryRunView> {
  requireRole(scope, "viewer");
  const { running } = scope;
  const changes = changesOf(scope, id, signal);
  try {
    while (!signal.aborted) {
      const view = toView(scope, await visibleRun(scope, id));
      yield view;
      if (isFinal(view.status)) return;
      const mayTellAt = performance.now() + TELL_MS;
      await changes.wait(AGAIN_MS);
      const mayWait = () => {
        const live = running.find(id);
        return live !== null && (view.rows > 0 || live.rows === 0);
      };
      while (!signal.aborted && mayWait() && performance.now() < mayTellAt)
        await changes.wait(mayTellAt - performance.now());
    }
  } finally {
    changes.close();
  }
}

/** Waits for changes of a run; none between two waits is missed. */
function changesOf({ running }: QueryScope, id: string, signal: AbortSignal) {
  let isChanged = false;
  let wake = () => {};
  const onChange = () => {
    isChanged = true;
    wake();
  };
  const close = running.subscribe(id, onChange);
  signal.addEventListener("abort", onChange, { once: true });
  return {
    wait: async (ms: number) => {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        wake = resolve;
        timer = setTimeout(resolve, ms);
        if (isChanged) resolve();
      });
      clearTimeout(timer);
      isChanged = false;
    },
    close: () => {
      signal.removeEventListener("abort", onChange);
      close();
    },
  };
}

import { DBOSExecutor } from "@dbos-inc/dbos-sdk/internal/dbos-executor";
import { wfQueueRunner } from "@dbos-inc/dbos-sdk/internal/wfqueue";
import { QUEUE } from "./dbos-names";

/** What DBOS does at every interval, and offers no call for. Two at a time take different workflows. */
type Poller = {
  states: ReadonlyMap<string, { queue: unknown }>;
  pollQueue(executor: DBOSExecutor, queue: unknown): Promise<boolean>;
};

/** Starts at once what waits in the queue; asked again meanwhile, it looks once more. */
export function pollNow(): () => void {
  const poller = wfQueueRunner as unknown as Poller;
  let isPolling = false;
  let isAsked = false;
  return async () => {
    isAsked = true;
    if (isPolling) return;
    isPolling = true;
    while (isAsked) {
      isAsked = false;
      const executor = DBOSExecutor.globalInstance;
      const known = poller.states.get(QUEUE);
      // What cannot be taken now is found at the next interval.
      if (executor !== undefined && known !== undefined)
        await poller.pollQueue(executor, known.queue).catch(() => undefined);
    }
    isPolling = false;
  };
}

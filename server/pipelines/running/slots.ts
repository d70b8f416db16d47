import {
  counts,
  grantSlots,
  type OpenAttempt,
  type SlotLimit,
} from "../../../domain/pipelines/slots/grant-slots";
import type { Clock } from "../../../domain/shared/clock";
import type { AttemptKey } from "./execution-store";

export type WaitingAttempt = OpenAttempt & { key: AttemptKey };

export interface SlotStore {
  /** Of all workspaces. */
  limits(): Promise<SlotLimit[]>;
  /** Attempts under way in workspaces with limits. */
  openAttempts(): Promise<WaitingAttempt[]>;
  grant(keys: readonly AttemptKey[], at: Date): Promise<void>;
  /** Says why each of these waits; those that wait no more say nothing. */
  setWaits(waits: readonly { key: AttemptKey; text: string }[]): Promise<void>;
}

/** Lets attempts begin where a limit on their type or cluster leaves room. */
export type Slots = {
  areLimited(workspaceId: string, type: string): Promise<boolean>;
  /** When the attempt got its slot. Rejects when `signal` aborts. */
  wait(key: AttemptKey, signal: AbortSignal): Promise<Date>;
  /** An attempt has ended: somebody may have its slot. */
  freed(): void;
};

type Options = { store: SlotStore; clock: Clock; everyMs: number; report(error: unknown): void };

/** How long limits are remembered; a change of one shows after that. */
const REMEMBERED_MS = 1_000;

const idOf = ({ runId, taskId, attempt }: AttemptKey): string => JSON.stringify([runId, taskId, attempt]);

export function slots({ store, clock, everyMs, report }: Options): Slots {
  const waiting = new Map<string, (at: Date) => void>();
  let known: { limits: Promise<SlotLimit[]>; until: number } | null = null;
  let isRunning = false;
  let nudge: () => void = () => undefined;

  function limits(): Promise<SlotLimit[]> {
    if (known === null || performance.now() > known.until) {
      const asked = store.limits();
      known = { limits: asked, until: performance.now() + REMEMBERED_MS };
      asked.catch(() => {
        known = null;
      });
    }
    return known.limits;
  }

  /** Grants what can be granted. What another process waits for is granted too: it finds that on its own round. */
  async function round(): Promise<void> {
    const open = await store.openAttempts();
    const { granted, waits } = grantSlots(await limits(), open);
    const byId = new Map(open.map((each) => [each.id, each]));
    const keys = granted.flatMap((id) => byId.get(id)?.key ?? []);
    const at = clock.now();
    if (keys.length > 0) await store.grant(keys, at);
    await store.setWaits(
      [...waits].flatMap(([id, text]) => ({ key: byId.get(id)?.key, text })).filter(hasKey),
    );
    for (const each of open) if (each.isGranted) tell(each.key, new Date(each.sinceMs));
    for (const key of keys) tell(key, at);
  }

  function tell(key: AttemptKey, at: Date): void {
    const id = idOf(key);
    waiting.get(id)?.(at);
    waiting.delete(id);
  }

  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    while (waiting.size > 0) {
      await round().catch(report);
      if (waiting.size === 0) break;
      await new Promise<void>((resolve) => {
        nudge = resolve;
        setTimeout(resolve, everyMs).unref();
      });
    }
    isRunning = false;
  }

  return {
    areLimited: async (workspaceId, type) =>
      (await limits()).some((limit) => limit.workspaceId === workspaceId && counts(limit, type)),
    wait: (key, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const onAbort = () => {
          waiting.delete(idOf(key));
          reject(signal.reason as unknown);
        };
        signal.addEventListener("abort", onAbort, { once: true });
        waiting.set(idOf(key), (at) => {
          signal.removeEventListener("abort", onAbort);
          resolve(at);
        });
        nudge();
        void run();
      }),
    freed: () => nudge(),
  };
}

const hasKey = (each: {
  key: AttemptKey | undefined;
  text: string;
}): each is { key: AttemptKey; text: string } => each.key !== undefined;

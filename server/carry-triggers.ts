import type { Composition } from "./composition";
import {
  backfillTick,
  patient,
  prismaNotificationStore,
  prismaPipelineStore,
  prismaTriggerStore,
  scheduleTick,
  sendDeliveries,
} from "./pipelines/index";
import { secretsToHide } from "./secrets/index";

type Options = { report(error: unknown): void; databaseWaitMs: number };

/** What is to be repeated so that pipelines start by the clock, back-fills go on and messages about runs are sent. */
export function carryTriggers(
  { db, clock, secretBox, notifiers, publicUrl }: Composition,
  { report, databaseWaitMs: limitMs }: Options,
): { tick(): Promise<void>; deliver(): Promise<void> } {
  const { createRun } = patient(prismaPipelineStore(db), { limitMs });
  const sockets = { triggers: patient(prismaTriggerStore(db), { limitMs }), createRun, clock, report };
  const schedules = scheduleTick(sockets);
  const backfills = backfillTick(sockets);
  const deliveries = {
    store: patient(prismaNotificationStore(db), { limitMs }),
    notifiers,
    secretBox,
    secretValues: (workspaceId: string) => secretsToHide({ db, secretBox }, workspaceId),
    clock,
    publicUrl,
    report,
  };
  return {
    tick: async () => {
      await schedules();
      await backfills();
    },
    deliver: () => sendDeliveries(deliveries),
  };
}

/** The workflow that the runs of Temporal are compared with: one activity after the other. Bundled by Temporal's worker. */
import { proxyActivities, workflowInfo } from "@temporalio/workflow";

type Activities = { trivial(): Promise<number>; over(id: string): Promise<void> };

const { trivial, over } = proxyActivities<Activities>({ startToCloseTimeout: "1 minute" });

export async function bareSteps(count: number): Promise<void> {
  for (let step = 0; step < count; step += 1) await trivial();
  await over(workflowInfo().workflowId);
}

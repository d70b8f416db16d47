import { driveRun } from "../drive-run";
import { drivenActs } from "../driven-acts";
import { immediateHost } from "./immediate-host";
import type { ScriptedRun } from "./scripted-run";
import { type History, normalised, scriptedWorld } from "./scripted-world";

/** What becomes of a run where nothing crashes and nothing takes time. */
export async function predict(run: ScriptedRun): Promise<History> {
  const { acts, history, complaints } = scriptedWorld(run, () => 0);
  await driveRun(immediateHost(), drivenActs(acts), "run");
  if (complaints.length > 0) throw new Error(complaints.join("; "));
  return normalised(history);
}

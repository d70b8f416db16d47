import { Panel } from "@/components/ui/Panel";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { WaitExplanation } from "./explain-wait";

/** Why the chosen task has not started, cause by cause. */
export function WhyWaits({ wait }: { wait: WaitExplanation }) {
  return (
    <Panel bodyClassName="overflow-auto" title={wait.headline}>
      <ul>
        {wait.reasons.map((reason) => (
          <li className="border-line border-b px-3 py-1" key={reason.taskId}>
            <StateGlyph label={reason.sentence} state={reason.status} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

import type { ShownState } from "@/components/ui/prepare-state";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { DataSetState } from "@/domain/datasets/data-set-record";

const SHOWN: Record<DataSetState, { state: ShownState; label: string }> = {
  published: { state: "succeeded", label: "published" },
  changed: { state: "stale", label: "newer than published" },
  draft: { state: "waiting", label: "draft" },
};

export function DataSetStateGlyph({ state }: { state: DataSetState }) {
  return <StateGlyph {...SHOWN[state]} />;
}

"use client";

import { ConfigForm } from "@/components/form/ConfigForm";
import type { ConfigFormContext } from "@/components/form/form-context";
import { PanelBar } from "@/components/ui/Panel";
import type { Operation } from "@/domain/pipelines/edit/operation";
import { isRecord } from "@/domain/shared/is-record";
import { changedFields } from "./form/changed-fields";
import { PIPELINE_SCHEMA } from "./form/task-schema";

const CONTEXT: ConfigFormContext = {
  secrets: null,
  whyNotStore: null,
  onStore: () => undefined,
  connection: "",
};
const FIELDS = Object.keys(PIPELINE_SCHEMA.properties as Record<string, unknown>);
export type PipelinePanelProps = {
  document: unknown;
  whyReadOnly: string | null;
  onChange: (operation: Operation) => void;
};

/** The inspector while no task is selected: the fields of the pipeline itself. */
export function PipelinePanel({ document, whyReadOnly, onChange }: PipelinePanelProps) {
  const whole = isRecord(document) ? document : {};
  const value = Object.fromEntries(FIELDS.flatMap((key) => (key in whole ? [[key, whole[key]]] : [])));
  return (
    <section
      aria-label="Pipeline"
      className="flex h-full min-h-0 flex-col bg-panel"
      data-pane=""
      tabIndex={-1}
    >
      <PanelBar meta={`select a task to ${whyReadOnly === null ? "change" : "read"} it`}>Pipeline</PanelBar>
      <div className="min-h-0 flex-1 overflow-auto px-3">
        {whyReadOnly !== null && (
          <p className="border-line border-b py-2 text-12 text-ink-2">{whyReadOnly}</p>
        )}
        <ConfigForm
          context={CONTEXT}
          errors={[]}
          isReadOnly={whyReadOnly !== null}
          onChange={(next) => {
            for (const change of changedFields(value, next)) onChange({ kind: "set_field", ...change });
          }}
          schema={PIPELINE_SCHEMA}
          value={value}
        />
        <p className="py-2 text-12 text-ink-2">
          Schedule, parameters, notifications and what the graph does not show stand in the text.
        </p>
      </div>
    </section>
  );
}

import { EmptyState } from "@/components/ui/EmptyState";
import { Panel } from "@/components/ui/Panel";
import type { PipelineTask } from "@/domain/pipelines/document/pipeline-document";

/** The settings of one task of the document, by their real keys. */
export function TaskConfig({ task, className }: { task: PipelineTask | null; className?: string }) {
  const place = className === undefined ? {} : { className };
  if (task === null) {
    return (
      <Panel label="Task" {...place}>
        <EmptyState title="No task is selected.">Choose one in the graph to see its settings.</EmptyState>
      </Panel>
    );
  }
  const { task_id, type, config, ...rest } = task;
  return (
    <Panel bodyClassName="overflow-auto" meta={type} title={task_id} {...place}>
      <Entries value={{ ...rest, ...config }} />
    </Panel>
  );
}

function Entries({ value }: { value: object }) {
  return (
    <dl>
      {Object.entries(value).map(([key, entry]) => (
        <div
          className="grid grid-cols-[minmax(104px,0.7fr)_minmax(0,1fr)] gap-x-3 border-line border-b px-3 py-1.5"
          key={key}
        >
          <dt className="font-mono text-12 text-ink-2 [overflow-wrap:anywhere]">{key}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">
            <Value value={entry} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Value({ value }: { value: unknown }) {
  if (typeof value === "string") {
    return value.includes("\n") ? (
      <pre className="overflow-x-auto text-11">{value}</pre>
    ) : (
      <code className="text-12">{value}</code>
    );
  }
  if (typeof value === "number" || typeof value === "boolean") return <span>{String(value)}</span>;
  if (Array.isArray(value)) return <code className="text-12">{value.map(String).join(", ")}</code>;
  if (value === null || value === undefined) return <span className="text-ink-3">null</span>;
  return (
    <ul>
      {Object.entries(value).map(([key, entry]) => (
        <li className="flex flex-wrap gap-x-2" key={key}>
          <code className="text-12 text-ink-2">{key}</code>
          <Value value={entry} />
        </li>
      ))}
    </ul>
  );
}

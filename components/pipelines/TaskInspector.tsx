import Link from "next/link";
import type { ReactNode } from "react";
import { Duration } from "@/components/ui/Duration";
import { formatInstant, formatNumber } from "@/components/ui/format";
import { Panel } from "@/components/ui/Panel";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { PipelineTask } from "@/domain/pipelines/document/pipeline-document";
import type { TaskView } from "@/domain/pipelines/run-view";
import { tablesOf } from "@/domain/pipelines/task-types/tables-of";
import { isFinal } from "@/domain/shared/is-final";
import { MapItems } from "./watch/MapItems";

export type TaskInspectorProps = {
  task: TaskView;
  /** Of a map. */
  items: readonly TaskView[];
  onSelect: (taskId: string) => void;
  /** The task as the run's document has it; null while it loads. */
  config: PipelineTask | null;
  lakehouseHref: string;
  /** Of the pipelines, to lead to a run that the task started. */
  pipelinesHref: string;
  resultHref: string;
  actions: ReactNode;
};

/** What went into a task, what came out of it, and how each attempt went. */
export function TaskInspector({
  task,
  items,
  onSelect,
  config,
  lakehouseHref,
  pipelinesHref,
  resultHref,
  actions,
}: TaskInspectorProps) {
  const { tables = [], metrics = {}, mlflow, facts = [] } = task.outputs;
  const hasOutputs =
    tables.length > 0 || mlflow !== undefined || facts.length > 0 || Object.keys(metrics).length > 0;
  const started = startedPipeline(config);
  const inputs = inputsOf(config, task);
  return (
    <Panel actions={actions} bodyClassName="overflow-auto" title={task.taskId}>
      {items.length > 0 && <MapItems items={items} onSelect={onSelect} />}
      <Part title="Inputs">
        {task.inputs.length + inputs.length === 0 && (
          <p className="px-3 py-1 text-ink-2">It reads nothing.</p>
        )}
        {task.inputs.map(({ kind, name, version }) => (
          <Row
            key={`${kind} ${name}`}
            label={
              kind === "table" ? (
                <Link
                  className="link font-mono text-12 [overflow-wrap:anywhere]"
                  href={`${lakehouseHref}/${encodeURIComponent(name)}`}
                >
                  {name}
                </Link>
              ) : (
                <code className="text-12 [overflow-wrap:anywhere]">{name}</code>
              )
            }
            value={`${INPUT_WORDS[kind]} ${version?.slice(0, 12) ?? "not there"}`}
          />
        ))}
        {inputs.map((input) => (
          <Row
            key={input}
            label={<code className="text-12 [overflow-wrap:anywhere]">{input}</code>}
            value=""
          />
        ))}
      </Part>
      <Part title="Outputs">
        {!hasOutputs && (
          <p className="px-3 py-1 text-ink-2">
            {isFinal(task.status) ? "It wrote nothing." : "Nothing written yet."}
          </p>
        )}
        {tables.map((table) => (
          <Row
            key={table.name}
            label={
              <Link
                className="link font-mono text-12 [overflow-wrap:anywhere]"
                href={`${lakehouseHref}/${encodeURIComponent(table.name)}`}
              >
                {table.name}
              </Link>
            }
            value={`${formatNumber(table.rowCount)} rows`}
          />
        ))}
        {mlflow && (
          <Row
            label={
              <a className="link" href={mlflow.url} rel="noreferrer" target="_blank">
                MLflow run <span className="sr-only">(opens a new window)</span>
              </a>
            }
            value={<code className="text-11">{mlflow.runId.slice(0, 8)}</code>}
          />
        )}
        {facts.map((fact) => (
          <Row key={fact.label} label={fact.label} value={fact.value} />
        ))}
        {Object.entries(metrics).map(([name, value]) => (
          <Row key={name} label={<code className="text-12">{name}</code>} value={formatNumber(value, 4)} />
        ))}
        {task.type === "model_evaluate" && task.endedAt !== null && (
          <p className="px-3 py-1.5">
            <Link className="link" href={resultHref}>
              Open the result
            </Link>
          </p>
        )}
      </Part>
      <Part title={`Attempts, at most ${task.maxAttempts}`}>
        {task.attempts.length === 0 && <p className="px-3 py-1 text-ink-2">{withoutAttempts(task)}</p>}
        {task.attempts.map((attempt) => (
          <div className="border-line border-b px-3 py-1 last:border-b-0" key={attempt.number}>
            <p className="flex justify-between gap-2">
              <StateGlyph label={`attempt ${attempt.number} ${attempt.status}`} state={attempt.status} />
              <span className="text-ink-2">
                <Duration end={attempt.endedAt} start={attempt.startedAt} />
              </span>
            </p>
            <p className="text-12 text-ink-2">started {formatInstant(attempt.startedAt)} UTC</p>
            {attempt.jobId && started !== null && (
              <Link
                className="link text-12"
                href={`${pipelinesHref}/${encodeURIComponent(started)}/runs/${attempt.jobId}`}
              >
                The run that it started
              </Link>
            )}
            {attempt.jobId && started === null && (
              <code className="block text-11 text-ink-2 [overflow-wrap:anywhere]">{attempt.jobId}</code>
            )}
          </div>
        ))}
      </Part>
    </Panel>
  );
}

function withoutAttempts({ status, reused }: TaskView): string {
  if (reused) return "None: its result is taken over.";
  return isFinal(status) ? "None: it never began." : "None yet.";
}

const INPUT_WORDS = { table: "snapshot", query: "query", code: "code", config: "config" } as const;

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-line-2 border-b pb-1.5">
      <h3 className="px-3 pt-2 pb-1 font-semibold text-title">{title}</h3>
      {children}
    </section>
  );
}

function Row({ label, value }: { label: ReactNode; value: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-3 px-3 py-1">
      <span className="min-w-0">{label}</span>
      <span className="shrink-0 text-right text-12 text-ink-2">{value}</span>
    </div>
  );
}

/** The pipeline that a task runs; null where it runs none. */
function startedPipeline(config: PipelineTask | null): string | null {
  if (config?.type === "sub_pipeline") return config.config.pipeline_id;
  if (config?.type !== "map" || config.config.task.type !== "sub_pipeline") return null;
  return String(config.config.task.config.pipeline_id);
}

function inputsOf(config: PipelineTask | null, task: TaskView): string[] {
  const before = task.dependsOn.map((id) => `after ${id}`);
  if (config === null) return before;
  switch (config.type) {
    case "sql_execute":
      return [config.config.query_ref ?? "SQL in the document", ...before];
    case "ray_train":
      return [config.config.dataset, config.config.training_script, ...before];
    case "model_evaluate":
      return [`validation_window ${config.config.validation_window}`, ...before];
    default:
      return [...tablesOf(config).reads, ...before];
  }
}
